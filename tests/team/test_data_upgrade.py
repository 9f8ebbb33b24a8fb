"""Databases of every older state, with something in each of their tables, on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine, insert, text

from backend.config import Config, StartError
from backend.files import Folder
from backend.model import Term
from backend.store import lists, migrate, open_store, terms, tokens
from backend.store.in_force import open_for
from tests.team.filled import everything, fill

OLDER = ("0001", "0002", "0003", "0004")
NEW = {
    "tokens": {"person_id": None, "role": "administrator", "expires": None},
    "lists": {"owner": ""},
    "decisions": {"who": ""},
    "observations": {"who": ""},
    "folders": {"server": ""},
}
"""What 0005 adds, and what it is for those who were there before."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """Something of everything, and a token."""
    config = Config(data=tmp_path_factory.mktemp("filled"))
    store = open_for(config)
    token = fill(store, Folder(config.data))
    rows = everything(store)
    store.close()
    return token, rows


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'x.sqlite3'}" if request.param == "sqlite" else request.getfixturevalue("database")


def older(url: str, revision: str, rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Make a database as an older version left it; return what was put into it."""
    engine = create_engine(url)
    migrate.upgrade(engine, revision)
    there = MetaData()
    there.reflect(engine)
    kept = {}
    with engine.begin() as connection:
        for table in there.sorted_tables:
            found = [{name: row[name] for name in table.c.keys() if name in row} for row in rows.get(table.name, ())]
            if found:
                connection.execute(insert(table), found)
                kept[table.name] = found
    engine.dispose()
    return kept


@pytest.mark.parametrize("revision", OLDER)
def test_nothing_of_an_older_database_is_lost(url, filled, revision):
    token, rows = filled
    kept = older(url, revision, rows)
    store = open_store(url)
    after = everything(store)
    for name, before in kept.items():
        assert [{key: row[key] for key in before[0]} for row in after[name]] == before, name
        for key, value in NEW.get(name, {}).items():
            if key not in before[0]:
                assert {row[key] for row in after[name]} == {value}, (name, key)
    assert tokens.find(store, token).role == "administrator"
    store.close()


def test_the_last_version_had_all_these_tables(url, filled):
    kept = older(url, "0004", filled[1])
    assert kept.keys() == filled[1].keys() - {"people", "invitations", "audit"}


def test_after_the_upgrade_work_goes_on_where_it_was(url, filled):
    older(url, "0004", filled[1])
    if url.startswith("postgresql"):
        engine = create_engine(url)
        with engine.begin() as connection:  # as PostgreSQL itself had counted them
            for name in ("terms", "list_changes", "past_terms", "decisions", "folder_files"):
                newest = f"(SELECT max(id) FROM {name})"
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {newest})"))
        engine.dispose()
    store = open_store(url)
    (entry,) = lists.read_all(store)
    terms.change(store, entry.id, add=[Term("new")])
    for _ in range(3):
        lists.undo(store, entry.id)
    assert {term.text for term in terms.matching(store, entry.id, terms.ALL)} == {"Project Sunbird", "金乌工程"}
    store.close()


def test_a_database_of_a_newer_version_is_left_alone(url):
    open_store(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    with pytest.raises(StartError, match="newer Second Look.*0099"):
        open_store(url)
    with engine.connect() as connection:
        assert migrate.revision(connection) == "0099"
    engine.dispose()
