"""Other readings of a text in which terms are met that were not written as they are listed.

:func:`joined` reads over the ends of lines: a name that was wrapped, or typed with two spaces, is still that
name.  One break of a line, or a run of blanks, counts as one space; between two Chinese, Japanese or Korean
characters a break counts as nothing, since these scripts wrap within words.  An empty line stays a wall.

:func:`loose` reads ``#ProjectSunbird``, ``project_sunbird.docx``, ``Project “Sunbird”`` and a hyphenated
``Sun-`` / ``bird`` as words with spaces, too.

>>> reading = joined(normalise("We start Project\\r\\n  Sunbird"))
>>> reading.folded, reading.back(9, 24)
('we start project sunbird', (9, 27))
>>> loose(normalise("#ProjectSunbird, project-sunbird")).folded
'#project sunbird, project sunbird'
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from backend.text.normalise import CJK, Normalised

LOOSE = "loose "
"""Stands before the name of a detector where its hits in the loose reading are kept."""
SHORTEST_LOOSE = 4
"""Characters of the draft that a term must take to be met in the loose reading: 基金 乌云 is no 金乌."""
Edit = tuple[int, int, str]
"""A span of the views, and what stands there instead."""
_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*|[^\S\n]{2,}|[^\S\n ]")
_WITHIN = re.compile(rf"(?<=[{CJK}])[^\S\n]*\n[^\S\n]*(?=[{CJK}])")
_LINKS = r"_\-.·•"
_MARKS = "\"'“”‘’„«»「」『』《》*`"
_PIECE = re.compile(rf"[{_LINKS}{_MARKS}]+| (?=[{CJK}])")
_CAMEL = re.compile(r"[a-z][A-Z]")
_WRAP = re.compile(r"[^\S\n]*\n[^\S\n]*(?=[^\W\d_])")
_LINKING = frozenset("_-.·")
MOST_MARKS = 2
"""Quotes and the like that stand together; more are something else."""
_IS_CJK = re.compile(f"[{CJK}]")


def join(text: str) -> str:
    """Return a text as :func:`joined` reads it."""
    return _BREAK.sub(" ", _WITHIN.sub("", text))


def joined(view: Normalised) -> Reading | None:
    """Return a text read over the ends of lines, or ``None`` where that is the same."""
    clean = view.clean
    if "\n" not in clean and "  " not in clean and "\t" not in clean:
        return None
    return Reading(view, _breaks(view.clean))


def loose(view: Normalised) -> Reading | None:
    """Return a text with what is written together or apart in another way read as words, or ``None``."""
    clean = view.clean
    edits = [edit for match in _PIECE.finditer(clean) if (edit := _edit(clean, *match.span())) is not None]
    edits += [(match.start() + 1, match.start() + 1, " ") for match in _CAMEL.finditer(clean)]
    if not edits:
        return None
    edits.sort()
    taken = [(start, end) for start, end, _ in edits]
    breaks = [one for one in _breaks(clean) if not _meets(taken, one)] if view.joined else []
    return Reading(view, sorted(edits + breaks))


def _edit(clean: str, start: int, end: int) -> Edit | None:
    """Return how a run of hyphens, dots, quotes and the like is read, or ``None`` where it stays."""
    before, after = clean[start - 1 : start], clean[end : end + 1]
    if _IS_CJK.match(after) or after == " ":
        left, right = start - (before == " "), end + (after == " ")
        if _IS_CJK.match(clean[left - 1 : left]) and _IS_CJK.match(clean[right : right + 1]):
            return left, right, ""
    piece = clean[start:end]
    if piece == "-" and before.isalpha() and (wrap := _WRAP.match(clean, end)):
        return start, wrap.end(), " " if clean[wrap.end()].isupper() else ""
    if end - start > MOST_MARKS or piece == " ":
        return None
    is_inside = before.isalnum() and after.isalnum()
    if is_inside:
        return (start, end, " ") if piece in _LINKING else None
    is_mark = piece == "_" or not set(piece) & _LINKING
    return (start, end, "") if is_mark and before.isalnum() != after.isalnum() else None


def _breaks(clean: str) -> list[Edit]:
    return [(*match.span(), _of_break(match)) for match in _BREAK.finditer(clean)]


def _of_break(match: re.Match[str]) -> str:
    return "" if "\n" in match[0] and _WITHIN.match(match.string, match.start()) else " "


def _meets(taken: list[tuple[int, int]], edit: Edit) -> bool:
    """Tell whether a break lies on something that is read otherwise."""
    at = bisect_right(taken, (edit[1], edit[1])) - 1
    return at >= 0 and taken[at][1] > edit[0]


class Reading:
    """The folded and the plain view of a text with some of it read otherwise, and the way back into the views."""

    def __init__(self, view: Normalised, edits: Iterable[Edit]) -> None:
        """Take what is read otherwise, in order and apart from one another."""
        self._view = view
        self._edits = tuple(edits)
        self._after: list[int] = []
        """Where an edit ends, in this reading."""
        self._shifts = [0]
        """How far what follows so many edits has moved."""
        for start, end, instead in self._edits:
            moved = self._shifts[-1] + end - start - len(instead)
            self._after.append(end - moved)
            self._shifts.append(moved)

    @cached_property
    def folded(self) -> str:
        """The folded view in this reading."""
        return self._read(self._view.folded)

    @cached_property
    def plain(self) -> str:
        """The plain view in this reading, same length."""
        return self._read(self._view.plain)

    def _read(self, text: str) -> str:
        pieces: list[str] = []
        done = 0
        for start, end, instead in self._edits:
            pieces += (text[done:start], instead)
            done = end
        pieces.append(text[done:])
        return "".join(pieces)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the views that a span of this reading came from."""
        return self._back(start), self._back(end - 1) + 1

    def _back(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._after, at)]
