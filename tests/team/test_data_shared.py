"""Two servers, each with a data folder of its own, and one database between them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from backend.config import Config, StartError
from backend.documents import key
from backend.http.application import _services
from backend.http.importing import writing
from backend.model import Draft, Level, Term
from backend.registration import Register
from backend.sealed import dumps, seal, shelf
from backend.store import NotFound, documents, folders, lists, open_store, shared, terms
from backend.store.locks import alone
from backend.subscriptions import packs
from backend.team import files, secret
from tests.at_once import all_at_once
from tests.backend.subscriptions.conftest import PACK


@pytest.fixture
def configs(database, tmp_path):
    secret.make(tmp_path / "secret")
    return [Config(data=tmp_path / name, database=database, secret_file=tmp_path / "secret") for name in ("a", "b")]


@pytest.fixture
def servers(configs, engine, jobs):
    found = [_services(config, None, engine, jobs) for config in configs]
    yield found
    for one in found:
        one.registrar.close()
        one.store.close()


def sealed_list(word: str = "Project Sunbird"):
    return seal("Birds", Level.STOP, [Term(word)])[0]


def speaks(server, text: str) -> list[str]:
    server.live.refresh()
    return [one.rule for one in server.live.engine.check(Draft(text=text)).findings]


def test_a_sealed_list_of_one_server_speaks_on_the_other_and_is_gone_there_too(servers):
    one, other = servers
    made = sealed_list()
    shelf.keep(one.files, made)
    assert speaks(other, "Project Sunbird starts") == [f"sealed.{made.id}"]
    assert shelf.remove(other.files, made.id)
    assert speaks(one, "Project Sunbird starts") == []


def test_a_pack_of_one_server_speaks_on_the_other_and_is_not_proven_again(servers, monkeypatch):
    one, other = servers
    packs.keep(one.files, "birds", PACK)
    monkeypatch.setattr("backend.rules.proof.prove", lambda pack: pytest.fail("it was proven already"))
    assert speaks(other, "HIDE ONLY: nest at the mill") == ["birds.hide"]
    packs.remove(other.files, "birds")
    assert speaks(one, "HIDE ONLY: nest at the mill") == []


def test_nothing_is_read_again_where_nothing_has_changed(servers, monkeypatch):
    one, _ = servers
    shelf.keep(one.files, sealed_list())
    one.live.refresh()
    monkeypatch.setattr("backend.store.shared.read", lambda *_: pytest.fail("a file was fetched again"))
    monkeypatch.setattr("backend.store.shared.digests", lambda *_: pytest.fail("the files were looked through again"))
    one.live.refresh()


def test_a_copy_that_somebody_spoiled_is_put_right_at_the_next_start(configs, servers):
    one, _ = servers
    made = sealed_list()
    shelf.keep(one.files, made)
    (path,) = (one.files.folder / "sealed").glob("*.sealed")
    path.write_bytes(b"x")
    (path.parent / "0123.sealed").write_bytes(dumps(sealed_list("Other")))
    assert [found.id for found in shelf.read_all(files.of(configs[0], one.store).folder)] == [made.id]
    assert path.stat().st_mode & 0o077 == 0


def test_many_that_write_at_once_lose_nothing(servers):
    made = [sealed_list(f"word number {number}") for number in range(6)]
    all_at_once(*(partial(shelf.keep, servers[at % 2].files, one) for at, one in enumerate(made)))
    for server in servers:
        server.live.refresh()
        assert {one.id for one in shelf.read_all(server.files.folder)} == {one.id for one in made}


def test_a_document_registered_on_one_server_is_found_on_the_other_and_kept_once(servers):
    one, other = servers
    text = "The nesting sites along the northern ridge are closed to all visitors until the end of the season. " * 5
    registers = [Register(server.store, server.files.folder) for server in servers]
    first = registers[0].text("Ridge", text)
    assert registers[1].text("Ridge again", text).id == first.id
    assert f"quotation.{first.id}" in speaks(other, text)
    assert key.read(one.files.folder) == key.read(other.files.folder)


def test_of_two_that_register_the_same_at_once_one_is_kept(servers):
    text = (
        "Counts of the grey wren by valley, as they were taken in the first week of spring, for the board alone. " * 4
    )
    all_at_once(*(partial(Register(one.store, one.files.folder).text, "x", text) for one in servers))
    assert len(documents.read_all(servers[0].store)) == 1


def test_the_files_of_a_server_from_before_are_taken_over_once(configs):
    config, other = configs
    made = sealed_list()
    shelf.keep(config.data, made)
    before = key.read_or_make(config.data)
    shelf.keep(other.data, sealed_list("of another machine"))
    for one in (config, other):
        store = open_store(one.database)
        folder = files.of(one, store).folder
        assert [found.id for found in shelf.read_all(folder)] == [made.id]
        assert key.read(folder) == before
        assert before not in (shared.read(store, shared.KEY) or b"")
        store.close()


def test_another_secret_than_the_team_has_is_told_at_the_start(configs, tmp_path):
    config = configs[0]
    key.read_or_make(config.data)
    store = open_store(config.database)
    files.of(config, store)
    secret.make(tmp_path / "another")
    wrong = Config(data=tmp_path / "c", database=config.database, secret_file=tmp_path / "another")
    with pytest.raises(StartError, match="not the one that this database was used with"):
        files.of(wrong, store)
    store.close()


def test_a_name_in_the_database_leads_nowhere_else(configs, servers):
    one, _ = servers
    with pytest.raises(ValueError):
        one.files.write("sealed", "../../evil", b"x")
    with one.store.write() as connection:
        shared.put_with(connection, one.store.now(), ("sealed", "../evil.sealed"), b"x")
    with pytest.raises(ValueError):
        files.of(configs[0], one.store)
    assert not list(Path(one.config.data).rglob("evil*"))


def test_a_watched_folder_belongs_to_the_server_that_was_told_of_it(servers, tmp_path, monkeypatch):
    one, other = servers
    added = folders.add(one.store, str(tmp_path))
    assert [found.id for found in folders.mine(one.store)] == [added.id]
    monkeypatch.setattr("socket.gethostname", lambda: "another-machine")
    assert folders.mine(other.store) == []


def test_a_folder_from_before_is_claimed_by_one_server_that_has_it(servers, tmp_path, monkeypatch):
    from sqlalchemy import update

    from backend.store.tables import folders as table

    one, other = servers
    folders.add(one.store, str(tmp_path))
    with one.store.write() as connection:
        connection.execute(update(table).values(server=""))
    assert len(folders.mine(one.store)) == 1
    monkeypatch.setattr("socket.gethostname", lambda: "another-machine")
    assert folders.mine(other.store) == []


@pytest.mark.parametrize("embedded", [True, False])
def test_one_process_at_a_time_looks_at_folders(servers, tmp_path, embedded):
    urls = [f"sqlite:///{tmp_path / 'x.sqlite3'}"] * 2 if embedded else [one.config.database for one in servers]
    stores = [open_store(url) for url in urls]
    with alone(stores[0], "folders") as first:
        with alone(stores[1], "folders") as second, alone(stores[1], "something else") as third:
            assert (first, second, third) == (True, False, True)
    with alone(stores[1], "folders") as now:
        assert now
    for store in stores:
        store.close()


def test_one_persons_server_keeps_its_files_where_they_are(tmp_path):
    config = Config(data=tmp_path / "data")
    from backend.store.in_force import open_for

    store = open_for(config)
    place = files.of(config, store)
    shelf.keep(place, sealed_list())
    assert place.folder == config.data and not (config.data / "shared").exists()
    assert not (config.data / "secret.key").exists()
    assert os.listdir(config.data / "sealed")
    store.close()


def test_an_import_that_one_server_reads_is_looked_at_and_applied_on_the_other(servers):
    one, other = servers
    started = one.importing.start("token:1", "words.csv", b"text,note\nBlue Heron,quiet\nGrey Wren,\n")
    seen = other.importing.find("token:1", started.id)
    seen.wait(20)
    assert (seen.state, [term.text for term in seen.found.terms]) == ("ready", ["Blue Heron", "Grey Wren"])
    with pytest.raises(NotFound):
        other.importing.find("token:2", started.id)
    entry = lists.create(other.store, "Birds")
    again = one.importing.find("token:1", started.id)
    write = writing(other.store, entry.id, "laptop", False, other.live.refresh)
    assert other.importing.apply(seen, write) and not one.importing.apply(again, write)
    again.state = "applying"
    again.wait(20)
    assert (again.state, again.change.added) == ("done", 2)
    assert {term.text for term in terms.matching(one.store, entry.id, terms.ALL)} == {"Blue Heron", "Grey Wren"}


def test_an_import_that_is_forgotten_on_one_server_ends_on_the_other(servers):
    one, other = servers
    started = one.importing.start("token:1", "words.txt", b"\n".join(b"word number %d" % n for n in range(150_000)))
    other.importing.forget("token:1", started.id)
    started.wait(60)
    assert started.state == "cancelled"
    with pytest.raises(NotFound):
        one.importing.find("token:1", started.id)
