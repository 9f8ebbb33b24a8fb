"""A real server whose every call for a connection or a new file is written down, in folders of its own."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.e2e.serving import ROOT, free_port
from tests.team.machines import await_

STRACE = shutil.which("strace")
CALLS = "connect,sendto,sendmsg,sendmmsg,open,openat,creat,memfd_create"
WRITING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)")


class Watched:
    """The embedded server under strace, where cores are allowed; all that it may leave lies below one place."""

    def __init__(self, place: Path) -> None:
        self.place, self.port = place, free_port()
        self.log = place.parent / f"{place.name}.calls"
        for name in ("home", "temporary", "stands-in"):
            (place / name).mkdir(parents=True)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SECONDLOOK_")},
            "SECONDLOOK_DATA": str(place / "data"),
            "SECONDLOOK_PORT": str(self.port),
            "SECONDLOOK_NO_BROWSER": "1",
            "SECONDLOOK_WATCH_SECONDS": "5",
            "HOME": str(place / "home"),
            "TMPDIR": str(place / "temporary"),
            "PYTHONPATH": str(ROOT),
            "PYTHONFAULTHANDLER": "1",
            "PYTHONUNBUFFERED": "1",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert STRACE
        watch = [STRACE, "-f", "--seccomp-bpf", "-qq", "-s", "300", "-o", str(self.log), "-e", f"trace={CALLS}"]
        with (self.place / "out.txt").open("wb") as out, (self.place / "err.txt").open("wb") as err:
            self.process = subprocess.Popen(
                [*watch, sys.executable, "-m", "backend", "serve", "--log"],
                cwd=self.place / "stands-in",
                env=self.environment,
                stdout=out,
                stderr=err,
                preexec_fn=allow_cores,
            )
        await_(lambda: "once=" in self.said(), "the server is there")

    def said(self) -> str:
        assert self.process and self.process.poll() is None, (self.place / "err.txt").read_text()
        return (self.place / "out.txt").read_text()

    @property
    def pid(self) -> int:
        return int(json.loads((self.place / "data" / "running.json").read_text())["process"])

    def readers(self) -> list[int]:
        """The processes that read files."""
        found = []
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(OSError):
                found += [int(one) for one in (task / "children").read_text().split()]
        return found

    def crash(self, number: int = signal.SIGABRT) -> None:
        """End the server as a fault in its own code would."""
        assert self.process
        os.kill(self.pid, number)
        self.process.wait(30)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "backend", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            with suppress(OSError, ValueError):
                os.kill(self.pid, signal.SIGTERM)
            self.process.wait(30)

    def connections(self) -> list[str]:
        """Every address that was connected or sent to, as strace writes it."""
        lines = self.log.read_text(errors="replace").splitlines()
        calls = [line for line in lines if re.search(r"\b(connect|sendto|sendmsg|sendmmsg)\(", line)]
        return [line for line in calls if re.search(r"sa_family=AF_(?!UNSPEC)", line)]

    def written(self) -> set[str]:
        """Every path that was opened to be written, also of files that are gone again."""
        found = set()
        for line in self.log.read_text(errors="replace").splitlines():
            opened = re.search(r'\b(?:open|openat|creat)\((?:[^",]*, )?"([^"]*)"(.*)', line)
            if opened and (WRITING.search(opened[2]) or "creat(" in line) and "ENOENT" not in opened[2]:
                found.add(opened[1])
            if "memfd_create(" in line:
                found.add("memfd")
        return found


def allow_cores() -> None:
    """Begin with the limit that leaves cores, as on a developer's machine."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
