"""A document on its way is known to every process of a team, and so is what becomes of it when one of them dies."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import msgspec
import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from backend import create_app
from backend.config import Config
from backend.http.registering_together import Note, Together
from backend.http.services import KEY, Services
from backend.jobs import Jobs
from backend.pipeline import Engine
from backend.registration.registrar import Task
from backend.store import documents, open_store, shared_work, tokens
from backend.store.locks import hold
from backend.team import secret
from tests.e2e.serving import ROOT
from tests.team.machines import await_

WAITS = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
    "WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"
)
NUMBERS = count()


class Process:
    """What stands for one of the processes that answer for a team."""

    def __init__(self, config: Config, engine: Engine, jobs: Jobs) -> None:
        app = create_app(config, engine=engine, jobs=jobs)
        self.services: Services = app.extensions[KEY]
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {tokens.mint(self.services.store, 'test')[0]}"

    def send(self, data: bytes, name: str = "wren.txt") -> str:
        answer = self.client.post("/v1/documents", data={"file": (io.BytesIO(data), name)})
        assert answer.status_code == 202
        assert answer.get_json()["state"] in ("waiting", "reading")
        return str(answer.get_json()["id"])

    def read(self, id: str, wait: int = 0):
        return self.client.get(f"/v1/documents/{id}?wait={wait}")

    def state(self, id: str, wait: int = 0) -> tuple[str, str]:
        found = self.read(id, wait).get_json()
        return found["state"], found["problem"]

    def listed(self, *ids: str) -> dict[str, str]:
        found = self.client.get("/v1/documents").get_json()["documents"]
        return {one["id"]: one["state"] for one in found if one["id"] in ids}


@pytest.fixture(scope="module")
def start(tmp_path_factory, engine, jobs) -> Iterator[Callable[[str], list[Process]]]:
    """Start two processes over one database; each starts a reader with its first document."""
    started: list[Process] = []
    folder = tmp_path_factory.mktemp("registering")
    secret.make(folder / "secret")

    def start(database: str) -> list[Process]:
        for _ in range(2):
            data = folder / str(len(started))
            config = Config(data=data, database=database, team=True, secret_file=folder / "secret")
            started.append(Process(config, engine, jobs))
        return started[-2:]

    yield start
    for one in started:
        one.services.registrar.close()
        one.services.store.close()


@pytest.fixture(scope="module")
def two(start, postgres) -> list[Process]:
    return start(postgres.database())


@pytest.fixture(scope="module")
def ending(start, postgres) -> list[Process]:
    """Two others, the first of which a test stops."""
    return start(postgres.database())


@contextmanager
def held(one: Process, waiting: int) -> Iterator[Callable[[], None]]:
    """Let none be registered, though all be read; give what waits until so many are about to be."""
    store = one.services.store

    def wait() -> None:
        def asks() -> int:
            with store.read() as connection:
                return int(connection.execute(WAITS).scalar_one())

        await_(lambda: asks() == waiting, "a document is about to be registered")

    with store.write() as connection:
        hold(connection, "documents")
        yield wait


def paper() -> bytes:
    """Return a document that was never there before."""
    return f"The wrens of valley {next(NUMBERS)} were counted in spring, for the board alone. ".encode() * 20


def test_a_document_that_one_process_reads_is_told_of_by_the_other_until_it_is_there(two):
    one, other = two
    with held(one, 1) as wait:
        id = one.send(paper(), "Wrens of the north.txt")
        assert other.read(id).status_code == 200
        wait()
        await_(lambda: other.read(id).get_json()["state"] == "reading", "the other was told")
        assert (other.read(id).get_json()["name"], other.listed(id)) == ("Wrens of the north.txt", {id: "reading"})
        with one.services.store.read() as connection:
            kept = connection.execute(text("SELECT content FROM shared_files WHERE kind = 'document'")).scalar_one()
        assert b"Wrens" not in bytes(kept)
    assert other.state(id, 10) == ("ready", "")
    assert one.listed(id) == other.listed(id) == {id: "ready"}


@pytest.mark.parametrize("asked", [0, 1])
def test_a_document_that_is_cancelled_at_the_very_end_is_not_kept_whichever_process_is_asked(two, asked):
    with held(two[0], 1) as wait:
        ids = [two[0].send(paper()) for _ in range(2)]
        wait()
        for id in ids:
            assert two[asked].client.delete(f"/v1/documents/{id}").status_code == 204
            assert two[1 - asked].read(id).status_code in (200, 404)
    assert two[0].services.registrar.settled(10)
    for one in two:
        assert one.listed(*ids) == {} and {one.read(id).status_code for id in ids} == {404}
        assert {one.client.delete(f"/v1/documents/{id}").status_code for id in ids} == {404}


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_why_a_document_failed_is_told_by_all_until_one_is_told_to_forget_it(request, start, tmp_path, kind):
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    one, other = start(url) if kind == "sqlite" else request.getfixturevalue("two")
    id = one.send(b"too little")
    assert other.state(id, 10) == one.state(id) == ("failed", "too_short")
    assert other.listed(id) == one.listed(id) == {id: "failed"}
    assert other.client.delete(f"/v1/documents/{id}").status_code == 204
    assert one.read(id).status_code == other.read(id).status_code == 404


def test_the_same_file_sent_to_both_is_one_document_under_either_id(two):
    data = paper()
    with held(two[0], 2) as wait:
        ids = [one.send(data) for one in two]
        wait()
    kept = {one.read(id, 10).get_json()["id"] for id in ids for one in two}
    assert len(kept) == 1 and kept < set(ids)
    assert [list(one.listed(*ids)) for one in two] == [list(kept)] * 2


def test_a_server_that_stops_tells_what_it_will_not_read(ending):
    one, other = ending
    with held(other, 1) as wait:
        first, second = one.send(paper()), one.send(paper())
        wait()
        closing = threading.Thread(target=one.services.registrar.close)
        closing.start()
    closing.join()
    assert other.state(first) == ("ready", "")
    assert other.state(second) == ("failed", "interrupted")
    assert "stopped before it was read" in other.read(second).get_json()["message"]


DIES = """
import sys
from pathlib import Path
from backend.config import Config
from backend.http.registering_together import Together
from backend.store import open_store
from backend.team import secret
if __name__ == "__main__":  # its reader is a child that begins by importing this
    database, folder, file, paper = sys.argv[1:]
    config = Config(data=Path(folder), database=database, secret_file=Path(file))
    registrar = Together(open_store(database), Path(folder), secret.read(config), largest=10_000)
    registrar.submit("First.txt", b"too little")
    registrar.settled(60)
    print("has begun", flush=True)
    input()
    print(registrar.submit("Dying.txt", paper.encode()).id, flush=True)
    registrar.settled(60)
"""


@contextmanager
def patience(process: Process, lease: float) -> Iterator[None]:
    """Have a process take others for dead after so many seconds."""
    services, before = process.services, process.services.registrar
    known = secret.read(services.config)
    services.registrar = Together(services.store, services.files.folder, known, largest=10_000, lease=lease)
    try:
        yield
    finally:
        services.registrar.close()
        services.registrar = before


@pytest.fixture
def impatient(two) -> Iterator[list[Process]]:
    with patience(two[0], 2), patience(two[1], 2):
        yield two


def test_what_a_killed_process_was_registering_has_failed_and_what_a_living_one_reads_has_not(impatient, tmp_path):
    one, other = impatient
    config = one.services.config
    (tmp_path / "dies.py").write_text(DIES)
    command = [sys.executable, tmp_path / "dies.py", config.database, tmp_path / "data", config.secret_file]
    dying = subprocess.Popen([*command, paper().decode()], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
    other.state(one.send(b"too little"), 10)  # by now both have a reader
    assert dying.stdout.readline().strip() == "has begun"
    with held(one, 2) as wait:
        living = one.send(paper())
        dying.stdin.write("\n")
        dying.stdin.flush()
        dead = dying.stdout.readline().strip()
        wait()
        dying.send_signal(signal.SIGKILL)
        dying.communicate()
        await_(lambda: other.state(dead) == ("failed", "interrupted"), "its silence is noticed", 8)
        await_(lambda: other.state(living) == ("reading", ""), "the other is told of", 8)
    assert other.state(living, 10) == ("ready", "")
    assert other.listed(dead, living) == {dead: "failed", living: "ready"}
    assert dead not in {entry.id for entry in documents.read_all(one.services.store)}
    assert one.client.delete(f"/v1/documents/{dead}").status_code == 204
    assert other.listed(dead, living) == {living: "ready"}


def test_a_document_that_was_kept_before_its_process_died_is_there(two):
    one, other = two
    id = one.send(paper())
    assert one.state(id, 10) == ("ready", "")
    services = other.services
    known = secret.read(services.config)
    left = Note(Task(id, "wren.txt", False, "reading"))
    shared_work.add(services.store, "document", id, known.seal("document", msgspec.json.encode(left), id), 10, 60)
    assert other.state(id) == ("reading", "")
    with patience(other, -1):
        assert other.state(id) == ("ready", "") and other.listed(id) == {id: "ready"}
    assert one.state(id) == ("ready", "")


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_of_what_nobody_tells_any_more_the_newest_are_remembered(request, tmp_path, kind):
    embedded = kind == "sqlite"
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}" if embedded else request.getfixturevalue("database")
    store = open_store(url)
    for number in range(5):
        assert shared_work.add(store, "document", str(number), b"", 5, 60)
    assert not shared_work.add(store, "document", "5", b"", 5, 60)
    shared_work.trim(store, "document", 2, 60)
    assert len(shared_work.ids(store, "document")) == 5
    shared_work.trim(store, "document", 2, -60)
    assert len(shared_work.ids(store, "document")) == 2
    assert shared_work.add(store, "document", "6", b"", 1, -60)
    assert [(row.id, row.is_fresh) for row in shared_work.read_all(store, "document", 60)] == [("6", True)]
    assert not shared_work.read(store, "document", "6", -60).is_fresh
    store.close()
