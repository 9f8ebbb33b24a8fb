"""Growing delays: whoever guesses waits twice as long each time, and one who mistypes hardly notices."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from typing import Protocol

FORGET_SECONDS = 3600.0
LONGEST = 900.0
MANY_KEYS = 100_000


class Shelf(Protocol):
    """Where failures are counted: in memory, or where all servers of a team see them."""

    def read(self, key: str) -> tuple[int, float]:
        """Return how many failures there were, and when the last was (0 where there was none)."""

    def add(self, key: str, now: float) -> None:
        """Count one."""

    def forget(self, key: str) -> None:
        """Forget them."""


class Memory:
    """Failures of one process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._found: dict[str, tuple[int, float]] = {}

    def read(self, key: str) -> tuple[int, float]:
        """Return how many, and when the last was."""
        return self._found.get(key, (0, 0.0))

    def add(self, key: str, now: float) -> None:
        """Count one; where there are very many keys, the oldest half goes."""
        with self._lock:
            if len(self._found) >= MANY_KEYS:
                order = sorted(self._found, key=lambda one: self._found[one][1])
                for old in order[: MANY_KEYS // 2]:
                    del self._found[old]
            self._found[key] = (self._found.get(key, (0, 0.0))[0] + 1, now)

    def forget(self, key: str) -> None:
        """Forget them."""
        with self._lock:
            self._found.pop(key, None)


class Delays:
    """How long somebody waits before the next try, for an account or an address."""

    def __init__(self, shelf: Shelf, clock: Callable[[], float], *, free: int = 5) -> None:
        """Allow ``free`` failures without a delay; ``clock`` gives seconds since 1970."""
        self._shelf = shelf
        self._clock = clock
        self._free = free

    def left(self, kind: str, name: str) -> float:
        """Return the seconds that are left to wait; 0: try."""
        count, last = self._shelf.read(_key(kind, name))
        now = self._clock()
        if count < self._free or now - last >= FORGET_SECONDS or now < last:
            return 0.0
        return max(0.0, last + min(LONGEST, 2.0 ** min(count - self._free, 20)) - now)

    def failed(self, kind: str, name: str) -> None:
        """Count a failure; those of more than an hour ago are forgotten first."""
        key, now = _key(kind, name), self._clock()
        if now - self._shelf.read(key)[1] >= FORGET_SECONDS:
            self._shelf.forget(key)
        self._shelf.add(key, now)

    def succeeded(self, kind: str, name: str) -> None:
        """Forget the failures."""
        self._shelf.forget(_key(kind, name))


def _key(kind: str, name: str) -> str:
    """Return a name that tells nothing of what was typed."""
    return hashlib.sha256(f"{kind} {name}".encode("utf-8", "replace")).hexdigest()[:32]
