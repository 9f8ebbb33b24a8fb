"""Subscriptions: what is published elsewhere, the version in force, and one that waits to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.store import audit
from backend.store.database import NotFound, Store
from backend.store.secrets import new_id
from backend.store.stale import NameTaken
from backend.store.tables import subscriptions as table


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription; ``content`` and ``waiting`` are files as they were published."""

    id: str
    url: str
    key: str
    """The public key that must have signed it."""
    kind: str
    """Of what is in force; empty before anything was."""
    name: str
    version: int
    """Of what is in force; 0 before anything was."""
    etag: str
    checked: str
    """When it was last asked for, in UTC; empty: never."""
    problem: str
    """Why the last answer was not taken; empty: it was, or nothing had changed."""
    target: str
    """The list, sealed list or pack that it brought."""
    content: bytes | None
    waiting: bytes | None


_COLUMNS = tuple(table.c[name] for name in Subscription.__dataclass_fields__)


def read_all(store: Store) -> list[Subscription]:
    """Return all subscriptions by name and address."""
    with store.read() as connection:
        found = [_entry(row) for row in connection.execute(select(*_COLUMNS))]
    return sorted(found, key=lambda one: (one.name, one.url))


def read(store: Store, id: str) -> Subscription:
    """Return one; raises :class:`NotFound`."""
    with store.read() as connection:
        return _read(connection, id)


def find(store: Store, word: str) -> Subscription:
    """Return the one with an id, an address or a name; raises :class:`NotFound`."""
    for one in read_all(store):
        if word in (one.id, one.url, one.name):
            return one
    raise NotFound("subscription")


def add(store: Store, url: str, key: str) -> Subscription:
    """Note a subscription; nothing is fetched.  Raises :class:`NameTaken` for an address that is there."""
    values = {"id": new_id(), "url": url, "key": key, "version": 0}
    values |= {name: "" for name in ("kind", "name", "etag", "checked", "problem", "target")}
    with store.write() as connection:
        try:
            connection.execute(insert(table).values(values))
        except IntegrityError:
            raise NameTaken from None
        audit.note(store, connection, "subscription.made", str(values["id"]), signed_by=key[:16])
        return _read(connection, str(values["id"]))


def note(store: Store, id: str, changes: Mapping[str, Any]) -> Subscription:
    """Change some of what is known; raises :class:`NotFound`."""
    with store.write() as connection:
        connection.execute(update(table).where(table.c.id == id).values(dict(changes)))
        after = _read(connection, id)
        if "content" in changes:
            audit.note(store, connection, "subscription.taken", after.name, id=id, version=after.version)
        return after


def remove(store: Store, id: str) -> None:
    """Forget a subscription; raises :class:`NotFound`."""
    with store.write() as connection:
        if not connection.execute(delete(table).where(table.c.id == id)).rowcount:
            raise NotFound("subscription")
        audit.note(store, connection, "subscription.ended", id)


def _read(connection: Connection, id: str) -> Subscription:
    row = connection.execute(select(*_COLUMNS).where(table.c.id == id)).first()
    if row is None:
        raise NotFound("subscription")
    return _entry(row)


def _entry(row: Any) -> Subscription:
    return Subscription(*row)
