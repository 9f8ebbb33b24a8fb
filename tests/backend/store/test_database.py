"""The database: private, migrated, safe to open twice."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
from sqlalchemy import event, text

from backend.config import ROOT, StartError
from backend.model import Term
from backend.store import lists, open_store, prepare_folder, terms, tokens
from backend.store.migrate import FOLDER, HEAD, revision, upgrade
from backend.store.tables import metadata
from tests.at_once import all_at_once


def test_only_its_owner_can_read_it(config, store):
    tokens.mint(store, "x")
    assert stat.S_IMODE(config.data.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in config.data.iterdir()}
    assert modes["secondlook.sqlite3"] == 0o600
    assert set(modes.values()) == {0o600}, modes


def test_a_folder_that_others_could_read_is_closed(tmp_path):
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    prepare_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_with_other_things_in_it_is_left_as_it_is(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    (folder / "letter.txt").write_text("mine")
    prepare_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_what_is_deleted_is_overwritten(config, store):
    entry = lists.create(store, "Projects")
    terms.change(store, entry.id, add=[Term("Zanarivogel")])
    lists.remove(store, entry.id)
    store.close()
    assert not [path for path in config.data.iterdir() if b"Zanarivogel" in path.read_bytes()]


def test_it_is_at_the_newest_migration(store):
    newest = max(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))
    assert HEAD == newest
    with store.read() as connection:
        assert revision(connection) == HEAD


def test_the_migrations_make_the_tables_that_the_code_uses(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_it_again_changes_nothing_and_loads_no_alembic(config, store):
    tokens.mint(store, "x")
    code = (
        "import sys; from backend.config import from_environment; from backend.store import tokens;"
        "from backend.store.in_force import open_for; store = open_for(from_environment());"
        "print(len(tokens.read_all(store)), 'alembic' in sys.modules)"
    )
    environment = {**os.environ, "SECONDLOOK_DATA": str(config.data)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["1", "False"], done.stderr


def test_two_that_start_at_once_migrate_once(config):
    prepare_folder(config.data)
    all_at_once(*[lambda: open_store(config.database_url).close()] * 4)
    store = open_store(config.database_url)
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM versions WHERE name = 'lists'")).scalar() == 1
    store.close()


def test_a_migration_that_fails_leaves_nothing_behind(config, monkeypatch):
    prepare_folder(config.data)
    monkeypatch.setattr("backend.store.migrate.HEAD", "9999")
    monkeypatch.setattr("backend.store.migrate._run", _fail_after_a_table)
    with pytest.raises(StartError):
        open_store(config.database_url)
    monkeypatch.undo()
    store = open_store(config.database_url)
    with store.read() as connection:
        assert revision(connection) == HEAD
    store.close()


def _fail_after_a_table(connection, to) -> None:
    connection.execute(text("CREATE TABLE tokens (id TEXT)"))
    raise OSError("disk full")


def test_a_change_that_fails_is_undone_as_a_whole(store):
    with pytest.raises(ZeroDivisionError), store.write() as connection:
        tokens.mint_with(connection, store.today(), "x", "")
        raise ZeroDivisionError
    assert tokens.read_all(store) == []


def test_many_may_write_at_once(store):
    all_at_once(*[lambda: [tokens.mint(store, "x") for _ in range(5)]] * 6)
    assert len(tokens.read_all(store)) == 30


def test_an_error_of_the_database_does_not_repeat_what_was_written(store):
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError) as caught, store.write() as connection:
        values = {"id": "x", "name": "canary-words", "level": "stop", "enabled": True, "version": 1}
        for _ in range(2):
            connection.execute(metadata.tables["lists"].insert().values(values))
    assert "canary-words" not in str(caught.value)


def test_no_column_is_for_words_of_a_draft():
    columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    assert not {name for name in columns if name.endswith((".draft", ".words", ".reason", ".message"))}
    assert {name for name in columns if name.endswith(".text")} == {"terms.text", "past_terms.text"}


def test_an_upgrade_of_what_is_new_already_takes_no_lock(store):
    begun = []
    event.listen(store.engine, "commit", lambda _connection: begun.append("commit"))
    upgrade(store.engine)
    assert begun == []
