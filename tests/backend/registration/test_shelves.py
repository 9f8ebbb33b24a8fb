"""The library follows the store, whatever happens to its file."""

from __future__ import annotations

import pytest

from backend.config import Config
from backend.registration import Failed, Register, Shelves, shelves
from backend.store import documents, open_store, prepare_folder

TEXTS = (
    "The carpenter carried eleven benches up the steep hill before breakfast, and then slept under a walnut tree.",
    "Every apprentice must learn to splice a rope in the dark, since lamps are not allowed near the barrels of tar.",
    "Our gardener plants garlic between roses because greenfly dislike its smell, or so his grandmother claimed.",
    "When fishermen return late they ring a small brass bell twice, which tells the whole village to put kettles on.",
    "A librarian found forty letters pressed inside an atlas of 1887, all unopened, each sealed with violet wax.",
)


@pytest.fixture
def folder(tmp_path):
    prepare_folder(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def store(folder):
    store = open_store(Config(data=folder).database_url)
    yield store
    store.close()


@pytest.fixture
def register(store, folder):
    register = Register(store, folder)
    yield register
    register.close()


@pytest.fixture(params=["in memory", "in a file"])
def where(request, monkeypatch):
    if request.param == "in a file":
        monkeypatch.setattr(shelves, "FEW_LOOSE", 0)
    return request.param


def held(shelves: Shelves) -> list[str]:
    library = shelves.library()
    found = {one.document.name for text in TEXTS for one in library.quotes(text.lower())} if library else set()
    return sorted(found)


def test_nothing_is_registered_at_first(store, folder):
    assert Shelves(store, folder).library() is None
    assert not (folder / "documents.key").exists()


def test_documents_come_and_go(store, folder, register, where):
    own, other = Shelves(store, folder), Shelves(store, folder)
    for number, text in enumerate(TEXTS):
        register.text(str(number), text)
        own.tidy()
        assert held(own) == held(other) == held(Shelves(store, folder)) == [str(one) for one in range(number + 1)]
    assert bool(list(folder.glob(shelves.PATTERN))) == (where == "in a file")
    documents.remove(store, documents.find(store, "2").id)
    assert held(own) == held(other) == ["0", "1", "3", "4"]
    own.tidy()
    assert held(own) == held(other) == held(Shelves(store, folder)) == ["0", "1", "3", "4"]


def test_a_document_that_is_replaced_is_found_by_its_new_text_alone(store, folder, register, where):
    entry = register.text("one", TEXTS[0])
    own = Shelves(store, folder)
    own.tidy()
    register.file("one", TEXTS[1].encode(), instead_of=entry.id)
    own.tidy()
    library = own.library()
    assert not library.quotes(TEXTS[0].lower()) and library.quotes(TEXTS[1].lower())


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"SLDOCS01 and nothing")])
def test_a_file_that_is_lost_or_broken_is_made_anew(store, folder, register, monkeypatch, harm):
    monkeypatch.setattr(shelves, "FEW_LOOSE", 0)
    register.text("0", TEXTS[0])
    Shelves(store, folder).tidy()
    (path,) = folder.glob(shelves.PATTERN)
    harm(path)
    own = Shelves(store, folder)
    assert held(own) == ["0"]
    own.tidy()
    assert held(Shelves(store, folder)) == ["0"]


def test_many_are_merged_into_the_file_as_they_come(store, folder, register, monkeypatch):
    monkeypatch.setattr(shelves, "MOST_LOOSE", 12)
    for number, text in enumerate(TEXTS):
        register.text(str(number), text)
    assert held(Shelves(store, folder)) == ["0", "1", "2", "3", "4"]
    assert len(list(folder.glob(shelves.PATTERN))) == 1


def test_what_is_deleted_leaves_no_fingerprint(store, folder, register, monkeypatch):
    monkeypatch.setattr(shelves, "FEW_LOOSE", 0)
    entry = register.text("0", TEXTS[0])
    own = Shelves(store, folder)
    own.tidy()
    documents.remove(store, entry.id)
    own.tidy()
    (path,) = folder.glob(shelves.PATTERN)
    assert shelves.open_file(path).volumes == () and len(shelves.open_file(path)) == 0


def test_another_key_finds_nothing_and_breaks_nothing(store, folder, register):
    register.text("0", TEXTS[0])
    (folder / "documents.key").write_bytes(b"x" * 32)
    assert Shelves(store, folder).library() is None
    register.text("0 again", TEXTS[0])
    assert held(Shelves(store, folder)) == ["0 again"]


def test_a_text_with_nothing_to_recognise_is_refused(register):
    for text in ("", "hello", "😀" * 500, "." * 5000):
        with pytest.raises(Failed):
            register.text("x", text)
