"""Excel workbooks from before 2007 (XLS): every sheet, also hidden ones and hidden rows, comments, properties."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

import xlrd

from backend.model import Reading
from backend.readers import Progress, Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.limits import opened
from backend.readers.office.storage import is_ole, open_ole

KIND = "oldsheets"
ORDER = 39
MEDIA_TYPES = ("application/vnd.ms-excel",)
STREAMS = ("Workbook", "Book")
PROPERTIES = ("title", "subject", "author", "keywords", "comments", "last_saved_by", "manager", "company")


def sniff(data: bytes) -> bool:
    """Return whether a file is an OLE container with a workbook in it."""
    if not is_ole(data):
        return False
    try:
        with open_ole(data) as file:
            return any(file.exists(name) for name in STREAMS)
    except Unreadable:
        return False


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return one part for each sheet, numbered in their order, and one for properties and names."""
    with opened() as limits:
        book = _opened(data)
        gather = Gather(id, progress, limits, "pages")
        for number in range(1, book.nsheets + 1):
            if gather.full or limits.late:
                gather.gap("timeout" if limits.late else "overfull")
                break
            _sheet(gather, book, number)
            gather.tell(number, book.nsheets)
        gather.extra("\n".join(name.name for name in book.name_obj_list if not name.builtin))
        _properties(gather, data)
        _macros(gather, data)
        return gather.reading()


def _opened(data: bytes) -> Any:
    try:
        return xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
    except xlrd.XLRDError as problem:
        raise Unreadable("encrypted" if "encrypted" in str(problem) else "damaged") from None
    except MemoryError:
        raise
    except Exception:  # broken records fail in many ways
        raise Unreadable("damaged") from None


def _sheet(gather: Gather, book: Any, number: int) -> None:
    sheet = book.sheet_by_index(number - 1)
    rows = ["\t".join(_said(cell, book.datemode) for cell in sheet.row(row)) for row in range(sheet.nrows)]
    notes = [note.text for note in sheet.cell_note_map.values()]
    gather.text("\n".join([sheet.name, *(row.rstrip("\t") for row in rows), *notes]), number)
    gather.hidden("sheets", int(sheet.visibility != 0))
    gather.hidden("rows", sum(bool(info.hidden) for info in sheet.rowinfo_map.values()))
    gather.hidden("comments", len(notes))


def _said(cell: Any, datemode: int) -> str:
    """Return a cell as people see it, near enough: whole numbers without a point, days as days."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        with suppress(xlrd.xldate.XLDateError, ValueError, OverflowError):
            return str(xlrd.xldate.xldate_as_datetime(cell.value, datemode)).removesuffix(" 00:00:00")
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return f"{cell.value:.0f}" if cell.value == int(cell.value) else repr(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    return cell.value if cell.ctype == xlrd.XL_CELL_TEXT else ""


def _properties(gather: Gather, data: bytes) -> None:
    with open_ole(data) as file:
        with suppress(Exception):  # properties that cannot be read are none
            found = file.get_metadata()
            said = [getattr(found, name, None) for name in PROPERTIES]
            texts = [one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one or "") for one in said]
            gather.extra("\n".join(text.strip("\x00 ") for text in texts if text))


def _macros(gather: Gather, data: bytes) -> None:
    """Tell that macros and embedded files, which nothing here opens, were not read."""
    with open_ole(data) as file:
        if any(path[0].startswith(("_VBA_PROJECT_CUR", "MBD")) for path in file.listdir()):
            gather.gap("inside_unsupported")
