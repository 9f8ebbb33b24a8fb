"""Bring the schema up to date at start; two servers that start at once do it once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

FOLDER = Path(__file__).parent / "migrations"
HEAD = "0004"
"""The newest migration; a test compares it with the folder.  It is written here so that
an ordinary start need not load Alembic, which takes half a second."""
LOCK = 7_328_151_104
"""Names the lock of a PostgreSQL server; any number that nobody else uses."""


def upgrade(engine: Engine) -> None:
    """Apply the migrations that are missing, all or none."""
    with engine.connect().execution_options(sqlite_begin="BEGIN IMMEDIATE") as connection:
        if revision(connection) == HEAD:
            return
        connection.rollback()
        with connection.begin():
            _lock(connection)
            if revision(connection) != HEAD:
                _run(connection)


def revision(connection: Connection) -> str | None:
    """Return the migration that a database stands at, ``None`` for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
