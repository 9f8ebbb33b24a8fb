"""The worker process as its owner sees it: started on need, ended at its time limit, started anew."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from backend.jobs import wire

ROOT = Path(__file__).parents[2]
LONGEST = 4.0
"""So many times its limit a worker may take over one file while it tells that it gets on."""
GRACE = 2.0
"""Seconds that a forgotten file may still be read, before the worker is ended for it."""


PREFIX, TOLD = "SECONDLOOK_", ("SECONDLOOK_OCR",)
"""Of the settings a worker is told those alone that readers ask for: not where the database is, and no password."""


class Failed(Exception):
    """The worker gave no answer, and why: a key of ``gaps.toml``."""

    def __init__(self, reason: str) -> None:
        """Take ``"crashed"`` or ``"timeout"``."""
        super().__init__(reason)
        self.reason = reason


class Process:
    """One worker at a time."""

    def __init__(self, limit: float) -> None:
        """Take the seconds that a worker may be silent over one question; nothing starts yet."""
        self._limit, self._most = limit, LONGEST * limit
        self._hurried = False
        self._child: subprocess.Popen[bytes] | None = None
        self._timed_out = self._heard = False
        self._timers: list[threading.Timer] = []

    @property
    def pid(self) -> int | None:
        """The process id of a living worker."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def ask(
        self, question: wire.Ask, data: bytes = b"", hear: Callable[[wire.Answer], None] = lambda answer: None
    ) -> tuple[wire.Answer, bytes]:
        """Return the last answer to a question; ``hear`` gets those before it.  Raises :class:`Failed`."""
        self._timed_out = False
        served_before = self.pid is not None
        try:
            return self._ask(question, data, hear)
        except wire.Broken:
            self.end()
        if not served_before or self._timed_out or self._heard:
            raise Failed("timeout" if self._timed_out else "crashed")
        # It had died while it was idle, which is nothing this file did.
        try:
            return self._ask(question, data, hear)
        except wire.Broken:
            self.end()
            raise Failed("timeout" if self._timed_out else "crashed") from None

    def _ask(self, question: wire.Ask, data: bytes, hear: Callable[[wire.Answer], None]) -> tuple[wire.Answer, bytes]:
        self._heard = False
        child = self._alive()
        assert child.stdin is not None and child.stdout is not None
        self._hurried = False
        until = time.monotonic() + self._most
        self._end_in(self._limit, child)
        try:
            wire.send(child.stdin, question, data)
            while True:
                answer, copied = wire.receive_answer(child.stdout)
                self._heard = True
                if answer.last:
                    return answer, copied
                hear(answer)
                self._disarm()
                self._end_in(GRACE if self._hurried else min(self._limit, until - time.monotonic()), child)
        finally:
            self._disarm()

    def hurry(self) -> None:
        """Give the question in hand only a little longer: nobody waits for its answer."""
        self._hurried = True
        if self._child is not None:
            self._end_in(GRACE, self._child)

    def end(self) -> None:
        """End the worker, whatever it is doing."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self.end()
        if self._child is None:
            self._child = self._start()
        return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        # An empty entry, and without -P the start itself, would name the folder the person happens to stand in,
        # whose `backend` or `json.py` is not ours to run.
        paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        environment = {**_told(), "PYTHONPATH": os.pathsep.join(paths)}
        return subprocess.Popen(
            [sys.executable, "-B", "-P", "-m", "backend.jobs.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a parser's complaint may quote the file
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def _end_in(self, seconds: float, child: subprocess.Popen[bytes]) -> None:
        timer = threading.Timer(seconds, self._end_late, (child,))
        timer.daemon = True
        self._timers.append(timer)
        timer.start()

    def _end_late(self, child: subprocess.Popen[bytes]) -> None:
        self._timed_out = True
        child.kill()

    def _disarm(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers = []


def _told() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in TOLD or not name.startswith(PREFIX)}
