"""What changed a list, who and when; and the way back.

Each version notes what it removed or changed (``past_terms``), and each term the version that
brought it.  So the newest version can be undone, then the one before it, and so on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Integer,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from backend.store import audit, versions
from backend.store.database import Store
from backend.store.stale import NameTaken, NothingToUndo, Stale
from backend.store.tables import list_changes, lists, past_terms, terms

KEPT = 50
"""Versions of a list that can be undone; older ones keep their line, and none of their words."""
MOST_KEPT = 500_000
"""Terms of the past that a list keeps."""
LINES = 1_000
_COPIED = tuple(column.name for column in terms.c if column.name not in ("id", "list_id"))
_OWN = tuple(terms.c[name] for name in _COPIED)
_PAST = tuple(past_terms.c[name] for name in _COPIED)
Where = Sequence[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Version:
    """One line of the history of a list."""

    version: int
    at: str
    """In UTC, for example ``2026-11-24T12:00:00Z``."""
    who: str
    """The name of a token, or ``"command line"``; empty where it is not known."""
    action: str
    added: int
    changed: int
    removed: int
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a version did."""

    version: int
    """The version that was undone."""
    added: int
    removed: int


_COLUMNS = tuple(list_changes.c[name] for name in Version.__dataclass_fields__)


def read(store: Store, id: str) -> list[Version]:
    """Return the history of a list, newest first."""
    query = select(*_COLUMNS).where(list_changes.c.list_id == id).order_by(list_changes.c.version.desc())
    with store.read() as connection:
        return [Version(*row) for row in connection.execute(query.limit(LINES))]


def keep(connection: Connection, id: str, version: int, where: Where) -> int:
    """Keep the terms that a version is about to change or remove, and return how many there are."""
    found = select(literal(id), cast(literal(version), Integer), terms.c.id, *_OWN).where(terms.c.list_id == id, *where)
    names = ["list_id", "version", "term_id", *_COPIED]
    return _count(connection, insert(past_terms).from_select(names, found.order_by(terms.c.id)))


def record(
    connection: Connection,
    id: str,
    version: int,
    at: str,
    who: str,
    action: str,
    counts: tuple[int, int, int] = (0, 0, 0),
    before: Mapping[str, Any] | None = None,
) -> None:
    """Write a line: what a version added, changed and removed."""
    values = dict(zip(("added", "changed", "removed"), counts, strict=True))
    connection.execute(
        insert(list_changes).values(
            list_id=id,
            version=version,
            at=at,
            who=who[:100],
            action=action,
            before=json.dumps(before) if before is not None else None,
            can_undo=action not in ("created", "undone"),
            **values,
        )
    )
    _thin_out(connection, id, version)


def undo(connection: Connection, id: str, version: int) -> Undone:
    """Take back the newest version of a list that can be; ``version`` is the one that comes of it.

    Raises :class:`NothingToUndo`.
    """
    change = list_changes.c
    query = select(change.version, change.before).where(change.list_id == id, change.can_undo)
    row = connection.execute(query.order_by(change.version.desc())).first()
    if row is None:
        raise NothingToUndo
    counts = _restore(connection, id, row.version)
    if row.before is not None:
        try:
            connection.execute(update(lists).where(lists.c.id == id).values(json.loads(row.before)))
        except IntegrityError:
            raise NameTaken from None
    undone = update(list_changes).where(change.list_id == id, change.version == row.version)
    connection.execute(undone.values(can_undo=False, before=None))
    return Undone(row.version, *counts)


def forget(store: Store, id: str, seen: int | None = None) -> None:
    """Delete the history of a list with the terms it kept; nothing can be undone then.  Raises :class:`Stale`."""
    with store.write() as connection:
        versions.bump(connection, "lists")
        if seen is not None and seen != connection.execute(select(lists.c.version).where(lists.c.id == id)).scalar():
            raise Stale("list")
        connection.execute(delete(past_terms).where(past_terms.c.list_id == id))
        connection.execute(delete(list_changes).where(list_changes.c.list_id == id))
        row = connection.execute(select(lists.c.name).where(lists.c.id == id, lists.c.owner == "")).first()
        if row is not None:
            audit.note(store, connection, "list.history_forgotten", row.name, id=id)


def _count(connection: Connection, copying: Insert) -> int:
    """Copy rows and return how many; not every driver counts what is inserted unless it is asked to."""
    return connection.execute(copying, execution_options={"preserve_rowcount": True}).rowcount


def _restore(connection: Connection, id: str, version: int) -> tuple[int, int]:
    """Remove what a version brought and bring back what it removed; return how many of each."""
    past = (past_terms.c.list_id == id, past_terms.c.version == version)
    texts = select(past_terms.c.text).where(*past)
    gone = connection.execute(delete(terms).where(terms.c.list_id == id, terms.c.since == version)).rowcount
    gone += connection.execute(delete(terms).where(terms.c.list_id == id, terms.c.text.in_(texts))).rowcount
    # Back in its old place where that is free: the order of terms is the order of their numbers.
    free = select(past_terms.c.term_id, literal(id), *_PAST).where(*past)
    free = free.where(~exists().where(terms.c.id == past_terms.c.term_id))
    back = _count(connection, insert(terms).from_select(["id", "list_id", *_COPIED], free))
    there = terms.c.list_id == id, terms.c.text == past_terms.c.text
    rest = select(literal(id), *_PAST).where(*past, ~exists().where(*there)).order_by(past_terms.c.term_id)
    back += _count(connection, insert(terms).from_select(["list_id", *_COPIED], rest))
    connection.execute(delete(past_terms).where(*past))
    return back, gone


def _thin_out(connection: Connection, id: str, newest: int) -> None:
    """Forget the words of old versions: beyond :data:`KEPT`, or where there are too many of them."""
    change, past = list_changes.c, past_terms.c
    sizes = select(past.version, func.count()).where(past.list_id == id).group_by(past.version)
    kept = select(change.version).where(change.list_id == id, change.can_undo).order_by(change.version.desc())
    oldest, held = connection.execute(kept.offset(KEPT).limit(1)).scalar() or 0, 0
    for version, size in connection.execute(sizes.order_by(past.version.desc())).all():
        held += size
        if held > MOST_KEPT and version < newest:
            oldest = max(oldest, version)
    connection.execute(delete(past_terms).where(past.list_id == id, past.version <= oldest))
    stale = update(list_changes).where(change.list_id == id, change.version <= oldest)
    connection.execute(stale.values(can_undo=False, before=None))
    connection.execute(delete(list_changes).where(change.list_id == id, change.version <= newest - LINES))
