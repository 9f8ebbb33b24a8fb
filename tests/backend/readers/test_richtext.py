import pytest

from backend import readers


def read(body):
    return readers.read("a1", "", body)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"{\rtf1\ansi Hello \b world\b0 .\par Next}", "Hello world.\nNext"),
        (rb"{\rtf1\ansi\ansicpg936 \'bb\'fa\'c3\'dc}", "机密"),
        (rb"{\rtf1{\fonttbl{\f0\fcharset204 Arial;}}{\f0 \'f1\'e5\'ea\'f0\'e5\'f2}}", "секрет"),
        (rb"{\rtf1\ansi\uc1 \u26426?\u23494?}", "机密"),
        (rb"{\rtf1\ansi\uc2 T\u7889\'aa\'bbi M\u7853xxt}", "Tối Mật"),
        (rb"{\rtf1\ansi{\header TOP SECRET\par}body}", "TOP SECRET\nbody"),
        (rb"{\rtf1{\info{\title Plan X}{\author An}}body}", "Plan X\nAn\nbody"),
        (rb"{\rtf1 a\emdash b \{c\} {\stylesheet{\s0 Normal;}}d}", "a—b {c} d"),
    ],
)
def test_words_are_read(body, text):
    reading = read(body)
    assert reading.parts[0].text == text and reading.gaps == ()


def test_comments_and_deleted_words_are_read_and_counted():
    reading = read(rb"{\rtf1 body{\*\annotation ask first}{\deleted gone}}")
    assert "ask first" in reading.parts[0].text and "gone" in reading.parts[0].text
    assert {one.kind for one in reading.signals} == {"hidden_comments", "hidden_changes"}


def test_a_picture_is_read():
    from tests.photos.draw import photo

    body = rb"{\rtf1 see{\pict\jpegblip " + photo("en", "social", 1).hex().encode() + b"}}"
    seen = [part for part in read(body).parts if part.origin == "ocr"]
    assert "TOP SECRET" in seen[0].text


@pytest.mark.parametrize("body", [b"{\\rtf1 " + b"{" * 200_000, b"{\\rtf1 " + b"}" * 200_000 + b"words"])
def test_braces_without_end_are_a_gap(body):
    assert [gap.reason for gap in read(body).gaps] == ["damaged"]
