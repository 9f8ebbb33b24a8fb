"""The real server, started and stopped as a person does it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


class Server:
    """One installation: its data folder and its port stay the same when it is stopped and started again."""

    def __init__(self, data: Path, port: int | None = None, **settings: str) -> None:
        self.data = data
        self.port = port or free_port()
        self.settings = settings
        self.process: subprocess.Popen[str] | None = None
        self.said: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, port: int | None = None) -> None:
        """Start it and come back when it listens: its greeting is printed by then."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "stderr.txt").open("a") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "backend", "serve"],
                cwd=ROOT,
                env=self._environment(port),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.said = self._greeting()

    def stop(self) -> None:
        """Stop it as Ctrl+C does, and wait until its port is free."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.communicate(timeout=30)
        self.process = None

    def link(self) -> str:
        """Return a fresh one-time link to the welcome page."""
        return self.run("token", "--link").strip()

    def run(self, *arguments: str, fine: tuple[int, ...] = (0,)) -> str:
        """Run a command of the product on this installation and return what it prints; ``fine`` are its exit states."""
        command = [sys.executable, "-m", "backend", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, timeout=60)
        assert done.returncode in fine, done.stderr
        return done.stdout

    def _environment(self, port: int | None = None) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SECONDLOOK_")}
        own = {
            "SECONDLOOK_DATA": str(self.data),
            "SECONDLOOK_PORT": str(port or self.port),
            "SECONDLOOK_NO_BROWSER": "1",
            "PYTHONUNBUFFERED": "1",
        }
        return {**kept, **own, **self.settings}

    def _greeting(self) -> list[str]:
        assert self.process and self.process.stdout
        said: list[str] = []
        for line in self.process.stdout:
            said.append(line)
            if re.search(r"once=", line):
                return said
        errors = (self.data / "stderr.txt").read_text()
        raise RuntimeError(f"the server did not start:\n{''.join(said)}{errors}")
