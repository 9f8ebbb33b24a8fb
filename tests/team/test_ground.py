"""The schema on a real PostgreSQL, from each older one on."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from backend.model import Level
from backend.store import lists, migrate, open_store
from tests.at_once import all_at_once


@pytest.mark.parametrize("before", ["0001", "0002", "0003", "0004"])
def test_an_older_database_is_brought_up_to_date_with_what_it_holds(database, before):
    engine = create_engine(database)
    migrate.upgrade(engine, before)
    newer = before >= "0003"
    columns = "id, name, level, enabled, version" + (", observe, position" if newer else "")
    values = "'1', 'Old', 'warn', true, 7" + (", false, 0" if newer else "")
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO lists ({columns}) VALUES ({values})"))
    engine.dispose()
    store = open_store(database)
    assert lists.find(store, "Old").level is Level.WARN
    store.close()


def test_two_that_start_at_once_migrate_once(database):
    all_at_once(*[lambda: open_store(database).close()] * 4)
    engine = create_engine(database)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [migrate.HEAD]
    engine.dispose()
