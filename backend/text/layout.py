"""Where words stand on a page that OCR read: which line, and what is special about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from statistics import median

from backend.model import Line, Part, Place

TOP, BOTTOM = 0.22, 0.85
"""Shares of the page's height above and below which a line counts as top or bottom."""
LARGE = 1.5
"""Times the usual height of a line."""
RED = 0.35
TILTED = (4.0, 60.0)
"""Degrees: a stamp is pressed at an angle, a page turned as a whole is not."""
MOST_PLACES = 50


class Layout:
    """The lines of one part, ready to be asked about spans of its text."""

    def __init__(self, part: Part) -> None:
        """Look at ``part``; parts without lines have no traits, and spans as places."""
        self.part = part
        self._starts = [line.start for line in part.lines]

    @cached_property
    def _usual_height(self) -> float:
        return median(line.box[3] for line in self.part.lines) if self.part.lines else 0.0

    def lines(self, start: int, end: int) -> Iterator[Line]:
        """Yield the lines that the span touches."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        for line in self.part.lines[first:]:
            if line.start >= end:
                return
            if line.end > start:
                yield line

    def traits(self, start: int, end: int) -> frozenset[str]:
        """Return what is special about the lines of a span: top, bottom, large, red, boxed, tilted."""
        return frozenset(trait for line in self.lines(start, end) for trait in self._traits(line))

    def _traits(self, line: Line) -> Iterator[str]:
        if self.part.size:
            middle = (line.box[1] + line.box[3] / 2) / max(self.part.size[1], 1)
            if middle < TOP:
                yield "top"
            elif middle > BOTTOM:
                yield "bottom"
        if line.box[3] > LARGE * self._usual_height:
            yield "large"
        if line.red > RED:
            yield "red"
        if line.boxed:
            yield "boxed"
        if TILTED[0] < abs(line.angle) < TILTED[1]:
            yield "tilted"

    def places(self, start: int, end: int) -> Iterator[Place]:
        """Yield where a span stands: the boxes of its lines on a page, or the span itself."""
        if not self.part.lines:
            yield Place(self.part.id, start, end, self.part.page)
            return
        for line in self.lines(start, end):
            yield Place(self.part.id, page=self.part.page, box=line.box)
