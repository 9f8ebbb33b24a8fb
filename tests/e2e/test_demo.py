"""`make demo`: one command, and Chromium is there with the extension loaded and paired."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.serving import ROOT, Server, free_port


def run_demo(**settings: str) -> str:
    command = [sys.executable, str(ROOT / "tools" / "demo.py"), "--headless"]
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_starts_a_server_of_its_own_and_leaves_nothing(tmp_path: Path) -> None:
    port = free_port()
    said = run_demo(SECONDLOOK_PORT=str(port), SECONDLOOK_DATA=str(tmp_path / "untouched"))
    assert f"Chromium is open at http://127.0.0.1:{port}/try, and the extension is paired." in said
    assert not (tmp_path / "untouched").exists()


def test_it_uses_the_server_that_runs_already(server: Server) -> None:
    said = run_demo(SECONDLOOK_PORT=str(server.port), SECONDLOOK_DATA=str(server.data))
    assert f"{server.address}/try" in said
    assert "Chromium on " in server.run("token", "list")
