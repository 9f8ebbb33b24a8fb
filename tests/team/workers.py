"""A worker of a team as a process of its own, which a test may kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backend.config import ROOT, Config
from tests.team.team import children, end

PLENTY = 30


def numbered(url: str, number: int) -> str:
    """Return the address of a database of its own in the same Redis, where no other test's worker looks."""
    return url.rpartition("/")[0] + f"/{number}"


class Worker:
    """``secondlook worker --log``; what it says is kept in a file."""

    def __init__(self, config: Config, folder: Path, *arguments: str) -> None:
        named = {"BROKER": config.broker, "SECRET_FILE": str(config.secret_path), "DATA": str(config.data), "WARM": "0"}
        environment = {**os.environ, **{f"SECONDLOOK_{name}": value for name, value in named.items()}}
        self._log = folder / f"worker-{os.urandom(4).hex()}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "backend", "worker", "--log", *arguments],
                env=environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def said(self) -> str:
        return self._log.read_text(errors="replace")

    def kill(self) -> None:
        """End it as a power cut would, with its reading child."""
        below = children(self.process.pid)
        self.process.kill()
        self.process.wait()
        for child in below:
            with suppress(ProcessLookupError):
                end(child)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold its reading child in the middle of whatever it does."""
        below = children(self.process.pid)
        for child in below:
            os.kill(child, signal.SIGSTOP)
        yield
        for child in below:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGCONT)

    def stop(self) -> int:
        """End it as an administrator does and return its exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(60)
