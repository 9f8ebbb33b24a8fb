import pytest

from backend import readers
from tests.files import opendocuments as odf


def read(data):
    return readers.read("a1", "", data)


def counts(reading):
    return {one.kind: one.details["count"] for one in reading.signals if one.kind.startswith("hidden_")}


def test_a_text_is_read_with_its_comments_behind_it():
    reading = read(odf.text("Plan of works", comment="ask first"))
    assert reading.parts[0].text.split("\n") == ["Plan of works", "An", "ask first"]
    assert counts(reading) == {"hidden_comments": "1"}


def test_deleted_words_are_read_and_counted():
    reading = read(odf.text(deleted="gone"))
    assert "gone" in reading.parts[0].text and counts(reading) == {"hidden_changes": "1"}


def test_sheets_and_slides_are_numbered():
    sheets, deck = (
        read(odf.spreadsheet(hidden_sheet="x", hidden_row="y")),
        read(odf.presentation(notes="n", hidden_slide="h")),
    )
    assert [(part.page, part.text) for part in sheets.parts] == [(1, "One\nopen\ny"), (2, "Two\nx")]
    assert [(part.page, part.text) for part in deck.parts] == [(1, "s1\nWelcome\nn"), (2, "s2\nh")]
    assert counts(sheets) == {"hidden_sheets": "1", "hidden_rows": "1"}
    assert counts(deck) == {"hidden_notes": "1", "hidden_slides": "1"}


def test_the_label_is_told():
    names = [one.details["name"] for one in read(odf.text(label="Secret")).signals if one.kind == "sensitivity_label"]
    assert names == ["Secret"]


def test_a_locked_file_is_told():
    data = odf.package("text", "<text:p>x</text:p>", manifest="<manifest:encryption-data/>")
    assert [gap.reason for gap in read(data).gaps] == ["encrypted"]


@pytest.mark.parametrize("repeated", [1_000_000, 10**12])
def test_repeated_cells_are_not_written_out(repeated):
    body = (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="{0}"><table:table-cell '
        'table:number-columns-repeated="{0}"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )
    assert read(odf.package("spreadsheet", body.format(repeated))).parts[0].text == "A\nx"
