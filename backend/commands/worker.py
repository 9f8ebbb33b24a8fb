"""``worker``: read a team's attachments, on this machine or another one."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from backend.config import ROOT, StartError, from_environment
from backend.program import spoken

HELP = "read attachments for a team's server (SECONDLOOK_BROKER)"
MOST = 64
REST_SECONDS = 1.0
STOP_SECONDS = 90.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--count", type=int, default=1, help="so many workers, each with one file at a time (1)")
    parser.add_argument("--below", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--log", action="store_true", help="write one line a file to standard error, without words")


def run(args: argparse.Namespace) -> int:
    """Read until terminated; exit status 2 when it cannot start."""
    config = from_environment()
    if not config.broker:
        raise StartError("A worker needs SECONDLOOK_BROKER, the same address as the server's.")
    if not 1 <= args.count <= MOST:
        raise StartError(f"--count is a number from 1 to {MOST}.")
    from backend import crash
    from backend.team import secret

    crash.leave_nothing()
    shared = secret.read(config)
    if args.count > 1:
        return _Several(args.count, log=args.log).run()
    from backend.http import logs
    from backend.jobs.shared import worker
    from backend.jobs.shared.broker import shown

    logs.set_up(wanted=args.log)
    if args.below:
        threading.Thread(target=_end_with, args=(args.below,), daemon=True, name="parent").start()
    print(f"A worker reads what comes by {shown(config.broker)} (stop it with Ctrl+C).", flush=True)
    return worker.run(config, shared, warm=config.warm)


def _end_with(parent: int) -> None:
    """Stop when the process that keeps several workers is gone, also when it could not say so."""
    while os.getppid() == parent:
        time.sleep(REST_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


class _Several:
    """Workers side by side; one that dies is started anew."""

    def __init__(self, count: int, *, log: bool) -> None:
        """Take how many."""
        told = ["--below", str(os.getpid()), *(["--log"] if log else [])]
        self._command = [sys.executable, "-P", "-m", "backend", "worker", *told]
        self._children: list[subprocess.Popen[bytes]] = []
        self._count, self._stopping = count, False

    def run(self) -> int:
        """Keep them alive until this process is told to stop; then let them finish."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        print(spoken(f"{self._count} workers (stop them with Ctrl+C)."), flush=True)
        while not self._stopping:
            self._children = [child for child in self._children if child.poll() is None]
            while len(self._children) < self._count:
                self._children.append(self._start())
            time.sleep(REST_SECONDS)
        until = time.monotonic() + STOP_SECONDS
        for child in self._children:
            child.terminate()
        for child in self._children:
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
        return 0

    def _start(self) -> subprocess.Popen[bytes]:
        paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        # In a group of its own, so that Ctrl+C comes once, from here.
        return subprocess.Popen(self._command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)

    def _stop(self, _signal: int, _frame: Any) -> None:
        self._stopping = True
