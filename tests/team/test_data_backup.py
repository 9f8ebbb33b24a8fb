"""Backups: from SQLite to PostgreSQL and back, all or nothing."""

from __future__ import annotations

import io
import json
import os
import stat
import threading
import zipfile

import pytest

from backend.__main__ import main
from backend.archive import BadBackup, back_up, restore
from backend.archive.taking import NotEmpty
from backend.config import Config
from backend.documents import key
from backend.model import Draft, Level, Term
from backend.pipeline import Engine
from backend.registration import Shelves
from backend.sealed import seal, shelf
from backend.store import audit, lists, lists_in_force, terms, tokens
from backend.store.in_force import open_for
from backend.subscriptions import packs
from backend.team import files, secret
from tests.team.filled import DOCUMENT, everything, fill


class Place:
    """One installation."""

    def __init__(self, config: Config) -> None:
        if config.secret_file:
            secret.make(config.secret_file)
        self.config, self.store = config, open_for(config)
        self.files = files.of(config, self.store)

    def backup(self) -> bytes:
        target = io.BytesIO()
        back_up(self.config, self.store, target)
        return target.getvalue()


@pytest.fixture
def place(tmp_path, postgres):
    made = []

    def make(kind: str) -> Place:
        number = len(made)
        database = postgres.database() if kind == "postgresql" else ""
        where = {"secret_file": tmp_path / f"secret{number}"} if database else {}
        made.append(Place(Config(data=tmp_path / f"data{number}", database=database, **where)))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_all_of_it_comes_to_another_installation(place, source, target):
    one, other = place(source), place(target)
    token = fill(one.store, one.files)
    before = everything(one.store)
    assert all(before.values()), [name for name, rows in before.items() if not rows]
    restore(other.config, other.store, io.BytesIO(one.backup()))
    after = everything(other.store)
    if other.store.author:
        assert json.loads(after["audit"].pop()["detail"])["program"]
    assert after == before
    assert tokens.find(other.store, token).name == "laptop"
    assert lists_in_force(other.config) == lists_in_force(one.config)
    assert audit.verify(list(audit.read_all(other.store)))[1] == []


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_what_was_there_speaks_again(place, sound, target):
    other = place(target)
    restore(other.config, other.store, io.BytesIO(sound))
    folder = files.of(other.config, other.store).folder
    assert key.read(folder) == zipfile.ZipFile(io.BytesIO(sound)).read("files/documents.key")
    engine = Engine.build(lists_in_force(other.config)).with_sealed(shelf.read_all(folder))
    engine = engine.with_documents(Shelves(other.store, folder).library()).with_packs(packs.folders(folder))
    for text in ("Blue Heron", "Hidden Valley", "HIDE ONLY: nest at the mill", DOCUMENT):
        found = engine.check(Draft(text=text))
        assert found.findings or found.observed, text


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_work_goes_on_after_it(place, kind):
    one = place(kind)
    fill(one.store, one.files)
    backup = one.backup()
    (entry,) = lists.read_all(one.store)
    terms.change(one.store, entry.id, add=[Term("Later")])
    lists.create(one.store, "Made later")
    restore(one.config, one.store, io.BytesIO(backup), replace=True)
    assert [found.name for found in lists.read_all(one.store)] == ["Chim chóc 鸟"]
    terms.change(one.store, entry.id, add=[Term(f"after {number}") for number in range(20)])
    lists.undo(one.store, entry.id)
    lists.undo(one.store, entry.id)
    lists.undo(one.store, entry.id)
    assert {term.text for term in terms.matching(one.store, entry.id, terms.ALL)} == {"Project Sunbird", "金乌工程"}
    with one.store.write() as connection:
        audit.add(connection, one.store.now(), "Ana", "", "list.made", "x")
    assert audit.verify(list(audit.read_all(one.store)))[1] == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_audit_log_is_guarded_as_before(place, kind, sound):
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    one = place(kind)
    restore(one.config, one.store, io.BytesIO(sound))
    restore(one.config, one.store, io.BytesIO(sound), replace=True)
    with pytest.raises(DBAPIError), one.store.write() as connection:
        connection.execute(text("DELETE FROM audit"))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_is_not_empty_is_left_alone_unless_it_is_said(place, kind, sound):
    other = place(kind)
    tokens.mint(other.store, "mine")
    before = everything(other.store)
    with pytest.raises(NotEmpty):
        restore(other.config, other.store, io.BytesIO(sound))
    assert everything(other.store) == before
    restore(other.config, other.store, io.BytesIO(sound), replace=True)
    assert [token.name for token in tokens.read_all(other.store)] == ["laptop"]


def contradicting(data: bytes) -> bytes:
    """A backup whose terms belong to no list, with right checksums."""
    return rewritten(data, lambda name, content: b"" if name == "tables/lists.jsonl" else content)


def rewritten(data: bytes, change, manifest=None) -> bytes:
    import hashlib

    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    told = json.loads(source.read("manifest.json"))
    with zipfile.ZipFile(target, "w") as file:
        for name in told["members"]:
            content = change(name, source.read(name))
            told["members"][name]["sha256"] = hashlib.sha256(content).hexdigest()
            file.writestr(name, content)
        file.writestr("manifest.json", json.dumps({**told, **(manifest or {})}))
    return target.getvalue()


def smuggling(data: bytes) -> bytes:
    return rewritten(data, lambda name, content: content.replace(b'"name": "laptop"', b'"name": "laptop", "x": 1'))


def leading_out(data: bytes) -> bytes:
    import hashlib

    source = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("manifest.json"))
    members = {**source["members"], "files/sealed/../../evil": {"rows": 0, "sha256": hashlib.sha256(b"x").hexdigest()}}
    target = io.BytesIO(rewritten(data, lambda _name, content: content, {"members": members}))
    with zipfile.ZipFile(target, "a") as file:
        file.writestr("files/sealed/../../evil", b"x")
    return target.getvalue()


def flipped(data: bytes) -> bytes:
    at = data.index(b"tables/terms.jsonl") + 60
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    """A backup of something of everything."""
    one = Place(Config(data=tmp_path_factory.mktemp("sound")))
    fill(one.store, one.files)
    one.store.close()
    return one.backup()


@pytest.mark.parametrize(
    "spoil",
    [
        contradicting,
        smuggling,
        leading_out,
        flipped,
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"%PDF-1.4 " + data[:100],
        lambda data: rewritten(data, lambda _name, content: content, {"schema": "9999"}),
        lambda data: rewritten(data, lambda _name, content: content, {"format": "second-look-backup-2"}),
        lambda data: rewritten(data, lambda name, content: b"[]\n" if name == "tables/tokens.jsonl" else content),
        lambda data: rewritten(data, lambda name, content: b"{" if name == "tables/audit.jsonl" else content),
    ],
)
def test_a_damaged_or_foreign_file_changes_nothing(place, sound, spoil, tmp_path):
    for kind in ("sqlite", "postgresql") if spoil in (contradicting, smuggling) else ("sqlite",):
        one = place(kind)
        lists.create(one.store, "Mine")
        shelf.keep(one.files, seal("Mine", Level.STOP, [Term("Hidden Valley")])[0])
        before, kept = everything(one.store), sorted(one.files.folder.rglob("*.sealed"))
        with pytest.raises(BadBackup):
            restore(one.config, one.store, io.BytesIO(spoil(sound)), replace=True)
        assert everything(one.store) == before
        assert sorted(one.files.folder.rglob("*.sealed")) == kept and not list(tmp_path.rglob("*evil*"))


def test_it_is_one_state_though_somebody_writes_meanwhile(place):
    one = place("postgresql")
    entry = lists.create(one.store, "Numbers")
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            terms.change(one.store, entry.id, add=[Term(f"number {number}")])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backups = [one.backup() for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    for backup in backups:
        other = place("sqlite")
        restore(other.config, other.store, io.BytesIO(backup))
        (found,) = lists.read_all(other.store)
        assert found.terms == found.version - 1


@pytest.fixture
def at(place, monkeypatch):
    """Run a command on a place."""

    def run(one: Place, *arguments: str) -> int:
        monkeypatch.setattr("backend.commands.backup.from_environment", lambda: one.config)
        monkeypatch.setattr("backend.commands.restore.from_environment", lambda: one.config)
        return main(arguments)

    return run


def test_a_person_backs_up_and_restores_by_command(place, at, tmp_path, capsys):
    one, other, file = place("sqlite"), place("sqlite"), tmp_path / "look.backup"
    fill(one.store, one.files)
    assert at(one, "backup", str(file)) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert at(one, "restore", str(file), "--check") == 0
    assert at(one, "restore", str(file)) == 1
    assert "--replace" in capsys.readouterr().err
    assert at(other, "restore", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"]["tables/terms.jsonl"] == 2
    assert everything(other.store) == everything(one.store)


def test_a_backup_under_a_passphrase_tells_nothing_without_it(place, at, tmp_path, capsys):
    one, other, file = place("sqlite"), place("sqlite"), tmp_path / "look.backup"
    fill(one.store, one.files)
    (tmp_path / "right").write_text("con chim xanh\n", encoding="utf-8")
    (tmp_path / "wrong").write_text("another\n", encoding="utf-8")
    assert at(one, "backup", str(file), "--passphrase-file", str(tmp_path / "right")) == 0
    assert b"PK" not in file.read_bytes()[:200] and b"tables/" not in file.read_bytes()
    assert at(other, "restore", str(file), "--passphrase-file", str(tmp_path / "wrong")) == 1
    file.write_bytes(file.read_bytes()[:-1])
    assert at(other, "restore", str(file), "--passphrase-file", str(tmp_path / "right")) == 1
    assert lists.read_all(other.store) == [] and "Traceback" not in capsys.readouterr().err
    assert at(one, "backup", str(file), "--passphrase-file", str(tmp_path / "right")) == 0
    assert at(other, "restore", str(file), "--passphrase-file", str(tmp_path / "right")) == 0
    assert everything(other.store) == everything(one.store)


def test_a_backup_takes_the_place_of_no_other_file(place, at, tmp_path, capsys):
    one = place("sqlite")
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    assert at(one, "backup", str(letter)) == 1 and letter.read_text() == "mine"
    assert at(one, "backup", str(tmp_path / "nowhere" / "x")) == 1
    assert at(one, "restore", str(tmp_path / "nowhere" / "x")) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="the limit is one of POSIX")
def test_a_backup_that_finds_no_room_leaves_the_older_one(place, at, tmp_path, capsys, monkeypatch):
    one, file = place("sqlite"), tmp_path / "look.backup"
    assert at(one, "backup", str(file)) == 0
    before = file.read_bytes()
    lists.create(one.store, "Later")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert at(one, "backup", str(file)) == 1
    assert file.read_bytes() == before and not list(tmp_path.glob(".*.new"))
    assert "No space left" in capsys.readouterr().err
