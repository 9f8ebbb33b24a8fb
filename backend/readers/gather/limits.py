"""How much one file may cost, counted over everything packed inside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from backend.readers import Unreadable

MOST_CHARACTERS = 2_000_000
MOST_FILES = 1000
MOST_BYTES = 400_000_000
"""Bytes unpacked in all; at most one member of each depth is held at a time."""
MOST_DEPTH = 4
SECONDS = 40.0
"""After these a reader starts nothing new, so that what it has is told before the worker is ended."""
MOST_MORE = 140.0
"""Seconds that a long file may take beyond these."""


@dataclass
class Limits:
    """What is left to spend."""

    until: float
    characters: int = MOST_CHARACTERS
    files: int = MOST_FILES
    bytes: int = MOST_BYTES
    depth: int = 0

    @property
    def late(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self.until

    def extend(self, seconds: float) -> None:
        """Allow more time for a file that is long by its nature and tells how far it is."""
        if self.depth == 1:  # what lies inside another file tells nothing, and would be taken for stuck
            self.until += min(seconds, MOST_MORE)

    def unpacked(self, size: int) -> None:
        """Count bytes that came out of a package; raises :class:`Unreadable` where it is enough."""
        self.bytes -= size
        if self.bytes < 0:
            raise Unreadable("too_large")
        if self.late:
            raise Unreadable("timeout")


_seconds: ContextVar[float] = ContextVar("seconds", default=SECONDS)
_current: ContextVar[Limits | None] = ContextVar("limits", default=None)


def patience(seconds: float) -> None:
    """Give the files read from now on so many seconds: a document to be registered may take longer than a draft's."""
    _seconds.set(seconds)


@contextmanager
def opened() -> Iterator[Limits]:
    """Enter a file: the outermost gets fresh limits, those inside it share them.

    Raises :class:`Unreadable` where files lie in files too deep.
    """
    limits = _current.get()
    if limits is None:
        limits = Limits(time.monotonic() + _seconds.get())
    if limits.depth >= MOST_DEPTH:
        raise Unreadable("too_deep")
    token = _current.set(limits)
    limits.depth += 1
    try:
        yield limits
    finally:
        limits.depth -= 1
        _current.reset(token)


def current() -> Limits:
    """Return the limits of the file being read, or fresh ones."""
    return _current.get() or Limits(time.monotonic() + _seconds.get())
