"""The cells of one worksheet of an XLSX file, row by row, in bounded memory.

Source: ECMA-376, Part 1, 18.3 (worksheets) and 18.4 (shared strings).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from backend.readers.gather.markup import Enough, Walker

PLAIN_DIGITS = 30
"""Numbers up to so many digits are written out, as a spreadsheet may show them."""


class Strings(Walker):
    """The strings that cells refer to by number; phonetic guides are left out."""

    def __init__(self, most: int) -> None:
        """Take at most so many characters."""
        self.found: list[str] = []
        self._left = most
        self._pieces: list[str] = []
        self._in = self._phonetic = 0

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin a string or a run of it."""
        if name == "si":
            self._pieces = []
        self._phonetic += name == "rPh"
        self._in += name == "t"

    def leave(self, name: str) -> None:
        """End it."""
        self._phonetic -= name == "rPh"
        self._in -= name == "t"
        if name == "si":
            self.found.append("".join(self._pieces))
            self._left -= len(self.found[-1])
            if self._left < 0:
                raise Enough

    def data(self, text: str) -> None:
        """Take the words of a run."""
        if self._in and not self._phonetic:
            self._pieces.append(text)


class Cells(Walker):
    """Rows of a worksheet as lines, cells parted by tabs; and how many rows and columns are hidden."""

    def __init__(self, strings: list[str], most: int) -> None:
        """Take the shared strings, and stop after so many characters."""
        self.rows: list[str] = []
        self.hidden = 0
        self.overfull = self.lost = False
        """More than may be taken; a cell refers to a string that is not there."""
        self._strings, self._left = strings, most
        self._row: list[str] = []
        self._kind = ""
        self._value: list[str] = []
        self._in = False

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin a row, a cell or its value."""
        if name == "c":
            self._kind, self._value = attributes.get("t", "n"), []
        elif name in ("v", "t"):
            self._in = True
        elif name in ("row", "col"):
            self.hidden += attributes.get("hidden") in ("1", "true")
        elif name in ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"):
            self._in = True
            self._value = []

    def leave(self, name: str) -> None:
        """End it; a row becomes a line."""
        if name in ("v", "t"):
            self._in = False
        elif name == "c":
            self._take(self._shown("".join(self._value)))
        elif name == "row" and self._row:
            self.rows.append("\t".join(self._row))
            self._row = []
        elif name.endswith(("Header", "Footer")) and name != "headerFooter":
            self._in = False
            self.rows.append("".join(self._value))

    def data(self, text: str) -> None:
        """Take a value."""
        if self._in:
            self._value.append(text)

    def _take(self, value: str) -> None:
        if not value:
            return
        self._row.append(value)
        self._left -= len(value) + 1
        if self._left < 0:
            self.rows.append("\t".join(self._row))
            self.overfull = True
            raise Enough

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            with suppress(ValueError, IndexError):
                return self._strings[int(value)]
            self.lost |= bool(value)
            return ""
        return plain_number(value) if self._kind == "n" else value


def plain_number(value: str) -> str:
    """Return a number without an exponent where it has not too many digits.

    >>> plain_number("1.38001380001E+10"), plain_number("0.1"), plain_number("1E+400")
    ('13800138000.1', '0.1', '1E+400')
    """
    if "E" not in value and "e" not in value:
        return value
    with suppress(InvalidOperation):
        number = Decimal(value)
        if abs(number.adjusted()) < PLAIN_DIGITS:
            return f"{number:f}"
    return value
