"""Bring the schema up to date at start; two servers that start at once do it once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from backend.config import StartError

FOLDER = Path(__file__).parent / "migrations"
HEAD = "0005"
"""The newest migration; a test compares it with the folder.  It is written here so that
an ordinary start need not load Alembic, which takes half a second."""
LOCK = 7_328_151_104
"""Names the lock of a PostgreSQL server; any number that nobody else uses."""


def upgrade(engine: Engine, to: str = HEAD) -> None:
    """Apply the migrations that are missing, all or none; ``to`` makes an older database, for tests."""
    with engine.connect().execution_options(sqlite_begin="BEGIN IMMEDIATE") as connection:
        found = revision(connection)
        if found == to:
            return
        if found is not None and found > HEAD:
            raise StartError(
                f"The database was used with a newer Second Look (its tables are {found}, this program knows {HEAD}). "
                "Install that version again, or restore a backup from before into an empty database."
            )
        connection.rollback()
        with _whole(connection), connection.begin():
            _lock(connection)
            if revision(connection) != to:
                _run(connection, to)


@contextmanager
def _whole(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew without deleting what refers to it: https://sqlite.org/lang_altertable.html#otheralter."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON").close()


def revision(connection: Connection) -> str | None:
    """Return the migration that a database stands at, ``None`` for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Whoever comes second waits for as long as the first one needs.
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _run(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
