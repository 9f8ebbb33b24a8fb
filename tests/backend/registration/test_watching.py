"""A running server looks at its folders, and what a person does meanwhile goes first."""

from __future__ import annotations

import os
import threading

import pytest

from backend.config import Config
from backend.registration import Shelves
from backend.registration.register import Failed
from backend.registration.registrar import Registrar
from backend.registration.watching import changed, contents, files_below
from backend.store import documents, folders, open_store, prepare_folder

LONG = "The apprentice splices a rope in the dark, since lamps are not allowed near the barrels of tar in house {}."


@pytest.fixture
def store(tmp_path):
    prepare_folder(tmp_path / "data")
    store = open_store(Config(data=tmp_path / "data").database_url)
    yield store
    store.close()


@pytest.fixture
def registrar(store, tmp_path):
    shelves = Shelves(store, tmp_path / "data")
    registrar = Registrar(store, tmp_path / "data", largest=10_000, tidy=shelves.tidy)
    yield registrar
    registrar.close()


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def write(path, text: str, time: int = 1_700_000_000):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time, time))
    return path


def names(store) -> list[str]:
    return [entry.name for entry in documents.read_all(store)]


def test_a_folder_is_read_at_start(store, registrar, papers):
    write(papers / "a.txt", LONG.format("one"))
    write(papers / "deep" / "b.txt", LONG.format("two"))
    folders.add(store, str(papers))
    registrar.watch(3600)
    assert registrar.settled(30) and names(store) == ["a.txt", "deep/b.txt"]


def test_only_what_has_changed_is_read_again(store, registrar, papers):
    one, two = write(papers / "a.txt", LONG.format("one")), write(papers / "b.txt", LONG.format("two"))
    folder = folders.add(store, str(papers))
    registrar.look()
    assert registrar.settled(30) and changed(store, folder) == []
    before = {entry.name: entry for entry in documents.read_all(store)}
    write(one, LONG.format("one, since it was painted"), 1_700_000_100)
    os.utime(two, (1_700_000_200, 1_700_000_200))
    assert changed(store, folder) == [one, two]
    registrar.look()
    assert registrar.settled(30)
    after = {entry.name: entry for entry in documents.read_all(store)}
    assert after["a.txt"].id == before["a.txt"].id and after["a.txt"].revision == 2
    assert after["b.txt"] == before["b.txt"]


def test_a_file_that_is_still_being_written_is_left_for_later(store, papers):
    path = write(papers / "a.txt", LONG)
    folder = folders.add(store, str(papers))
    assert changed(store, folder, now=lambda: 1_700_000_001.0) == []
    assert changed(store, folder, now=lambda: 1_700_000_003.0) == [path]


def test_a_file_that_moved_is_the_same_document(store, registrar, papers):
    path = write(papers / "a.txt", LONG)
    folders.add(store, str(papers))
    registrar.look()
    assert registrar.settled(30)
    path.rename(papers / "b.txt")
    registrar.look()
    assert registrar.settled(30) and names(store) == ["a.txt"]


def test_a_drive_that_is_gone_loses_nothing(store, registrar, papers):
    write(papers / "a.txt", LONG)
    folder = folders.add(store, str(papers))
    registrar.look()
    assert registrar.settled(30)
    papers.rename(papers.with_name("elsewhere"))
    assert changed(store, folder) == [] and len(folders.files(store, folder.id)) == 1


def test_a_file_that_cannot_be_registered_is_noted_and_not_tried_again(store, registrar, papers):
    write(papers / "a.txt", "short")
    write(papers / "b.txt", "x" * 20_000)
    folder = folders.add(store, str(papers))
    registrar.look()
    assert registrar.settled(30)
    problems = {one.path: one.problem for one in folders.files(store, folder.id).values()}
    assert problems == {"a.txt": "too_short", "b.txt": "too_large"} and changed(store, folder) == []


def test_hidden_files_and_links_are_left_alone(papers, tmp_path):
    write(papers / ".hidden", LONG)
    write(papers / "~$lock.docx", LONG)
    outside = write(tmp_path / "outside" / "secret.txt", LONG)
    (papers / "link.txt").symlink_to(outside)
    (papers / "folder").symlink_to(outside.parent)
    (papers / "round").symlink_to(papers)
    assert list(files_below(papers)) == []


def test_a_document_that_is_cancelled_while_it_is_read_is_not_kept(store, registrar):
    tasks = [registrar.submit(f"{number}", LONG.format(number).encode()) for number in range(6)]
    threads = [threading.Thread(target=registrar.cancel, args=(task.id,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert registrar.settled(30) and names(store) == [] and registrar.tasks() == []


def test_a_closed_registrar_takes_nothing_more(registrar):
    from backend.jobs import QueueFull

    registrar.close()
    with pytest.raises(QueueFull):
        registrar.submit("x", b"x")


def test_a_name_that_is_no_text_stops_nothing(store, registrar, papers):
    write(papers / os.fsdecode(b"caf\xe9.txt"), LONG.format("one"))
    folder = folders.add(store, str(papers))
    registrar.watch(3600)
    assert registrar.settled(30) and names(store) == ["caf\\xe9.txt"]
    assert registrar.tasks() == [] and changed(store, folder) == []


def test_what_was_put_in_the_place_of_a_file_is_not_read(papers, tmp_path):
    outside = write(tmp_path / "secret.txt", LONG)
    (papers / "a.txt").symlink_to(outside)
    os.mkfifo(papers / "b.txt")
    for name in ("a.txt", "b.txt"):
        with pytest.raises(OSError):
            contents(papers / name, 10_000)
    with pytest.raises(Failed, match="too_large"):
        contents(write(papers / "c.txt", "x" * 101), 100)
