"""The audit log on PostgreSQL, which lets several write at once."""

from __future__ import annotations

from sqlalchemy import create_engine

from backend.store import audit, open_store
from tests.backend.store.test_audit import check_all_are_there, note, refuses, write_at_once


def test_several_servers_write_one_chain(database):
    open_store(database).close()
    write_at_once(database)
    check_all_are_there(database)


def test_the_database_refuses_to_change_delete_or_empty_it(database):
    store = open_store(database)
    note(store)
    engine = create_engine(database)
    statements = ("UPDATE audit SET who = 'Bao'", "DELETE FROM audit", "TRUNCATE audit")
    assert [refuses(engine, one) for one in statements] == [True, True, True]
    assert audit.head(store).id == 1
    engine.dispose()
    store.close()
