"""Who goes first, where several do the same at once.

SQLite lets one write at a time.  PostgreSQL lets many, and each sees what the others have kept: where
a change depends on what it has read, it takes one of these first.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from backend.store.database import Store

SPACE = 7_328
"""The first of the two numbers that name an advisory lock; the second is made of its name."""


def hold(connection: Connection, name: str) -> None:
    """Let the others wait who hold the same name, until this transaction has ended."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:space, :number)"), _numbers(name))


@contextmanager
def alone(store: Store, name: str) -> Iterator[bool]:
    """Give ``True`` to one of all processes at a time, for as long as it takes; the others need not wait.

    It ends with the process that has it, however that ends.
    """
    if store.is_embedded:
        with _alone_on_this_machine(store, name) as is_first:
            yield is_first
        return
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        query = text("SELECT pg_try_advisory_lock(:space, :number)")
        is_first = bool(connection.execute(query, _numbers(name)).scalar())
        try:
            yield is_first
        finally:
            if is_first:
                # Not given back to the pool: with the connection the lock is gone, whatever state it is in.
                connection.invalidate()


@contextmanager
def _alone_on_this_machine(store: Store, name: str) -> Iterator[bool]:
    place = store.engine.url.database
    if not place or place == ":memory:":
        yield True
        return
    with locked(Path(f"{place}.{zlib.crc32(name.encode()):08x}.lock"), waits=False) as is_first:
        yield is_first


@contextmanager
def locked(path: Path, *, waits: bool) -> Iterator[bool]:
    """Hold a file of this machine; where another process has it, wait, or give ``False``.

    Its owner alone may open it: whoever can open a file can hold it.
    """
    try:
        import fcntl
    except ImportError:  # Windows, where a server has one process
        yield True
        return
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except OSError:
            if waits:
                raise
            yield False
            return
        yield True


def _numbers(name: str) -> dict[str, int]:
    number = zlib.crc32(name.encode())
    return {"space": SPACE, "number": number - 2**32 if number >= 2**31 else number}
