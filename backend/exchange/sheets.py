"""The rows of the first visible sheet of an XLSX workbook, in bounded memory and without trust.

Source: ECMA-376, Part 1, 18.3 (worksheets) and 18.4 (shared strings).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from backend.readers import Unreadable
from backend.readers.gather.limits import opened
from backend.readers.gather.markup import Enough, Walker, local, walk
from backend.readers.gather.package import Package
from backend.readers.office.cells import Strings, plain_number
from backend.readers.office.ooxml import main_part, relations

STRINGS = "xl/sharedStrings.xml"
MOST_CHARACTERS = 64_000_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 64
CELL = 16
"""Characters that a cell costs beside its own; one that was left out costs half: small ones fill a memory too."""


def rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the number of each row and its cells; raises :class:`Unreadable`."""
    with opened() as limits:
        package = Package(data, limits)
        strings = Strings(MOST_CHARACTERS)
        if STRINGS in package:
            walk(package.pieces(STRINGS), strings)
        sheet = _Sheet(strings.found)
        walk(package.pieces(_first_sheet(package)), sheet)
    if sheet.overfull:
        raise Unreadable("too_large")
    yield from sheet.rows


def _first_sheet(package: Package) -> str:
    """Return the part of the first sheet that is not hidden."""
    part = main_part(package)
    book = _Book()
    walk(package.pieces(part), book)
    targets = {one.id: one.target for one in relations(package, part)}
    for id in book.visible:
        if id in targets:
            return targets[id]
    raise Unreadable("damaged")


class _Book(Walker):
    """The sheets of a workbook, by their relation."""

    def __init__(self) -> None:
        self.visible: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "sheet" and attributes.get("state", "visible") == "visible":
            self.visible += [value for name, value in attributes.items() if local(name) == "id" and name != "id"]


class _Sheet(Walker):
    """Rows with their numbers; cells that are left out of the file are empty."""

    def __init__(self, strings: list[str]) -> None:
        self.rows: list[tuple[int, list[str]]] = []
        self.overfull = False
        self._strings, self._left = strings, 2 * MOST_CHARACTERS
        self._cells: list[str] = []
        self._number = self._column = 0
        self._kind, self._value, self._in = "", [""], False

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            told = attributes.get("r", "")
            self._number = int(told) if told.isdecimal() and len(told) < 8 else self._number + 1
            self._cells, self._column = [], 0
        elif name == "c":
            self._column = _column(attributes.get("r", "")) or self._column + 1
            self._kind, self._value = attributes.get("t", "n"), []
        elif name in ("v", "t"):
            self._in = True

    def leave(self, name: str) -> None:
        if name in ("v", "t"):
            self._in = False
        elif name == "c":
            self._take(self._shown("".join(self._value)))
        elif name == "row" and self._cells:
            self.rows.append((self._number, self._cells))
            if len(self.rows) > MOST_ROWS:
                self._stop()

    def data(self, text: str) -> None:
        if self._in:
            self._value.append(text)

    def _take(self, value: str) -> None:
        if not value or self._column > MOST_COLUMNS:
            return
        empty = max(0, self._column - len(self._cells) - 1)
        self._left -= len(value) + CELL + empty * CELL // 2
        if self._left < 0:
            self._stop()
        self._cells += [""] * empty
        self._cells.append(value)

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            with suppress(ValueError, IndexError):
                return self._strings[int(value)]
            return ""
        return plain_number(value) if self._kind == "n" else value

    def _stop(self) -> None:
        self.overfull = True
        raise Enough


def _column(place: str) -> int:
    """Return the number of a cell's column, 0 where it is not told.

    >>> _column("A1"), _column("AB12"), _column("")
    (1, 28, 0)
    """
    number = 0
    for letter in place:
        if not "A" <= letter <= "Z" or number > MOST_COLUMNS:
            break
        number = number * 26 + ord(letter) - 64
    return number
