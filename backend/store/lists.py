"""Lists: a user's own terms under a name.  Every change raises the list's version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.model import Level, Term, TermList
from backend.store import versions
from backend.store.database import NotFound, Store
from backend.store.secrets import new_id
from backend.store.stale import Stale
from backend.store.tables import lists, terms


class NameTaken(Exception):
    """Another list has that name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A list without its terms."""

    id: str
    name: str
    level: Level
    enabled: bool
    version: int
    terms: int
    """How many terms it has."""


def read_all(store: Store) -> list[Entry]:
    """Return all lists by name."""
    with store.read() as connection:
        return [_entry(row) for row in connection.execute(_query().order_by(lists.c.name))]


def read(store: Store, id: str) -> Entry:
    """Return one list; raises :class:`NotFound`."""
    with store.read() as connection:
        return read_with(connection, id)


def read_with(connection: Connection, id: str) -> Entry:
    """Return one list within a transaction that does more than that."""
    row = connection.execute(_query().where(lists.c.id == id)).first()
    if row is None:
        raise NotFound("list")
    return _entry(row)


def find(store: Store, name: str) -> Entry:
    """Return the list of a name or an id, as a person types it; raises :class:`NotFound`."""
    with store.read() as connection:
        row = connection.execute(_query().where((lists.c.name == name) | (lists.c.id == name))).first()
    if row is None:
        raise NotFound("list")
    return _entry(row)


def create(store: Store, name: str, level: Level = Level.STOP, enabled: bool = True) -> Entry:
    """Make an empty list; raises :class:`NameTaken`."""
    with store.write() as connection:
        return create_with(connection, name, level, enabled)


def create_with(connection: Connection, name: str, level: Level, enabled: bool) -> Entry:
    """Make an empty list within a transaction that does more than that."""
    entry = Entry(new_id(), name, level, enabled, 1, 0)
    values = {"id": entry.id, "name": name, "level": level.word, "enabled": enabled, "version": 1}
    try:
        connection.execute(insert(lists).values(values))
    except IntegrityError:
        raise NameTaken from None
    versions.bump(connection, "lists")
    return entry


def change(store: Store, id: str, changes: Mapping[str, Any], seen: int | None = None) -> Entry:
    """Change name, level or switch; raises :class:`NotFound`, :class:`Stale`, :class:`NameTaken`."""
    values = {name: value.word if isinstance(value, Level) else value for name, value in changes.items()}
    with store.write() as connection:
        touch(connection, id, seen)
        if values:
            try:
                connection.execute(update(lists).where(lists.c.id == id).values(values))
            except IntegrityError:
                raise NameTaken from None
        return read_with(connection, id)


def remove(store: Store, id: str, seen: int | None = None) -> None:
    """Delete a list with its terms; raises :class:`NotFound`, :class:`Stale`."""
    with store.write() as connection:
        touch(connection, id, seen)
        connection.execute(delete(lists).where(lists.c.id == id))


def touch(connection: Connection, id: str, seen: int | None) -> None:
    """Raise the version of a list that is about to change, and check what its editor has seen."""
    entry = read_with(connection, id)
    if seen is not None and seen != entry.version:
        raise Stale("list")
    connection.execute(update(lists).where(lists.c.id == id).values(version=entry.version + 1))
    versions.bump(connection, "lists")


def term_list(store: Store, entry: Entry) -> TermList:
    """Return a list with all its terms, as the engine takes it."""
    query = select(terms.c.text, terms.c.form, terms.c.level).where(terms.c.list_id == entry.id).order_by(terms.c.id)
    with store.read() as connection:
        found = tuple(
            Term(text, form, Level.named(level) if level else None) for text, form, level in connection.execute(query)
        )
    return TermList(entry.id, entry.name, entry.level, entry.enabled, found)


def _query() -> Select[Any]:
    counted = select(func.count()).where(terms.c.list_id == lists.c.id).scalar_subquery()
    return select(lists.c.id, lists.c.name, lists.c.level, lists.c.enabled, lists.c.version, counted.label("terms"))


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.id, row.name, Level.named(row.level), row.enabled, row.version, row.terms)
