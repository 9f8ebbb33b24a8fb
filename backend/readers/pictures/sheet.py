"""A page turned upright with the lines found on it: how they run and how each is printed, worked out once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from statistics import median

from backend.readers.pictures.ink import Print, printed, stamp
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.slope import Slope, levelled, page_slope
from backend.readers.pictures.turn import Turned

TOP, BOTTOM = 0.22, 0.85
"""Shares of the written part of a page above and below which markings stand."""
LARGE = 1.5
RED = 0.35
STEEP = 2.0
"""A box so many times as high as its page's lines may hold a line of another slope."""


class Sheet:
    """One reading of one page."""

    def __init__(self, turned: Turned) -> None:
        """Take a page; nothing is worked out before it is asked for."""
        self.turned = turned
        self._prints: dict[int, Print] = {}
        self._own: dict[int, float] = {}

    def reading(self, found: list[Found]) -> Sheet:
        """Return the same page with other words on its lines."""
        other = Sheet(replace(self.turned, found=found))
        other._prints, other._own = self._prints, self._own
        other.__dict__.update({"slope": self.slope, "usual_height": self.usual_height})
        return other

    @cached_property
    def slope(self) -> Slope:
        """How the page's lines run."""
        return page_slope(self.turned.pixels, self.turned.found)

    @cached_property
    def usual_height(self) -> float:
        """The height of most lines' letters, in pixels."""
        return median(levelled(line, self.slope).height for line in self.turned.found) if self.turned.found else 0.0

    def printed(self, line: Found) -> Print:
        """Return how a line is printed."""
        key = _place(line)
        if key not in self._prints:
            self._prints[key] = printed(self.turned.pixels, line)
        return self._prints[key]

    def slope_of(self, line: Found) -> float:
        """Return the degrees by which a line rises: a stamp's own, else its page's."""
        key = _place(line)
        if key not in self._own:
            page = self.slope.at(line.y + line.height / 2)
            self._own[key] = stamp(self.turned.pixels, line, page) if self._stands_out(line) else page
        return self._own[key]

    def angle(self, line: Found) -> float:
        """Return the degrees by which a line rises against its page."""
        return self.slope_of(line) - self.slope.at(line.y + line.height / 2)

    def stamped(self, line: Found) -> bool:
        """Return whether a line is red or stands in a frame."""
        look = self.printed(line)
        return look.boxed or look.red > RED

    def _stands_out(self, line: Found) -> bool:
        tall = levelled(line, self.slope).height > STEEP * self.usual_height
        return self.stamped(line) or (tall and len(line.text) > 1)

    def promising(self) -> list[Found]:
        """Return the lines that may be a marking, the likeliest first."""
        lines = self.turned.found
        if not lines:
            return []
        top, bottom = min(line.y for line in lines), max(line.y for line in lines)
        ranked = [(self._promise(line, (line.y - top) / max(1.0, bottom - top)), line) for line in lines]
        return [line for promise, line in sorted(ranked, key=lambda one: -one[0]) if promise > 0]

    def _promise(self, line: Found, depth: float) -> int:
        large = levelled(line, self.slope).height > LARGE * self.usual_height
        return 3 * self.stamped(line) + 2 * large + (depth < TOP) + (depth > BOTTOM)


def _place(line: Found) -> int:
    """Return a key of where a line stands, whatever it is read as."""
    return hash((line.x, line.y, line.width, line.height))
