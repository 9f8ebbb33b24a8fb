from pathlib import Path

import numpy as np
import pytest

from backend import readers

BOOK = (Path(__file__).parents[2] / "files" / "book.xls").read_bytes()
"""Two sheets, the second hidden; the third row of the first is hidden too.  Nothing that ships can write one."""


def test_every_sheet_is_read_in_its_order():
    reading = readers.read("a1", "", BOOK)
    assert readers.find(BOOK).KIND == "oldsheets" and reading.gaps == ()
    plan, salaries = (part for part in reading.parts if part.page)
    assert (plan.page, salaries.page) == (1, 2)
    assert plan.text.splitlines() == [
        "Plan",
        "Harbour programme\t1250.5",
        "机密 plan của cảng\t2026-05-01",
        "row that nobody sees",
        "TRUE",
    ]
    assert salaries.text == "Salaries\nAnna Example\t98765"


def test_hidden_sheets_and_rows_are_counted():
    counts = {one.kind: one.details["count"] for one in readers.read("a1", "", BOOK).signals}
    assert counts == {"hidden_sheets": "1", "hidden_rows": "1"}


def test_a_workbook_that_is_locked_is_told_so():
    codepage = b"\x42\x00\x02\x00"
    assert BOOK.count(codepage) == 1
    locked = BOOK.replace(codepage, b"\x2f\x00\x02\x00")
    assert [gap.reason for gap in readers.read("a1", "", locked).gaps] == ["encrypted"]


@pytest.mark.parametrize("seed", range(10))
def test_broken_bytes_end_in_a_reading_or_a_gap(seed):
    rng = np.random.default_rng(seed)
    data = bytearray(BOOK)
    for place in rng.integers(512, len(data), 20):
        data[place] = rng.integers(256)
    reading = readers.read("a1", "", bytes(data))
    assert reading.parts or reading.gaps
