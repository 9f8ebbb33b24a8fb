import pytest

from backend import readers
from tests.files.office import changed, labelled, sheets


def read(data):
    return readers.read("a1", "", data)


def test_sheets_are_parts_with_their_numbers_and_names():
    parts = {part.page: part.text for part in read(sheets(hidden_sheet="old words")).parts}
    assert parts[1].split("\n") == ["Sheet", "name\tamount", "An\t12"]
    assert parts[2].split("\n") == ["old", "old words"]


def test_what_is_hidden_is_counted():
    reading = read(sheets(hidden_sheet="x", hidden_row="y", comment="z"))
    counts = {one.kind: one.details["count"] for one in reading.signals}
    assert counts == {"hidden_sheets": "1", "hidden_rows": "1", "hidden_comments": "1"}


@pytest.mark.parametrize(("number", "shown"), [(13800138000, "13800138000"), (1.5, "1.5"), (1e22, "1" + "0" * 22)])
def test_long_numbers_are_written_out(number, shown):
    assert shown in read(sheets(number=number)).parts[1].text.split("\n")[1].split("\t")


def test_the_label_is_told():
    reading = read(labelled(sheets(), "Highly Confidential"))
    assert [one.details["name"] for one in reading.signals] == ["Highly Confidential"]


def test_a_cell_whose_words_are_not_there_is_a_gap():
    book = changed(sheets(), {"xl/worksheets/sheet1.xml": SHEET.encode()})
    assert [gap.reason for gap in read(book).gaps] == ["damaged"]


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
    '<c t="s"><v>7</v></c></row></sheetData></worksheet>'
)
