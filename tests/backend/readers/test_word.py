import pytest

from backend import readers
from tests.files.office import changed, labelled, word
from tests.photos.draw import photo


def read(data):
    return readers.read("a1", "", data)


def hidden(reading):
    return {one.kind: one.details["count"] for one in reading.signals if one.kind.startswith("hidden_")}


def test_what_is_hidden_is_counted():
    reading = read(word(comment="ask first", deleted="old", inserted="new", vanished="unseen"))
    assert hidden(reading) == {"hidden_comments": "1", "hidden_changes": "2", "hidden_words": "1"}
    assert hidden(read(word())) == {}


def test_inserted_words_stand_in_their_sentence_and_deleted_ones_apart():
    (part,) = read(word("TOP ", inserted="SECRET", deleted="NOT")).parts
    assert "TOP SECRET" in part.text.split("\n") and "NOT" in part.text.split("\n")


def test_header_properties_and_authors_are_read():
    text = read(word(header="Harbour office", title="Plan of works", comment="x")).parts[0].text
    assert "Harbour office" in text and "title: Plan of works" in text and "An Tran" in text


def test_a_picture_is_read_and_a_page_in_it_is_no_news():
    reading = read(word(picture=photo("en", "social", 1)))
    seen = next(part for part in reading.parts if part.origin == "ocr")
    assert seen.page == 1 and "TOP SECRET" in seen.text
    assert "document" not in [signal.kind for signal in reading.signals]


@pytest.mark.parametrize(("enabled", "names"), [("true", ["Confidential"]), ("false", [])])
def test_a_label_counts_when_it_is_on(enabled, names):
    reading = read(labelled(word(), "Confidential", enabled))
    assert [one.details["name"] for one in reading.signals if one.kind == "sensitivity_label"] == names


def test_a_label_without_a_name_is_a_label():
    info = b'<clbl:labelList xmlns:clbl="x"><clbl:label id="{1}" enabled="1" method="Privileged"/></clbl:labelList>'
    reading = read(changed(word(), {"docMetadata/LabelInfo.xml": info}))
    assert [one.details["name"] for one in reading.signals] == [""]


def test_one_broken_member_leaves_the_rest():
    reading = read(changed(word("body words"), {"word/comments.xml": b"<w:comments"}))
    assert [gap.reason for gap in reading.gaps] == ["damaged"] and "body words" in reading.parts[0].text


def test_what_is_said_twice_for_older_programs_is_read_once():
    twice = (
        b'<r xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w="w"><mc:AlternateContent>'
        b"<mc:Choice><w:t>box words</w:t></mc:Choice><mc:Fallback><w:t>box words</w:t></mc:Fallback>"
        b"</mc:AlternateContent></r>"
    )
    assert read(changed(word(), {"word/extra.xml": twice})).parts[0].text.count("box words") == 1


def test_there_is_no_safe_copy_of_an_office_file_yet():
    with pytest.raises(ValueError, match="unsupported"):
        readers.copy(word(), [], True)
