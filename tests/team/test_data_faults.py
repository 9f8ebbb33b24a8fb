"""What the database may meet: killed amid writes, full, locked, with what cannot be kept; many who change one list."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, text
from sqlalchemy.pool import Pool

from backend import create_app
from backend.config import Config
from backend.http.services import KEY
from backend.model import Level, Term
from backend.store import lists, open_store, pairings, policies, terms, tokens
from backend.store.stale import Stale
from tests.team.machines import await_

MEDIA = "application/problem+json"


@pytest.fixture
def serve(engine, jobs):
    """Start the application for a data folder or a database, and give a caller with a token."""
    apps = []

    def start(data: Path, database: str = "") -> FlaskClient:
        app = create_app(Config(data=data, database=database, open_browser=False), engine=engine, jobs=jobs)
        apps.append(app)
        client = app.test_client()
        word = tokens.mint(app.extensions[KEY].store, "test")[0]
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {word}"
        return client

    yield start
    for app in apps:
        app.extensions[KEY].registrar.close()
        app.extensions[KEY].store.close()


@pytest.fixture
def full(tmp_path):
    """Two megabytes of room, and what makes more: a small disk, or SQLite's limit where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", str(disk)]
    if os.geteuid() == 0 and subprocess.run(mounting, capture_output=True).returncode == 0:
        yield disk, lambda: subprocess.run(["mount", "-o", "remount,size=32m", str(disk)], check=True)
        subprocess.run(["umount", "-l", str(disk)], check=True)
        return
    pages = [500]

    def limit(connection, _record, _proxy) -> None:
        connection.execute(f"PRAGMA max_page_count={pages[0]}").close()

    event.listen(Pool, "checkout", limit)
    yield disk, lambda: pages.__setitem__(0, 10_000)
    event.remove(Pool, "checkout", limit)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}" if request.param == "sqlite" else request.getfixturevalue("database")
    store = open_store(url)
    yield store
    store.close()


def together(count: int, do) -> list:
    """Let so many do something at the same time."""
    gate = threading.Barrier(count)

    def one(number: int):
        gate.wait()
        return do(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def problem(answer) -> str:
    assert answer.mimetype == MEDIA, answer.get_data(as_text=True)[:300]
    return answer.get_json()["type"].rpartition(":")[2]


def add(client: FlaskClient, path: str, *texts: str):
    return client.post(f"{path}/terms", json={"terms": list(texts)})


def texts_of(client: FlaskClient, path: str) -> set[str]:
    return {term["text"] for term in client.get(f"{path}/terms?limit=10000").get_json()["terms"]}


def test_a_full_disk_is_told_and_what_was_acknowledged_stays(serve, full):
    disk, make_room = full
    client = serve(disk / "data")
    path = client.post("/v1/lists", json={"name": "Birds"}).headers["Location"]
    kept, answer = set(), None
    for number in range(400):
        some = [f"project number {number} of many {n} with a long name to fill the disk" for n in range(100)]
        answer = add(client, path, *some)
        if answer.status_code != 200:
            break
        kept.update(some)
    assert (answer.status_code, problem(answer)) == (507, "no_room")
    assert int(answer.headers["Retry-After"]) > 0
    checked = client.post("/v1/checks", json={"text": next(iter(kept))})
    assert checked.status_code == 507 or checked.get_json()["level"] == "stop"
    make_room()
    assert add(client, path, "Later").status_code == 200
    assert texts_of(client, path) == {*kept, "Later"}
    assert client.post("/v1/checks", json={"text": "Later"}).get_json()["level"] == "stop"


def test_a_locked_database_is_busy_and_is_used_again(serve, tmp_path, monkeypatch):
    monkeypatch.setattr("backend.store.database.BUSY_SECONDS", 0.2)
    client = serve(tmp_path / "data")
    path = client.post("/v1/lists", json={"name": "Birds"}).headers["Location"]
    other = open_store(f"sqlite:///{tmp_path / 'data' / 'secondlook.sqlite3'}")
    with other.write() as connection:
        connection.execute(text("UPDATE versions SET value = value"))
        answer = add(client, path, "Heron")
        assert (answer.status_code, problem(answer)) == (503, "busy")
        assert answer.headers["Retry-After"]
        assert client.post("/v1/checks", json={"text": "x"}).status_code == 200
    assert add(client, path, "Heron").status_code == 200
    other.close()


def test_somebody_who_holds_a_list_makes_others_come_again(serve, tmp_path, database, monkeypatch):
    monkeypatch.setitem(open_store.__globals__["POSTGRES"], "lock_timeout", "200ms")
    client = serve(tmp_path / "data", database)
    path = client.post("/v1/lists", json={"name": "Birds"}).headers["Location"]
    other = open_store(database)
    with other.write() as connection:
        connection.execute(text("UPDATE versions SET value = value WHERE name = 'lists'"))
        answer = add(client, path, "Heron")
        assert (answer.status_code, problem(answer)) == (503, "busy")
    assert add(client, path, "Heron").status_code == 200
    other.close()


def test_a_null_character_is_the_callers_mistake(serve, tmp_path, database):
    client = serve(tmp_path / "data", database)
    path = client.post("/v1/lists", json={"name": "Birds"}).headers["Location"]
    answers = [
        client.post("/v1/lists", json={"name": "a\0b"}),
        client.patch(path, json={"name": "a\0b"}),
        client.post(f"{path}/terms", json={"terms": [{"text": "x", "note": "a\0b"}]}),
        client.post(f"{path}/terms", json={"terms": [{"text": "x", "category": "a\0b"}]}),
        client.get(f"{path}/terms?search=%00"),
        client.post(f"{path}/terms/edit", json={"where": {"texts": ["\0"]}, "remove": True}),
        client.patch(f"{path}/terms", json={"remove": ["\0"]}),
        client.get("/v1/lists/%00"),
        client.post("/v1/decisions", json={"outcome": "sent", "site": "x\0.com", "channel": "post", "level": "warn"}),
    ]
    assert {answer.status_code for answer in answers} <= {200, 404, 422}, [one.status_code for one in answers]
    assert all(answer.status_code == 200 or problem(answer) in ("invalid", "not_found") for answer in answers)
    assert "\\u0000" not in client.get(f"{path}/terms").get_data(as_text=True)  # of a note it is left out
    assert client.post("/v1/checks", json={"text": "a\0b", "site": "x\0.com"}).status_code in (200, 422)


def test_letters_of_all_languages_are_found_in_any_case(store):
    entry = lists.create(store, "Words")
    words = ["Đặng Thị Ánh", "ПРОЕКТ ЖАР-ПТИЦА", "Straße ÄÖÜ", "ΣΊΣΥΦΟΣ", "100% sure", "a_b"]
    terms.change(store, entry.id, add=map(Term, words))
    for search, found in {"đặng": 0, "жар": 1, "äöü": 2, "σίσ": 3, "0%": 4, "A_B": 5, "a%b": None, "aXb": None}.items():
        page = terms.read_page(store, entry.id, wanted=terms.Filter(search=search))
        assert [term.text for term in page.terms] == ([words[found]] if found is not None else []), search


def test_lists_stand_in_one_order_on_every_database(store):
    for name in ("b", "A", "ä", "a", "Z", "_", "阿"):
        lists.create(store, name)
    assert [one.name for one in lists.read_all(store)] == sorted(one.name for one in lists.read_all(store))


def test_many_editors_of_one_list_lose_nothing_that_was_acknowledged(store):
    entry = lists.create(store, "Birds")
    done = together(8, lambda me: [terms.change(store, entry.id, add=[Term(f"{me} {n}")]) for n in range(6)])
    assert {term.text for term in terms.matching(store, entry.id, terms.ALL)} == {
        f"{me} {n}" for me in range(8) for n in range(6)
    }
    versions = sorted(one.list.version for some in done for one in some)
    assert versions == list(range(2, 50))


def test_of_editors_who_saw_the_same_version_one_is_taken(store):
    entry = lists.create(store, "Birds")

    def edit(me: int) -> str:
        try:
            terms.replace(store, entry.id, [Term(f"by {me}")], seen=entry.version)
        except Stale:
            return "stale"
        return f"by {me}"

    answers = together(8, edit)
    assert answers.count("stale") == 7
    assert [term.text for term in terms.matching(store, entry.id, terms.ALL)] == [
        one for one in answers if one != "stale"
    ]


def test_those_who_undo_at_once_undo_one_change_each(store):
    entry = lists.create(store, "Birds")
    for number in range(8):
        terms.change(store, entry.id, add=[Term(f"number {number}")])
    done = together(6, lambda _me: lists.undo(store, entry.id)[0].version)
    assert sorted(done) == [4, 5, 6, 7, 8, 9]
    assert {term.text for term in terms.matching(store, entry.id, terms.ALL)} == {"number 0", "number 1"}


def test_those_who_change_the_policy_at_once_lose_no_change(store):
    from dataclasses import replace

    def quieten(me: int) -> None:
        policies.change(store, lambda before: replace(before, quiet_rules=before.quiet_rules | {f"rule.{me}"}))

    together(6, quieten)
    policy, version = policies.read(store)
    assert (len(policy.quiet_rules), version) == (6, 6)


def test_no_more_than_a_few_pairings_wait_though_many_ask_at_once(store):
    def ask(me: int) -> bool:
        try:
            pairings.start(store, f"browser {me}", "1", "chrome-extension://x", "c" * 64)
        except pairings.TooMany:
            return False
        return True

    assert together(12, ask).count(True) == pairings.AT_MOST


def test_a_name_that_two_want_is_given_once(store):
    def make(_me: int) -> str:
        try:
            return lists.create(store, "Birds", Level.WARN).id
        except lists.NameTaken:
            return ""

    assert sum(map(bool, together(6, make))) == 1
    assert len(lists.read_all(store)) == 1


def test_if_match_is_honoured_wherever_a_list_changes(serve, tmp_path, database):
    client = serve(tmp_path / "data", database)
    path = client.post("/v1/lists", json={"name": "Birds", "terms": ["Heron"]}).headers["Location"]
    old = client.get(path).headers["ETag"]
    assert client.patch(path, json={"level": "warn"}, headers={"If-Match": old}).status_code == 200
    for method, where, body in (
        ("patch", path, {"name": "x"}),
        ("post", f"{path}/terms", {"terms": ["x"]}),
        ("patch", f"{path}/terms", {"add": ["x"]}),
        ("put", f"{path}/terms", {"terms": []}),
        ("post", f"{path}/terms/edit", {"where": {}, "remove": True}),
        ("post", f"{path}/undo", None),
        ("delete", f"{path}/history", None),
        ("delete", path, None),
    ):
        answer = getattr(client, method)(where, json=body, headers={"If-Match": old})
        assert (answer.status_code, problem(answer)) == (412, "changed_meanwhile"), (method, where)
    assert texts_of(client, path) == {"Heron"}


def test_postgresql_killed_amid_writes_loses_nothing_acknowledged_and_is_used_again(serve, tmp_path, postgres):
    database = postgres.database()
    client = serve(tmp_path / "data", database)
    path = client.post("/v1/lists", json={"name": "Birds"}).headers["Location"]
    kept, told, stop = [], set(), threading.Event()

    def write(me: int) -> None:
        own, number = client.application.test_client(), 0
        own.environ_base.update(client.environ_base)
        while not stop.is_set():
            number += 1
            answer = add(own, path, f"{me} {number}")
            if answer.status_code == 200:
                kept.append(f"{me} {number}")
            else:
                told.add((answer.status_code, problem(answer), bool(answer.headers.get("Retry-After"))))

    threads = [threading.Thread(target=write, args=(me,)) for me in range(3)]
    for thread in threads:
        thread.start()
    try:
        await_(lambda: len(kept) >= 10, "some are written")
        postgres.kill()
        await_(lambda: told, "somebody is told")
        before = len(kept)
    finally:
        (postgres.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        postgres.start()
    await_(lambda: len(kept) >= before + 10, "writing goes on by itself")
    stop.set()
    for thread in threads:
        thread.join()
    assert told == {(503, "unavailable", True)}
    assert set(kept) <= texts_of(client, path)
    started = time.monotonic()
    assert client.post("/v1/checks", json={"text": kept[0]}).get_json()["level"] == "stop"
    assert time.monotonic() - started < 5


def test_a_pool_without_a_free_connection_is_busy(serve, tmp_path, database, monkeypatch):
    monkeypatch.setattr(
        "backend.store.database.SERVER", {"pool_pre_ping": True, "pool_size": 1, "max_overflow": 0, "pool_timeout": 0.1}
    )
    client = serve(tmp_path / "data", database)
    with client.application.extensions[KEY].store.read():
        answer = client.get("/v1/lists")
    assert (answer.status_code, problem(answer)) == (503, "busy")
    assert client.get("/v1/lists").status_code == 200
