import io
import zipfile

import pytest

from backend import readers
from tests.files.archives import bomb, locked, nested, zipped
from tests.files.office import word


def read(data):
    return readers.read("a1", "", data)


def reasons(data):
    return [gap.reason for gap in read(data).gaps]


def test_files_are_numbered_and_their_names_are_words_too():
    parts = read(zipped({"sunbird.txt": b"one", "b/c.txt": b"two"})).parts
    assert [(part.page, part.text) for part in parts] == [(None, "sunbird.txt\nb/c.txt"), (1, "one"), (2, "two")]


def test_an_archive_in_an_archive_is_read_to_a_depth():
    assert "words" in [part.text for part in read(nested(zipped({"a.txt": b"words"}), 3)).parts]
    assert reasons(nested(zipped({"a.txt": b"words"}), 4)) == ["too_deep"]


def test_an_office_file_is_not_taken_for_an_archive():
    assert readers.find(word()).KIND == "word" and readers.find(zipped({"word/document.xml": b"x"})).KIND == "archive"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"a.bin": bytes(range(256))}), "inside_unsupported"),
        (locked(zipped({"a.txt": b"x"})), "inside_encrypted"),
        (bomb(60), "inside_too_large"),
        (b"PK\x03\x04 and nothing", "damaged"),
    ],
)
def test_what_cannot_be_read_is_told(data, reason):
    assert reasons(data) == [reason]


def test_a_file_without_a_name_is_read_with_the_others():
    assert [part.text for part in read(zipped({"": b"one", "b.txt": b"two"})).parts] == ["\nb.txt", "one", "two"]


def test_a_member_that_is_broken_in_a_way_of_its_own_leaves_the_others():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "one" * 50, zipfile.ZIP_LZMA)
        file.writestr("b.txt", "two", zipfile.ZIP_BZIP2)
    broken = out.getvalue().replace(b"\x05\x00\x5d", b"\x05\x00\xff", 1)
    reading = read(broken)
    assert [part.text for part in reading.parts] == ["a.txt\nb.txt", "two"] and reasons(broken) == ["inside_damaged"]


def test_many_large_members_together_are_too_much():
    assert {"inside_too_large", "overfull"} & set(reasons(zipped({f"{n}.txt": bytes(49_000_000) for n in range(12)})))


def test_endless_text_in_many_files_ends():
    reading = read(zipped({f"{n}.txt": b"word %d " % n * 60_000 for n in range(12)}))
    assert sum(len(part.text) for part in reading.parts) <= 2_000_100 and "overfull" in [g.reason for g in reading.gaps]
