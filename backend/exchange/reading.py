"""Read the terms of a TXT, CSV, TSV, XLSX or JSON file."""

from __future__ import annotations

from backend.readers import Unreadable
from backend.readers.gather.package import is_zip
from backend.store import imports
from backend.store.imports import Imported, Progress

KINDS = ("txt", "csv", "tsv", "xlsx", "json")
LARGEST = 64 * 1024 * 1024
MOST_TERMS = 200_000


class CannotRead(ValueError):
    """A file that is none of these kinds, is damaged, locked, or too large."""


def read(name: str, data: bytes, progress: Progress | None = None) -> Imported:
    """Return what was understood of a file and what was not; raises :class:`CannotRead`.

    ``progress`` hears how many rows are done; what it raises ends the reading.
    """
    if len(data) > LARGEST:
        raise CannotRead("the file is larger than 64 MB")
    try:
        found = _read(name, data, progress)
    except Unreadable as error:
        raise CannotRead(f"the workbook cannot be read ({error.reason})") from None
    except imports.TooMuch:
        raise CannotRead("far more lines than a list has terms") from None
    except ValueError as error:
        if isinstance(error, CannotRead):
            raise
        raise CannotRead("this is not JSON with a list of terms") from None
    if len(found.terms) > MOST_TERMS:
        raise CannotRead(f"more than {MOST_TERMS:,} terms")
    return found


def _read(name: str, data: bytes, progress: Progress | None) -> Imported:
    if is_zip(data):
        # Loaded for the few who need it.
        from backend.exchange import sheets

        return imports.of_table(sheets.rows(data), progress)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")) or b"\0\0\0" in data[:4096]:
        raise CannotRead("this is not an XLSX workbook; save it as one, or as CSV")
    return imports.read(name, data, progress)
