"""Registered documents: what is kept of them, and their fingerprints as one blob each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from backend.store import audit, versions
from backend.store.database import NotFound, Store
from backend.store.locks import hold
from backend.store.secrets import new_id
from backend.store.tables import document_grams, documents

LONGEST_NAME = 200
AT_ONCE = 200
"""Rows asked for in one statement."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document without its fingerprints."""

    name: str
    units: int
    """What is left of its text when spacing and punctuation do not count; see :mod:`backend.documents.units`."""
    characters: int
    digest: str
    key: str
    gaps: tuple[str, ...] = ()
    public: bool = False
    id: str = ""
    revision: int = 1
    day: str = ""


def read_all(store: Store) -> list[Entry]:
    """Return all documents by name."""
    with store.read() as connection:
        found = [_entry(row) for row in connection.execute(select(documents))]
    return sorted(found, key=lambda one: (one.name, one.id))


def read(store: Store, id: str) -> Entry:
    """Return one document; raises :class:`NotFound`."""
    with store.read() as connection:
        return _read(connection, id)


def find(store: Store, name: str) -> Entry:
    """Return the document of a name or an id, as a person types it; raises :class:`NotFound`."""
    with store.read() as connection:
        query = select(documents).where((documents.c.name == name) | (documents.c.id == name))
        row = connection.execute(query.order_by(documents.c.id)).first()
    if row is None:
        raise NotFound("document")
    return _entry(row)


def with_digest(store: Store, digest: str, key: str) -> Entry | None:
    """Return the document of the same content, registered under the same key."""
    with store.read() as connection:
        query = select(documents).where(documents.c.digest == digest, documents.c.key == key)
        row = connection.execute(query).first()
    return None if row is None else _entry(row)


def add(store: Store, entry: Entry, grams: bytes) -> Entry:
    """Keep a new document and return it with its id and its day; of two that bring one file one is kept."""
    kept = replace(entry, id=entry.id or new_id(), day=store.today(), name=entry.name[:LONGEST_NAME])
    with store.write() as connection:
        hold(connection, "documents")
        same = select(documents).where(documents.c.digest == entry.digest, documents.c.key == entry.key)
        known = connection.execute(same).first()
        if known is not None:
            return _entry(known)
        connection.execute(insert(documents).values(_values(kept)))
        connection.execute(insert(document_grams).values(document_id=kept.id, grams=grams))
        versions.bump(connection, "documents")
        audit.note(store, connection, "document.registered", kept.name, id=kept.id, public=kept.public)
    return kept


def replace_with(store: Store, id: str, entry: Entry, grams: bytes) -> Entry:
    """Put a newer text in the place of a document's; name and switch stay.  Raises :class:`NotFound`."""
    with store.write() as connection:
        hold(connection, "documents")
        old = _read(connection, id)
        kept = replace(entry, id=id, name=old.name, public=old.public, revision=old.revision + 1, day=store.today())
        connection.execute(update(documents).where(documents.c.id == id).values(_values(kept)))
        connection.execute(update(document_grams).where(document_grams.c.document_id == id).values(grams=grams))
        versions.bump(connection, "documents")
    return kept


def change(store: Store, id: str, changes: Mapping[str, Any]) -> Entry:
    """Change a document's name or whether it is public; raises :class:`NotFound`."""
    with store.write() as connection:
        _read(connection, id)
        if changes:
            connection.execute(update(documents).where(documents.c.id == id).values(dict(changes)))
            versions.bump(connection, "documents")
        after = _read(connection, id)
        audit.note(store, connection, "document.changed", after.name, id=id, changed=sorted(changes))
        return after


def remove(store: Store, id: str) -> None:
    """Forget a document and its fingerprints; raises :class:`NotFound`."""
    with store.write() as connection:
        gone = _read(connection, id)
        connection.execute(delete(documents).where(documents.c.id == id))
        versions.bump(connection, "documents")
        audit.note(store, connection, "document.removed", gone.name, id=id)


def all_units(store: Store) -> int:
    """Return the units of all documents together."""
    with store.read() as connection:
        return int(connection.execute(select(func.coalesce(func.sum(documents.c.units), 0))).scalar_one())


def grams(store: Store, ids: Iterable[str]) -> Iterator[tuple[str, int, bytes]]:
    """Yield id, revision and fingerprints of documents that are still there, some at a time."""
    wanted = list(ids)
    columns = select(documents.c.id, documents.c.revision, document_grams.c.grams).join(document_grams)
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        with store.read() as connection:
            rows = connection.execute(columns.where(documents.c.id.in_(some))).all()
        yield from ((id, revision, grams) for id, revision, grams in rows)


def _read(connection: Connection, id: str) -> Entry:
    row = connection.execute(select(documents).where(documents.c.id == id)).first()
    if row is None:
        raise NotFound("document")
    return _entry(row)


def _entry(row: Row[Any]) -> Entry:
    fields = dict(row._mapping)
    return Entry(**{**fields, "gaps": tuple(fields["gaps"].split())})


def _values(entry: Entry) -> dict[str, Any]:
    names = ("id", "name", "public", "revision", "units", "characters", "digest", "key", "day")
    return {**{name: getattr(entry, name) for name in names}, "gaps": " ".join(entry.gaps)[:200]}
