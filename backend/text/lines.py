"""Read over the ends of lines: a name that was wrapped, or typed with two spaces, is still that name.

One break of a line, or a run of blanks, counts as one space; between two Chinese, Japanese or Korean
characters a break counts as nothing, since these scripts wrap within words.  An empty line stays a wall.

>>> view = normalise("We start Project\\r\\n  Sunbird")
>>> joined = Joined.of(view)
>>> joined.folded, joined.back(9, 24)
('we start project sunbird', (9, 27))
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from backend.text.normalise import CJK, Normalised

_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*|[^\S\n]{2,}|[^\S\n ]")
_WITHIN = re.compile(rf"(?<=[{CJK}])[^\S\n]*\n[^\S\n]*(?=[{CJK}])")


def join(text: str) -> str:
    """Return a text as :class:`Joined` reads it."""
    return _BREAK.sub(" ", _WITHIN.sub("", text))


class Joined:
    """The folded and the plain view of a text, read over the ends of lines, and the way back into the views."""

    def __init__(self, view: Normalised) -> None:
        """Take a text that has breaks."""
        self._view = view
        self._breaks = [(*match.span(), _instead(match)) for match in _BREAK.finditer(view.clean)]
        self._after: list[int] = []
        """Where a break ends, in the joined text."""
        self._ends: list[int] = []
        """Where it ends in the views."""
        self._shifts = [0]
        """How far what follows so many breaks has moved."""
        for _start, end, instead in self._breaks:
            moved = self._shifts[-1] + end - _start - len(instead)
            self._after.append(end - moved)
            self._ends.append(end)
            self._shifts.append(moved)

    @classmethod
    def of(cls, view: Normalised) -> Joined | None:
        """Return the reading of a text, or ``None`` where it would be the same."""
        clean = view.clean
        if "\n" not in clean and "  " not in clean and "\t" not in clean:
            return None
        return cls(view)

    @cached_property
    def folded(self) -> str:
        """The folded view without its breaks."""
        return self._joined(self._view.folded)

    @cached_property
    def plain(self) -> str:
        """The plain view without its breaks, same length."""
        return self._joined(self._view.plain)

    def _joined(self, text: str) -> str:
        pieces: list[str] = []
        done = 0
        for start, end, instead in self._breaks:
            pieces += (text[done:start], instead)
            done = end
        pieces.append(text[done:])
        return "".join(pieces)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the views that a span of the joined text came from."""
        return self._back(start), self._back(end - 1) + 1

    def _back(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._after, at)]

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the joined text that a span of the views has become; it begins and ends in no break."""
        return self._forth(start), self._forth(end - 1) + 1

    def _forth(self, at: int) -> int:
        return at - self._shifts[bisect_right(self._ends, at)]


def _instead(match: re.Match[str]) -> str:
    return "" if _WITHIN.match(match.string, match.start()) and "\n" in match[0] else " "
