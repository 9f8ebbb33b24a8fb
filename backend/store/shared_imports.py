"""Files with terms that a person looks at before they are brought in, where several processes answer.

They are kept for minutes, beside the files that servers share, and go into no backup.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from backend.store.database import Store
from backend.store.tables import shared_files as table

KIND = "import"


def put(store: Store, id: str, content: bytes) -> None:
    """Keep the newest state of one that is there still."""
    values = {"content": content, "digest": _digest(content), "changed": store.now()}
    with store.write() as connection:
        connection.execute(update(table).where(*_is(id)).values(values))


def add(store: Store, id: str, content: bytes, most: int, seconds: float) -> bool:
    """Keep a new one and forget those that nobody has looked at for so long; ``False`` where there are too many."""
    from backend.store.locks import hold

    old = store.at(-seconds)
    with store.write() as connection:
        hold(connection, KIND)
        connection.execute(delete(table).where(table.c.kind == KIND, table.c.changed < old))
        count = connection.execute(select(func.count()).where(table.c.kind == KIND)).scalar() or 0
        if count >= most:
            return False
        values = {"content": content, "digest": _digest(content), "changed": store.now()}
        connection.execute(insert(table).values(kind=KIND, name=id, **values))
    return True


def read(store: Store, id: str) -> tuple[bytes, str] | None:
    """Return one, and what names this state of it."""
    with store.read() as connection:
        row = connection.execute(select(table.c.content, table.c.digest).where(*_is(id))).first()
    return None if row is None else (bytes(row.content), row.digest)


def change(store: Store, id: str, before: str, content: bytes) -> bool:
    """Keep another state in the place of one; ``False`` where somebody else was first."""
    values = {"content": content, "digest": _digest(content), "changed": store.now()}
    with store.write() as connection:
        done = connection.execute(update(table).where(*_is(id), table.c.digest == before).values(values))
        return done.rowcount == 1


def is_there(store: Store, id: str) -> bool:
    """Tell whether one is wanted still; who looks at it keeps it for longer."""
    with store.write() as connection:
        return connection.execute(update(table).where(*_is(id)).values(changed=store.now())).rowcount == 1


def remove(store: Store, id: str) -> None:
    """Forget one."""
    with store.write() as connection:
        connection.execute(delete(table).where(*_is(id)))


def _is(id: str) -> tuple[ColumnElement[bool], ...]:
    return table.c.kind == KIND, table.c.name == id


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
