import pytest

from backend import readers
from backend.model import Gap
from backend.wording import gap_json
from tests.photos.draw import photo


def test_every_reader_is_found_and_has_the_same_verbs():
    kinds = [module.KIND for module in readers.modules()]
    assert {"picture", "plain"} <= set(kinds) and len(set(kinds)) == len(kinds)
    for module in readers.modules():
        assert callable(module.sniff) and callable(module.read) and module.MEDIA_TYPES


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(64), "unsupported"),
        (b"\x89PNG\r\n\x1a\n" + b"no header follows", "damaged"),
        (b"\xff\xd8\xff\xe0 not a picture", "damaged"),
        (b"BM but a note, not a bitmap", "damaged"),
    ],
)
def test_what_cannot_be_read_is_a_gap_with_words_for_it(data, reason):
    reading = readers.read("a1", "holiday.jpg", data)
    assert (reading.parts, reading.gaps) == ((), (Gap("a1", reason),))
    assert all(gap_json(reading.gaps[0], language)["message"] for language in ("en", "vi", "zh"))


def test_content_decides_and_not_the_name():
    reading = readers.read("a1", "notes.txt", photo("en", "social", 1))
    assert "document" in [signal.kind for signal in reading.signals]
    assert readers.read("a1", "page.jpg", b"plain words").parts[0].text == "plain words"


def test_a_reader_that_breaks_leaves_a_gap(monkeypatch):
    from backend.readers import plain

    def broken(id, data, progress):
        raise RecursionError("words of the file")

    monkeypatch.setattr(plain, "read", broken)
    assert readers.read("a1", "", b"words").gaps == (Gap("a1", "damaged"),)


def test_there_is_no_safe_copy_of_what_is_not_a_picture():
    with pytest.raises(ValueError, match="unsupported"):
        readers.copy(b"plain words", [], True)
