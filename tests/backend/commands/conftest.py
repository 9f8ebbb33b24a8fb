"""Commands as a person calls them, on a data folder of the test's own."""

from __future__ import annotations

import contextlib
import io
import os
import socket
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.__main__ import main


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of the commands: no browser, no models, a folder of their own."""
    own = {"SECONDLOOK_DATA": str(tmp_path / "data"), "SECONDLOOK_NO_BROWSER": "1", "SECONDLOOK_WARM": "0"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SECONDLOOK_")}
    return {**clean, **own, "SECONDLOOK_PORT": str(free_port()), "PYTHONWARNINGS": "error"}


@dataclass
class Done:
    """What a command did."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def call(environment, monkeypatch):
    """Run the command line with arguments, within this process, and return what it did."""

    def run(*arguments: str, stdin: str = "") -> Done:
        for name in [name for name in os.environ if name.startswith("SECONDLOOK_")]:
            monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
        return Done(code, out.getvalue(), err.getvalue())

    return run
