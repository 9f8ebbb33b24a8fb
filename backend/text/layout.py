"""Where words stand on a page that OCR read: which line, and what is special about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from statistics import median

from backend.model import THREAD, Line, Part, Place

TOP, BOTTOM = 0.22, 0.85
"""Shares of the written part of the page above and below which a line counts as top or bottom."""
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
        return median(_height(line) for line in self.part.lines) if self.part.lines else 0.0

    @cached_property
    def _extent(self) -> tuple[float, float]:
        """Where the writing begins and ends, from the top: a photo shows more than its page."""
        depths = [self._depth(line) for line in self.part.lines]
        return min(depths), max(depths)

    def _depth(self, line: Line) -> float:
        """Return how far down the middle of a line is on the upright page, in pixels."""
        x, y, width, height = line.box
        across, down = x + width / 2, y + height / 2
        return (down, -across, -down, across)[self.part.turned % 4]

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
        top, bottom = self._extent
        place = (self._depth(line) - top) / max(bottom - top, 1.0)
        if place < TOP:
            yield "top"
        elif place > BOTTOM:
            yield "bottom"
        if _height(line) > LARGE * self._usual_height:
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


def _height(line: Line) -> float:
    """Return the height of a line's letters; the box of a tilted line is higher than they are."""
    return line.height or line.box[3]


def remedies(places: Iterable[Place]) -> tuple[str, ...]:
    """Return what can be done about places: cut words of a text, cover boxes of a picture.

    What the other side said in a chat is theirs, and nothing can be cut there.
    """
    boxed = {place.box is not None for place in places if place.part != THREAD}
    return tuple(name for name, box in (("cut_text", False), ("cover_boxes", True)) if box in boxed)
