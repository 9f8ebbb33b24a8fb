"""All tables out of a database in one state, and into one as a whole; the same from SQLite as from PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from backend.store.database import Store
from backend.store.migrate import HEAD
from backend.store.tables import metadata, versions

HERE_ONLY = ("versions", "sessions", "pairings", "links", "shared_files")
"""What is over in minutes, or is kept as files of a backup."""
CONTENT = ("lists", "documents", "tokens", "people", "policy", "subscriptions", "folders", "decisions")
"""Where one of these has a row, a database is not empty."""
BATCH = 1_000
Row = Mapping[str, Any]


class CannotKeep(Exception):
    """Rows that this database does not take: of other columns, or such as contradict each other."""


def tables() -> list[Table]:
    """Return the tables of a backup, those first that others refer to."""
    return [table for table in metadata.sorted_tables if table.name not in HERE_ONLY]


@contextmanager
def one_state(store: Store) -> Iterator[Connection]:
    """Give a connection that sees the database as it is now, whatever is written meanwhile."""
    level = {} if store.is_embedded else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with store.engine.connect().execution_options(**level) as connection:
        if not store.is_embedded:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        yield connection


def rows(connection: Connection, table: Table) -> Iterator[Row]:
    """Yield the rows of a table in the order of their keys, some at a time."""
    found = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key))
    for row in found.mappings():
        yield dict(row)


def is_empty(connection: Connection) -> bool:
    """Tell whether nobody has kept anything here yet."""
    return not any(connection.execute(select(metadata.tables[name]).limit(1)).first() for name in CONTENT)


def clear(connection: Connection) -> None:
    """Delete everything, also what a backup does not have; every process will look again."""
    connection.execute(update(versions).values(value=versions.c.value + 1))  # first: who changes something waits here
    with _unguarded(connection):
        for table in reversed(metadata.sorted_tables):
            if table is not versions:
                connection.execute(delete(table))


def load(connection: Connection, table: Table, found: Iterable[Row]) -> int:
    """Write rows and return how many; raises :class:`CannotKeep`."""
    count, batch = 0, list[Row]()
    try:
        for row in found:
            if not row.keys() <= set(table.c.keys()):
                raise CannotKeep(table.name)
            if batch and batch[0].keys() != row.keys() or len(batch) >= BATCH:
                connection.execute(insert(table), batch)
                batch = []
            batch.append(row)
            count += 1
        if batch:
            connection.execute(insert(table), batch)
    except (IntegrityError, DataError):
        raise CannotKeep(table.name) from None
    except DBAPIError:  # a database that is gone or full
        raise
    except (StatementError, ValueError, TypeError, AttributeError):
        raise CannotKeep(table.name) from None
    return count


def finish(connection: Connection) -> None:
    """Let the numbers of new rows go on after those that were written."""
    if connection.dialect.name == "postgresql":
        for table in metadata.sorted_tables:
            key = table.primary_key.columns.values()
            if [column.name for column in key] == ["id"] and key[0].type.python_type is int:
                _raise_sequence(connection, table)


def second_factors(store: Store) -> int:
    """Return how many people have one."""
    people = metadata.tables["people"]
    with store.read() as connection:
        query = select(func.count()).select_from(people).where(people.c.totp.is_not(None))
        return int(connection.execute(query).scalar_one())


def schema() -> str:
    """Return the migration at which the tables of this program stand."""
    return HEAD


def _raise_sequence(connection: Connection, table: Table) -> None:
    name = connection.execute(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name}).scalar()
    newest = connection.execute(select(func.max(table.c.id))).scalar()
    if name and newest:
        connection.execute(text("SELECT setval(:name, :value)"), {"name": name, "value": newest})


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Lift what keeps the audit log from being deleted, within this transaction, and put it back."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        yield
        connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))
        return
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
    guards = connection.execute(query).all()
    for name, _ in guards:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    yield
    for _, made in guards:
        connection.exec_driver_sql(made)
