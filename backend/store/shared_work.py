"""What the processes of a team tell each other of work under way.

Files with terms that a person looks at before they are brought in, and documents that are being registered.  It is
kept for as long as somebody needs it, beside the files that servers share, and goes into no backup.  How old
something is the clock of the database says, since those of several machines differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, update

from backend.store.database import Store
from backend.store.tables import shared_files as table

IMPORT, DOCUMENT = "import", "document"


class Row(NamedTuple):
    """One piece of work."""

    id: str
    content: bytes
    digest: str
    """What names this state of it."""
    is_fresh: bool
    """Somebody has told of it within the time that was asked for."""


def add(store: Store, kind: str, id: str, content: bytes, most: int, seconds: float) -> bool:
    """Keep a new one and forget those that nobody has looked at for so long; ``False`` where there are too many."""
    from backend.store.locks import hold

    with store.write() as connection:
        hold(connection, kind)
        connection.execute(delete(table).where(table.c.kind == kind, table.c.changed < _at(store, -seconds)))
        count = connection.execute(select(func.count()).where(table.c.kind == kind)).scalar() or 0
        if count >= most:
            return False
        values = {"content": content, "digest": _digest(content), "changed": _at(store)}
        connection.execute(insert(table).values(kind=kind, name=id, **values))
    return True


def put(store: Store, kind: str, id: str, content: bytes) -> bool:
    """Keep the newest state of one; ``False`` where it is not wanted any more."""
    values = {"content": content, "digest": _digest(content), "changed": _at(store)}
    with store.write() as connection:
        return connection.execute(update(table).where(*_is(kind, id)).values(values)).rowcount == 1


def change(store: Store, kind: str, id: str, before: str, content: bytes) -> bool:
    """Keep another state in the place of one; ``False`` where somebody else was first."""
    values = {"content": content, "digest": _digest(content), "changed": _at(store)}
    with store.write() as connection:
        done = connection.execute(update(table).where(*_is(kind, id), table.c.digest == before).values(values))
        return done.rowcount == 1


def read(store: Store, kind: str, id: str, seconds: float = 0) -> Row | None:
    """Return one."""
    found = _read(store, seconds, *_is(kind, id))
    return found[0] if found else None


def read_all(store: Store, kind: str, seconds: float) -> list[Row]:
    """Return all of a kind."""
    return _read(store, seconds, table.c.kind == kind)


def ids(store: Store, kind: str) -> set[str]:
    """Return which are wanted still."""
    with store.read() as connection:
        return set(connection.execute(select(table.c.name).where(table.c.kind == kind)).scalars())


def is_there(store: Store, kind: str, id: str) -> bool:
    """Tell whether one is wanted still; who looks at it keeps it for longer."""
    return renew(store, kind, [id]) == 1


def renew(store: Store, kind: str, ids: Iterable[str]) -> int:
    """Say that somebody is at them still; return how many are wanted still."""
    with store.write() as connection:
        chosen = update(table).where(table.c.kind == kind, table.c.name.in_(list(ids)))
        return connection.execute(chosen.values(changed=_at(store))).rowcount


def remove(store: Store, kind: str, id: str) -> bool:
    """Forget one; return whether it was there."""
    with store.write() as connection:
        return connection.execute(delete(table).where(*_is(kind, id))).rowcount == 1


def trim(store: Store, kind: str, keep: int, seconds: float) -> None:
    """Of those of which nobody has told for so long forget all but so many, the newest."""
    old = (table.c.kind == kind, table.c.changed < _at(store, -seconds))
    newest = select(table.c.name).where(*old).order_by(table.c.changed.desc(), table.c.name).limit(keep)
    with store.write() as connection:
        kept = connection.execute(newest).scalars().all()
        connection.execute(delete(table).where(*old, table.c.name.not_in(kept)))


def _read(store: Store, seconds: float, *where: ColumnElement[bool]) -> list[Row]:
    is_fresh = table.c.changed >= _at(store, -seconds)
    with store.read() as connection:
        rows = connection.execute(select(table.c.name, table.c.content, table.c.digest, is_fresh).where(*where))
        return [Row(id, bytes(content), digest, bool(fresh)) for id, content, digest, fresh in rows]


def _at(store: Store, seconds: float = 0) -> ColumnElement[str]:
    """Return the second that is so many from now, in UTC, as the database's clock has it."""
    if store.is_embedded:
        return literal(store.at(seconds))
    now = func.timezone("UTC", func.clock_timestamp()) + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
    return func.to_char(now, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')


def _is(kind: str, id: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.kind == kind, table.c.name == id


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
