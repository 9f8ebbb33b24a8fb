import base64

import pytest

from backend import readers
from tests.photos.draw import photo


def read(text, encoding="utf-8"):
    return readers.read("a1", "", text.encode(encoding) if isinstance(text, str) else text)


def test_blocks_are_lines_and_what_is_not_shown_comes_last():
    page = "<!DOCTYPE html><title>Plan</title><style>p {}</style><h1>North</h1><p>a <b>b</b>c</p>"
    page += "<!-- note --><script>k=1</script>"
    assert read(page).parts[0].text.split("\n") == ["Plan", "North", "a bc", "note", "k=1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_pages_are_read_in_their_encoding(encoding):
    said = '<meta charset="gb2312">' if encoding == "gb18030" else ""
    page = f"<html><head>{said}</head><body><p>海州市发展规划委员会关于南湾工程二期试验安排的通知</p></body></html>"
    assert "南湾工程" in read(page, encoding).parts[0].text


def test_comments_are_counted_and_those_for_old_browsers_are_not():
    reading = read("<html><!-- a --><!--[if IE]>x<![endif]--><!-- b -->")
    assert [(one.kind, one.details["count"]) for one in reading.signals] == [("hidden_comments", "2")]


def test_a_picture_within_the_file_is_read():
    source = base64.b64encode(photo("en", "social", 1)).decode()
    reading = read(f'<html><img alt="the plan" src="data:image/jpeg;base64,{source}">')
    assert "TOP SECRET" in next(part.text for part in reading.parts if part.origin == "ocr")


def test_text_about_html_stays_plain():
    assert readers.find(b"Use <html> first.\n").KIND == "plain"


@pytest.mark.parametrize(
    "page", ["<html>" + "<div>" * 200_000 + "end", "<html><p " + "a" * 3_000_000, "<html>" + "<" * 500_000]
)
def test_pages_that_are_made_to_break_readers_end(page):
    reading = read(page)
    assert reading.parts or reading.gaps
