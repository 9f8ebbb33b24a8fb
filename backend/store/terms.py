"""The terms of a list: added, removed, replaced, read page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from backend.model import Level, Term
from backend.store import lists
from backend.store.database import Store
from backend.store.tables import terms

CHUNK = 500
"""Values in one statement: SQLite takes at least 999."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of terms did."""

    added: int
    changed: int
    removed: int
    list: lists.Entry


def read_page(store: Store, id: str, after: int = 0, limit: int = 1000) -> tuple[list[Term], int | None, lists.Entry]:
    """Return terms, where the next page begins (``None`` at the end), and the list they are of."""
    query = select(terms.c.id, terms.c.text, terms.c.form, terms.c.level)
    query = query.where(terms.c.list_id == id, terms.c.id > after).order_by(terms.c.id).limit(limit + 1)
    with store.read() as connection:
        entry = lists.read_with(connection, id)
        rows = connection.execute(query).all()
    page = [Term(row.text, row.form, Level.named(row.level) if row.level else None) for row in rows[:limit]]
    return page, (rows[limit - 1].id if len(rows) > limit else None), entry


def change(
    store: Store, id: str, add: Iterable[Term] = (), remove: Sequence[str] = (), seen: int | None = None
) -> Change:
    """Remove terms by their text, then add; one that is there already takes its new form and level.

    Raises :class:`NotFound`, :class:`Stale`.
    """
    with store.write() as connection:
        lists.touch(connection, id, seen)
        removed = _remove(connection, id, remove)
        added, changed = _add(connection, id, add)
        return Change(added, changed, removed, lists.read_with(connection, id))


def replace(store: Store, id: str, wanted: Iterable[Term], seen: int | None = None) -> Change:
    """Make these the terms of a list, and no others; raises :class:`NotFound`, :class:`Stale`."""
    with store.write() as connection:
        lists.touch(connection, id, seen)
        removed = connection.execute(delete(terms).where(terms.c.list_id == id)).rowcount
        added, _ = _add(connection, id, wanted)
        return Change(added, 0, removed, lists.read_with(connection, id))


def add_with(connection: Connection, id: str, wanted: Iterable[Term]) -> int:
    """Add terms to a list that the same transaction has made."""
    return _add(connection, id, wanted)[0]


def _add(connection: Connection, id: str, wanted: Iterable[Term]) -> tuple[int, int]:
    values = {term.text: {"form": term.form, "level": term.level.word if term.level else None} for term in wanted}
    query = select(terms.c.id, terms.c.text, terms.c.form, terms.c.level).where(terms.c.list_id == id)
    known = {row.text: row for row in connection.execute(query)} if values else {}
    new = [{"list_id": id, "text": text, **fields} for text, fields in values.items() if text not in known]
    if new:
        connection.execute(insert(terms), new)
    changed = 0
    for text, fields in values.items():
        row = known.get(text)
        if row is not None and (row.form, row.level) != (fields["form"], fields["level"]):
            connection.execute(update(terms).where(terms.c.id == row.id).values(fields))
            changed += 1
    return len(new), changed


def _remove(connection: Connection, id: str, texts: Sequence[str]) -> int:
    removed = 0
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        removed += connection.execute(delete(terms).where(terms.c.list_id == id, terms.c.text.in_(chunk))).rowcount
    return removed
