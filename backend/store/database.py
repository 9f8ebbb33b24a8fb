"""The database: SQLite in the data folder, or any server that SQLAlchemy reaches."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, String, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from backend.config import StartError
from backend.store import migrate

BUSY_SECONDS = 10
FILE = "secondlook.sqlite3"
SERVER: Mapping[str, Any] = {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 10, "pool_timeout": 5}
"""Connections of one process to a database server: as many as its threads, and some for what runs beside them.

One that the server has dropped is noticed and made anew before it is used; a request that finds none free within
five seconds is told to come again.
"""
POSTGRES = {
    "statement_timeout": "60s",
    "lock_timeout": f"{BUSY_SECONDS}s",
    "idle_in_transaction_session_timeout": "300s",
    "timezone": "UTC",
}
"""So that nothing waits for ever: for a lock as long as with SQLite; the rest is for what must never be."""
LETTERS = "secondlook_letters"
"""The attribute of a dialect that says by which collation PostgreSQL knows the letters of all languages."""


class NotFound(LookupError):
    """What was asked for is not there."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something in a team, as the audit log names them."""

    name: str
    person_id: str = ""
    """Empty for whoever has the server's own machine."""


class Store:
    """A database that is up to date; reads and writes are short transactions."""

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.time, author: Author | None = None) -> None:
        """Take an engine whose schema is current; ``clock`` gives seconds since 1970."""
        self.engine = engine
        self.clock = clock
        self.author = author
        self.is_embedded = engine.dialect.name == "sqlite"

    def by(self, author: Author | None) -> Store:
        """Return the same store for somebody whose changes are written down in the audit log."""
        return Store(self.engine, clock=self.clock, author=author)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together, or not at all."""
        with self.engine.connect().execution_options(sqlite_begin="BEGIN IMMEDIATE") as connection:
            with connection.begin():
                yield connection

    def today(self) -> str:
        """Return the day in UTC, for example ``2026-11-24``."""
        return time.strftime("%Y-%m-%d", time.gmtime(self.clock()))

    def day(self) -> str:
        """Return the day where this machine stands, by which dates of terms are judged."""
        return time.strftime("%Y-%m-%d", time.localtime(self.clock()))

    def now(self) -> str:
        """Return the second in UTC, for example ``2026-11-24T12:00:00Z``."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.clock()))

    def at(self, seconds: float) -> str:
        """Return the second in UTC that is so many seconds from now."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.clock() + seconds))

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def open_store(url: str, *, clock: Callable[[], float] = time.time) -> Store:
    """Open a database and bring its schema up to date.

    Raises :class:`StartError` with what to do when that cannot be done.
    """
    try:
        engine = _create(url)
        try:
            migrate.upgrade(engine)
        except BaseException:
            engine.dispose()
            raise
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise StartError("SECONDLOOK_DATABASE is not a database address this installation can use.") from None
    except (DBAPIError, OSError) as error:
        raise StartError(f"The database cannot be opened ({type(error).__name__}): {_where(url)}.") from None
    return Store(engine, clock=clock)


def prepare_folder(folder: Path) -> None:
    """Make the data folder, readable by its owner alone; raises :class:`StartError`.

    A folder that holds other things too is left as it is: it may be a home or ``/tmp``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if all(path.name.startswith(FILE) for path in folder.iterdir()):
            folder.chmod(0o700)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError:
        raise StartError(f"The data folder cannot be written: {folder}. Set SECONDLOOK_DATA to another one.") from None


def _where(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _create(url: str) -> Engine:
    # hide_parameters: an error of the database must not carry the words of a list into a log.
    engine = create_engine(url, hide_parameters=True, **({} if url.startswith("sqlite") else SERVER))
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", lambda connection, _record: _prepare_postgres(engine, connection))
    if engine.dialect.name == "sqlite":
        _make_private(engine.url.database)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(path: str | None) -> None:
    """Create the file before SQLite does, so that no other user of the machine can read it."""
    if path and path != ":memory:":
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        os.chmod(path, 0o600)


def _prepare_postgres(engine: Engine, connection: Any) -> None:
    was, connection.autocommit = connection.autocommit, True
    with connection.cursor() as cursor:
        for name, value in POSTGRES.items():
            cursor.execute(f"SET {name} = '{value}'")
        if not hasattr(engine.dialect, LETTERS):
            cursor.execute("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'")
            setattr(engine.dialect, LETTERS, 'COLLATE "und-x-icu"' if cursor.fetchone() else "")
    connection.autocommit = was


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in (
        # First, since to switch to WAL may have to wait for another process.
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    # SQLite's own knows the letters of English alone; a search for terms needs all.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


class lower(FunctionElement[str]):  # noqa: N801 - it reads as SQL
    """The small letters of a text, whatever language the database was made for."""

    inherit_cache = True
    type = String()


@compiles(lower)
def _compile_lower(element: Any, compiler: Any, **how: Any) -> str:
    inner = compiler.process(element.clauses, **how)
    return f"lower({inner} {getattr(compiler.dialect, LETTERS, '')})"


def _begin_sqlite(connection: Connection) -> None:
    # A write takes its lock at once: one that began as a read could be refused in the middle.
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))
