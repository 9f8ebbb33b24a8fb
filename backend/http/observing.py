"""Count what lists in observe mode would have asked: drafts, not key strokes.

A draft is checked again and again while it is written.  So checks that follow one another on
one site within five minutes, and in which the list goes on seeing something, count once.  Only
this is remembered of them, and only in memory: which list spoke where, how loudly, and when.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from backend.model import Draft, Finding, Level
from backend.store import Store, observations

PAUSE = 300.0
"""Seconds without a check after which another draft is being written."""
MOST = 10_000
Where = tuple[str, str, str]
"""Who asks, on which site, in which channel."""


class Observing:
    """The drafts that lists in observe mode see just now."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; ``clock`` counts seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[Where, tuple[float, dict[str, Level]]] = {}

    def saw(
        self, store: Store, owner: str, draft: Draft, found: Iterable[Finding], who: Callable[[], str] = str
    ) -> None:
        """Take what a check observed; a draft is counted once for each list that speaks, for ``who()``."""
        where = (owner, draft.site[:253], draft.channel)
        now = {one.rule.partition(".")[2]: one.level for one in sorted(found, key=lambda one: one.level)}
        for id, level in self._news(where, now):
            observations.add(store, id, level, who())

    def _news(self, where: Where, now: dict[str, Level]) -> list[tuple[str, Level]]:
        """Return what is to be counted, and remember this check."""
        with self._lock:
            at, before = self._seen.pop(where, (float("-inf"), {}))
            if self._clock() - at > PAUSE:
                before = {}
            if now:
                if len(self._seen) >= MOST:
                    self._seen.pop(next(iter(self._seen)))
                self._seen[where] = (self._clock(), now)
            return [(id, level) for id, level in now.items() if level > Level.CLEAR and id not in before]
