"""The audit log: a chain to which entries are added, and in which nothing can be changed unseen."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backend.config import ROOT
from backend.store import audit, open_store
from backend.store.audit import START, Fault, Head
from backend.store.database import Author


def note(store, action: str = "list.made", subject: str = "Projects", **detail) -> None:
    with store.write() as connection:
        audit.add(connection, store.now(), "Ana", "p1", action, subject, **detail)


@pytest.fixture
def log(store):
    for number in range(5):
        note(store, subject=f"List {number}", terms=number)
    return list(audit.read_all(store))


def test_entries_are_numbered_and_chained(log):
    assert [one.id for one in log] == [1, 2, 3, 4, 5]
    assert [one.previous for one in log] == [START, *(one.hash for one in log[:-1])]
    assert audit.verify(log) == (Head(5, log[-1].hash), [])
    assert audit.verify([]) == (Head(0, START), [])


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2020-01-01T00:00:00Z"},
        {"who": "Bao"},
        {"person_id": ""},
        {"action": "list.removed"},
        {"subject": "List 9"},
        {"detail": '{"terms":9}'},
        {"previous": "f" * 64},
        {"hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_is_found(log, change):
    log[2] = replace(log[2], **change)
    assert Fault(3, "changed") in audit.verify(log)[1]


def test_a_changed_entry_whose_hash_was_made_anew_breaks_the_chain_behind_it(log):
    changed = replace(log[2], who="Bao")
    log[2] = replace(changed, hash=audit.digest(changed))
    assert audit.verify(log)[1] == [Fault(4, "changed")]


def test_a_chain_made_anew_to_its_end_is_found_by_a_head_that_was_kept(log):
    kept = Head(4, log[3].hash)
    previous, forged = START, []
    for one in log:
        changed = replace(one, who="Bao", previous=previous)
        forged.append(replace(changed, hash=audit.digest(changed)))
        previous = forged[-1].hash
    assert audit.verify(forged)[1] == []
    assert audit.verify(forged, kept)[1] == [Fault(4, "changed")]


def test_entries_taken_out_or_moved_are_found(log):
    assert audit.verify(log[1:])[1][0] == Fault(1, "missing")
    assert Fault(3, "missing") in audit.verify([*log[:2], *log[3:]])[1]
    assert audit.verify([log[0], log[2], log[1], *log[3:]])[1]
    assert audit.verify([*log[:3], log[2], *log[3:]])[1]


def test_an_end_that_was_cut_off_is_a_whole_chain_and_found_only_by_a_head_that_was_kept(log):
    assert audit.verify(log[:3])[1] == []
    assert audit.verify(log[:3], Head(5, log[4].hash))[1] == [Fault(5, "cut")]
    assert audit.verify(log, Head(5, log[4].hash))[1] == []
    assert audit.verify(log, Head(2, log[1].hash))[1] == []


def refuses(engine, statement: str) -> bool:
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    except DBAPIError:
        return True
    return False


def test_the_database_refuses_to_change_or_delete(store, log):
    assert refuses(store.engine, "UPDATE audit SET who = 'Bao' WHERE id = 2")
    assert refuses(store.engine, "DELETE FROM audit WHERE id = 5")
    assert list(audit.read_all(store)) == log


def test_what_was_done_to_the_file_itself_is_found(store, config, log):
    file = sqlite3.connect(config.data / "secondlook.sqlite3")
    file.execute("DROP TRIGGER audit_no_delete")
    file.execute("DELETE FROM audit WHERE id = 3")
    file.commit()
    file.close()
    assert audit.verify(audit.read_all(store))[1] == [Fault(3, "missing")]


def test_what_is_not_kept_is_not_told(store):
    with pytest.raises(RuntimeError, match="half way"), store.write() as connection:
        audit.add(connection, store.now(), "Ana", "p1", "list.made", "Projects")
        raise RuntimeError("half way")
    assert audit.head(store) == Head(0, START)


def test_a_store_without_an_author_tells_nobody(store):
    with store.write() as connection:
        audit.note(store, connection, "list.made", "Projects")
    assert audit.head(store).id == 0
    told = store.by(Author("Ana \u00b7 laptop\n", "p1"))
    with told.write() as connection:
        audit.note(told, connection, "list.made", "Projects", terms=2)
    (entry,) = audit.read_all(store)
    assert (entry.who, entry.person_id, entry.detail) == ("Ana \u00b7 laptop\ufffd", "p1", '{"terms":2}')


def test_pages_go_from_the_newest_to_the_oldest(store, log):
    first, total = audit.read_page(store, limit=2)
    assert ([one.id for one in first], total) == ([5, 4], 5)
    assert [one.id for one in audit.read_page(store, before=4, limit=9)[0]] == [3, 2, 1]


WRITER = """
import sys
from backend.store import audit, open_store
store = open_store(sys.argv[1])
for number in range(25):
    with store.write() as connection:
        audit.add(connection, store.now(), sys.argv[2], "", "list.made", f"List {number}", terms=number)
store.close()
"""


def write_at_once(url: str) -> None:
    """Let several processes write as fast as they can."""
    commands = [[sys.executable, "-c", WRITER, url, f"writer {number}"] for number in range(3)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen(command, cwd=ROOT, env=environment) for command in commands]
    assert [one.wait(120) for one in running] == [0, 0, 0]


def check_all_are_there(url: str) -> None:
    store = open_store(url)
    found = list(audit.read_all(store))
    assert audit.verify(found)[1] == []
    for number in range(3):
        own = [one.subject for one in found if one.who == f"writer {number}"]
        assert own == [f"List {one}" for one in range(25)]
    store.close()


def test_several_servers_write_one_chain_into_sqlite(store, config):
    write_at_once(config.database_url)
    check_all_are_there(config.database_url)
