"""How often a list in observe mode would have spoken: a number a week and level, and no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from backend.model import Level
from backend.store import lists
from backend.store.database import NotFound, Store
from backend.store.tables import lists as table
from backend.store.tables import observations


@dataclass(frozen=True, slots=True)
class Week:
    """What a list saw in one week, which its Monday names."""

    week: str
    note: int
    """Drafts it would have marked with a dot, without asking."""
    warn: int
    stop: int

    @property
    def asked(self) -> int:
        """Return how often it would have asked."""
        return self.warn + self.stop


def monday(day: str) -> str:
    """Return the Monday of a day's week.

    >>> monday("2026-11-24"), monday("2026-11-23")
    ('2026-11-23', '2026-11-23')
    """
    found = date.fromisoformat(day)
    return (found - timedelta(days=found.weekday())).isoformat()


def add(store: Store, id: str, level: Level, who: str = "") -> None:
    """Count a draft; a list that is gone meanwhile counts nothing.  ``who`` is as in :mod:`backend.store.decisions`."""
    key = {"list_id": id, "week": monday(store.day()), "level": level.word, "who": who}
    with store.write() as connection:
        if connection.execute(select(table.c.id).where(table.c.id == id)).first() is None:
            return
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        more = {"count": observations.c.count + 1}
        made: Any = insert(observations).values(**key, count=1)
        connection.execute(made.on_conflict_do_update(index_elements=list(key), set_=more))


def read(store: Store, id: str) -> list[Week]:
    """Return the weeks of a list, newest first; raises :class:`NotFound`."""
    counts: dict[str, dict[str, int]] = {}
    with store.read() as connection:
        if connection.execute(select(table.c.id).where(table.c.id == id)).first() is None:
            raise NotFound("list")
        query = select(observations.c.week, observations.c.level, func.sum(observations.c.count))
        query = query.where(observations.c.list_id == id).group_by(observations.c.week, observations.c.level)
        query = query.order_by(observations.c.week.desc())
        for week, level, count in connection.execute(query):
            counts.setdefault(week, {"note": 0, "warn": 0, "stop": 0})[level] = int(count)
    return [Week(week, **levels) for week, levels in counts.items()]


def forget(store: Store, id: str) -> None:
    """Delete the counts of a list."""
    with store.write() as connection:
        connection.execute(delete(observations).where(observations.c.list_id == id))
        lists.note(store, connection, "list.observations_forgotten", lists.read_with(connection, id))
