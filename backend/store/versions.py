"""What has changed: one number a noun, raised in the same transaction as the change."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from backend.store.database import Store
from backend.store.tables import versions

_ALL = select(versions.c.name, versions.c.value)


def read(store: Store) -> dict[str, int]:
    """Return the number of each noun: ``lists``, ``policy``, ``tokens``."""
    with store.read() as connection:
        return {name: value for name, value in connection.execute(_ALL)}


def bump(connection: Connection, name: str) -> None:
    """Tell every process that its copy of a noun is old, once the transaction is kept."""
    connection.execute(update(versions).where(versions.c.name == name).values(value=versions.c.value + 1))
