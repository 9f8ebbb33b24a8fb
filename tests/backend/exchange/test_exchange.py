"""Lists as files: what is read, what is said of the rest, and what comes back."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from backend.exchange.reading import CannotRead, read
from backend.exchange.writing import write
from backend.model import Details, Level, Term

TERMS = (
    Term("Zephyr"),
    Term("=cmd|x", "exact", Level.WARN),
    Term("'-x", "anywhere"),
    Term('with "quotes", and comma', details=Details(note="=1+1", category="a;b")),
    Term(
        "风筝",
        details=Details(("zh",), ("post", "ai"), ("x.com",), "2026-11-24", "2027-01-31", 70, "c", "n", ("风筝节",)),
    ),
)


def workbook(rows, hidden=()) -> bytes:
    book = openpyxl.Workbook()
    for name in hidden:
        book.create_sheet(name, 0).sheet_state = "hidden"
    for row in rows:
        book["Sheet"].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["csv", "tsv", "json"])
def test_what_is_written_is_read_again_as_it_was(kind):
    found = read(f"list.{kind}", write(kind, TERMS, {"name": "P"}))
    assert (found.terms, found.problems) == (TERMS, ())


def test_no_cell_of_an_export_is_a_formula():
    for line in write("csv", TERMS, {}).decode("utf-8-sig").splitlines()[1:]:
        assert not line.lstrip('"').startswith(("=", "+", "-", "@"))


def test_a_workbook_is_read_with_the_numbers_of_its_rows():
    import datetime

    rows = [
        ["Term", "note", "valid_until", "score"],
        ["Zephyr", "x", datetime.date(2027, 1, 31), 70],
        [],
        ["..."],
        ["风筝"],
    ]
    found = read("list.xlsx", workbook(rows, hidden=["secret"]))
    assert found.terms == (Term("Zephyr", details=Details(valid_until="2027-01-31", score=70, note="x")), Term("风筝"))
    assert [(one.line, one.reason, one.text) for one in found.problems] == [(4, "not_visible", "...")]


def test_nothing_is_lost_without_a_word():
    found = read("a.csv", b"text,colour,form\nZephyr,red,\nZephyr,,exact\nOne,,fuzzy\n,x,\n")
    assert found.terms == (Term("Zephyr", "exact"),)
    assert [(one.line, one.before) for one in found.duplicates] == [(3, 2)]
    assert [(one.line, one.reason) for one in found.problems] == [(4, "form"), (5, "empty")]
    assert found.ignored == ("colour",)


def test_a_table_with_semicolons_is_understood():
    assert read("a.csv", b"text;level\nZephyr;warn\n").terms == (Term("Zephyr", level=Level.WARN),)


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["a"]]))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data if "sheet1" not in name else b"<worksheet>" + b" " * 400_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", b"no workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100),
        ("a.json", b'{"terms": 7}'),
        ("a.json", b"[" * 100_000),
        ("a.txt", b"x\n\0\0\0\0"),
    ],
)
def test_a_file_that_is_none_is_refused_with_words(name, data):
    with pytest.raises(CannotRead) as refused:
        read(name, data)
    assert str(refused.value)


def test_a_bomb_is_refused():
    with pytest.raises(CannotRead):
        read("a.xlsx", bomb())


def test_reading_can_be_stopped():
    class Stop(Exception):
        pass

    def stop(done: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        read("a.txt", b"term\n" * 5000, stop)
