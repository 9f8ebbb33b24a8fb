"""The lists of single people of a team, held ready while they write.

Everybody's lists are one index that all share: 100,000 terms are not held once for each person.  The few terms of
somebody's own are a small index beside it, built when they write and forgotten when others need the room.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from backend.pipeline import Engine, OwnLists
from backend.store import Store, lists

MOST_TERMS = 200_000
"""Terms that are held at a time; about 50 MB."""
FEWEST_COUNTED = 100
"""What a person counts at least, so that ten thousand people with a term each do not stay for ever."""


@dataclass(frozen=True, slots=True)
class _Held:
    mark: int
    day: str
    read: tuple[tuple[str, int], ...]
    own: OwnLists


class People:
    """Who has own lists, and those of whoever wrote lately."""

    def __init__(self, store: Store, most_terms: int = MOST_TERMS) -> None:
        """Begin with nobody; ``renew`` asks the store."""
        self._store = store
        self._most = most_terms
        self._mark = -1
        self._with_lists: frozenset[str] = frozenset()
        self._lock = threading.Lock()
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._terms = 0

    def renew(self, mark: int) -> None:
        """Ask again who has own lists; ``mark`` is the number of changes to any of them."""
        self._with_lists, self._mark = lists.owners(self._store), mark

    def engine(self, engine: Engine, person: str, day: str) -> Engine:
        """Return the engine that a person's drafts are checked by; for one without own lists the same."""
        if person not in self._with_lists:
            return engine
        return engine.with_own(self._own(person, day))

    def _own(self, person: str, day: str) -> OwnLists:
        mark = self._mark
        with self._lock:
            held = self._held.get(person)
            if held is not None:
                self._held.move_to_end(person)
        if held is not None and (held.mark, held.day) == (mark, day):
            return held.own
        entries = [one for one in lists.read_all(self._store, person) if one.enabled]
        read = tuple((one.id, one.version) for one in entries)
        if held is None or (held.day, held.read) != (day, read):
            own = OwnLists.of(lists.term_list(self._store, one, day) for one in entries)
        else:
            own = held.own
        self._hold(person, _Held(mark, day, read, own))
        return own

    def _hold(self, person: str, held: _Held) -> None:
        with self._lock:
            before = self._held.pop(person, None)
            self._terms += _size(held) - (_size(before) if before else 0)
            self._held[person] = held
            while self._terms > self._most and len(self._held) > 1:
                self._terms -= _size(self._held.popitem(last=False)[1])


def _size(held: _Held) -> int:
    return max(FEWEST_COUNTED, held.own.terms)
