"""Limits that keep one caller from using up what all need."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MANY_KEYS = 10_000
MOMENT = 0.25
"""Seconds that keep a caller who asks again and again from doing so without a pause."""


class RateLimit:
    """So many events within so many seconds, counted for each key."""

    def __init__(self, at_most: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow ``at_most`` events a key within any ``seconds``."""
        self.at_most = at_most
        self.seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._events: dict[str, deque[float]] = {}

    def allows(self, key: str) -> bool:
        """Count an event and return whether it is within the limit."""
        now = self._clock()
        with self._lock:
            if len(self._events) > MANY_KEYS:
                self._events.clear()
            events = self._events.setdefault(key, deque())
            while events and now - events[0] >= self.seconds:
                events.popleft()
            if len(events) >= self.at_most:
                return False
            events.append(now)
            return True


class Waiting:
    """Requests that wait hold a thread each: only some may, so that checks find one free."""

    def __init__(self, at_most: int) -> None:
        """Let ``at_most`` requests wait at the same time."""
        self._places = threading.BoundedSemaphore(at_most)

    @contextmanager
    def place(self, seconds: float) -> Iterator[float]:
        """Give how long the request may wait: what it asked for, or a moment when all places are taken."""
        if seconds <= 0 or not self._places.acquire(blocking=False):
            yield min(seconds, MOMENT)
            return
        try:
            yield seconds
        finally:
            self._places.release()
