"""Terms out of a file that a person has: TXT, CSV, TSV or JSON.  Nothing is lost silently."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.model import Term
from backend.store.making import FIELDS, LONGEST_TERM, BadTerm, is_expression, is_usable, make_term, term_of

__all__ = ["LONGEST_TERM", "Imported", "collect", "is_expression", "is_usable", "make_term", "of_table", "read"]

ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")
NAMES = {
    "term": "text", "word": "text", "language": "languages", "channel": "channels", "site": "sites",
    "label": "category", "exception": "exceptions", "except": "exceptions", "from": "valid_from",
    "until": "valid_until", "weight": "score", **{name: name for name in FIELDS},
}  # fmt: skip
"""What a column may be called, and what it is."""
LONGEST_CELL = 131_072
MOST_ROWS = 1_000_000
"""Lines or rows of one file, empty ones too; a list has no more than 200,000 terms."""
MOST_VALUES = 4_000_000
"""What a JSON file may hold: each is an object in memory."""
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66", "\ufe62", "\ufe63", "\ufe6b")
"""With what a spreadsheet begins a formula; where full-width and small characters are written, with those too."""
_BEFORE = "' \t\xa0\u200b\u200c\u200d\u2060\u3000\ufeff"
"""What may stand before a formula without being seen."""
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
Progress = Callable[[int], None]
Row = tuple[int, Mapping[str, Any]]


class TooMuch(ValueError):
    """A file with more lines or values than any list has."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that was not understood, with what stands there."""

    line: int
    reason: str
    """A key of :data:`backend.store.making.REASONS`."""
    text: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A line that brings a term again; it counts, and the line before does not."""

    line: int
    before: int
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What was understood of a file, and what was not."""

    terms: tuple[Term, ...]
    problems: tuple[Fault, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    ignored: tuple[str, ...] = ()
    """Columns that mean nothing here: by name, or by number where they have none."""

    @property
    def faults(self) -> tuple[int, ...]:
        """Return the numbers of the lines that were not understood."""
        return tuple(one.line for one in self.problems)


@dataclass(slots=True)
class _Table:
    """Rows of cells; the first names the columns if it has ``text`` or ``term``, else the first column counts."""

    rows: Iterable[tuple[int, Sequence[str]]]
    ignored: dict[str, None] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Row]:
        columns: list[str | None] | None = None
        for line, cells in self.rows:
            if columns is None:
                names = [NAMES.get(cell.strip().lower()) for cell in cells]
                columns = names if "text" in names else ["text"]
                if columns is names:
                    unknown = (cell.strip() for cell, name in zip(cells, names, strict=True) if name is None)
                    self.ignored.update((name[:LONGEST_TERM], None) for name in unknown if name)
                    continue
            if any(cell.strip() for cell in cells):
                yield line, self._named(cells, columns)

    def _named(self, cells: Sequence[str], columns: Sequence[str | None]) -> Mapping[str, Any]:
        for number in range(len(columns), len(cells)):
            if cells[number].strip():
                self.ignored[str(number + 1)] = None
        found = {name: _cell(cell) for name, cell in zip(columns, cells, strict=False) if name and cell.strip()}
        return {"text": "", **found}


def _cell(value: str) -> str:
    """Return a cell's words; an export puts ``'`` before what a spreadsheet would take for a formula."""
    clean = value.strip()
    return clean[1:] if clean.startswith("'") and is_formula(clean) else clean


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take a cell for a formula."""
    return text.lstrip(_BEFORE).startswith(FORMULA)


def decode(data: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 by its mark, else Chinese GB18030, else Windows Latin."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def read(name: str, data: bytes, progress: Progress | None = None) -> Imported:
    """Return the terms of a file by the ending of its name; raises :class:`ValueError` for broken JSON."""
    text = decode(data)
    ending = name.lower().rpartition(".")[2]
    if ending == "json":
        if text.count("{") > MOST_ROWS or sum(map(text.count, "[{,")) > MOST_VALUES:
            raise TooMuch
        try:
            return _of_json(json.loads(text), progress)
        except RecursionError:
            raise ValueError("nested too deeply") from None
    if ending in ("csv", "tsv"):
        return of_table(_cells(text, "\t" if ending == "tsv" else _separator(text)), progress)
    if sum(map(text.count, _LINE_ENDS)) > MOST_ROWS:
        raise TooMuch
    lines = enumerate(text.splitlines(), 1)
    return collect(((number, {"text": line}) for number, line in lines if line.strip()), progress)


def of_table(rows: Iterable[tuple[int, Sequence[str]]], progress: Progress | None = None) -> Imported:
    """Return the terms of numbered rows of cells."""
    table = _Table(rows)
    found = collect(table, progress)
    return Imported(found.terms, found.problems, found.duplicates, tuple(table.ignored))


def collect(rows: Iterable[Row], progress: Progress | None = None) -> Imported:
    """Return the terms of rows; ``progress`` hears the number of each row, and what it raises ends it."""
    terms: dict[str, Term] = {}
    lines: dict[str, int] = {}
    problems: list[Fault] = []
    duplicates: list[Duplicate] = []
    for done, (line, row) in enumerate(rows, 1):
        if progress and not done % 1000:
            progress(done)
        if done > MOST_ROWS:
            raise TooMuch
        try:
            term = term_of(row)
        except BadTerm as error:
            problems.append(Fault(line, error.reason, _shown(row)))
            continue
        if term.text in terms:
            duplicates.append(Duplicate(line, lines[term.text], term.text))
        terms[term.text], lines[term.text] = term, line
    return Imported(tuple(terms.values()), tuple(problems), tuple(duplicates))


def _shown(row: Mapping[str, Any]) -> str:
    """Return what stands in a row, short and on one line, so that a person finds it."""
    text = row.get("text")
    words = text if isinstance(text, str) and text else ", ".join(f"{name}: {value}" for name, value in row.items())
    return " ".join("".join(one if one.isprintable() else "\ufffd" for one in words[:LONGEST_TERM]).split())


def _separator(text: str) -> str:
    """Return what parts the cells of a CSV file: many countries' spreadsheets write ``;``."""
    first = next((line for line in text[:LONGEST_CELL].splitlines() if line.strip()), "")
    return ";" if first.count(";") > first.count(",") else ","


def _cells(text: str, separator: str) -> Iterator[tuple[int, Sequence[str]]]:
    rows = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    while True:
        try:
            yield rows.line_num + 1, next(rows)
        except StopIteration:
            return
        except csv.Error:
            # A cell beyond the limit: an open quotation mark that swallows the rest.
            yield rows.line_num, ["\u2026"]


def _of_json(value: Any, progress: Progress | None) -> Imported:
    """Return the terms of a plain array, or of what the API and ``lists show --json`` give."""
    entries = value.get("terms") if isinstance(value, dict) else value
    if not isinstance(entries, list):
        raise ValueError("an array of terms is expected")
    ignored: dict[str, None] = {}

    def rows() -> Iterator[Row]:
        for number, entry in enumerate(entries, 1):
            if not isinstance(entry, dict):
                yield number, {"text": entry}
                continue
            ignored.update((_shown({"text": name}), None) for name in entry if name not in NAMES)
            yield number, {NAMES[name]: one for name, one in entry.items() if name in NAMES}

    found = collect(rows(), progress)
    return Imported(found.terms, found.problems, found.duplicates, tuple(ignored))
