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


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"\n" * 2_000_000),
        ("a.txt", b"a\r" * 2_000_000),
        ("a.csv", b"a\n" * 1_100_000),
        ("a.json", b"[" + b"[]," * 4_000_000 + b"[]]"),
    ],
)
def test_a_file_with_far_more_lines_than_any_list_is_refused_before_it_fills_the_memory(name, data):
    with pytest.raises(CannotRead, match="far more lines"):
        read(name, data)


def test_a_workbook_of_nothing_but_small_cells_is_refused():
    row = '<row><c r="BL1" t="str"><v>a</v></c></row>'
    with pytest.raises(CannotRead, match="too_large"):
        read("a.xlsx", sheet_of(row * 300_000))


def sheet_of(rows: str) -> bytes:
    """Return a workbook with just these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"

    def relation(kind: str, target: str) -> str:
        one = f'<Relationship Id="r1" Type="{kinds}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}">{one}</Relationships>'

    book = f'<sheets><sheet name="a" sheetId="1" xmlns:r="{kinds}" r:id="r1"/></sheets>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relation("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{main}">{book}</workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml"))
        sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return file.getvalue()


def test_the_name_of_a_field_that_means_nothing_can_always_be_told():
    found = read("a.json", b'[{"text": "Zephyr", "odd\\ud800": 1}]')
    assert found.ignored == ("odd\ufffd",)


@pytest.mark.parametrize("start", ["\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_full_width_formulas_are_none_either(start):
    term = Term(f"{start}1+1 abc")
    assert f"'{start}1".encode() in write("csv", [term], {})
    assert read("a.csv", write("csv", [term], {})).terms == (term,)
