"""How the lines of a page run: its slope at each height, and the slope of a stamp of its own.

A slope is found by turning ink until its rows stand apart most sharply.  A page that the
camera saw at an angle has another slope at its top than at its bottom.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.ocr import Found

BANDS = 3
MOST_POINTS = 8_000
FEWEST_POINTS = 300
STEEPEST = 12.0
"""Degrees; a page that lies more askew is rare, and its lines are then read as found."""
STAMPED = 25.0
"""Degrees up to which a stamp may be pressed against the page."""
WIDE = 4.0
"""A line so many times as wide as high shows the page's slope."""
Points = tuple[NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Slope:
    """Degrees, counter-clockwise, of a page's lines: ``base + rate * y``."""

    base: float = 0.0
    rate: float = 0.0

    def at(self, y: float) -> float:
        """Return the slope at a height of the picture."""
        return float(np.clip(self.base + self.rate * y, -STEEPEST, STEEPEST))


LEVEL = Slope()


def levelled(line: Found, slope: Slope) -> Found:
    """Return a line moved and flattened as if the page lay level."""
    rise = math.tan(math.radians(slope.at(_middle(line))))
    height = max(line.height - line.width * abs(rise), 0.3 * line.height)
    middle = _middle(line) + (line.x + line.width / 2) * rise
    return replace(line, y=middle - height / 2, height=height)


def page_slope(pixels: Pixels, found: Sequence[Found]) -> Slope:
    """Return the slope of a page's lines."""
    wide = sorted((line for line in found if line.width > WIDE * line.height or len(line.text) >= 12), key=_middle)
    if not wide:
        return LEVEL
    ink = _ink(pixels)
    size = max(1, -(-len(wide) // BANDS))
    bands = [wide[start : start + size] for start in range(0, len(wide), size)]
    known = [(float(np.mean([_middle(one) for one in band])), slope) for band, slope in _slopes(ink, bands)]
    if len(known) < BANDS:
        return Slope(float(np.median([slope for _, slope in known]))) if known else LEVEL
    heights, slopes = np.array(known).T
    rate, base = np.polyfit(heights, slopes, 1)
    if np.abs(base + rate * heights - slopes).max() > 1.0:  # no straight page: a curl, or a band misjudged
        return Slope(float(np.median(slopes)))
    return Slope(float(base), float(rate))


def _slopes(ink: NDArray[np.uint8], bands: list[list[Found]]) -> list[tuple[list[Found], float]]:
    measured = ((band, _points(ink, band)) for band in bands)
    return [(band, _steepness(points, STEEPEST)) for band, points in measured if len(points[0]) >= FEWEST_POINTS]


def stamp_slope(ink: NDArray[Any], page: float) -> float:
    """Return the slope of what stands alone on ink of its own, as a stamp and its frame do."""
    y, x = np.nonzero(ink)
    if len(x) < FEWEST_POINTS:
        return page
    return _steepness(_thinned(x, y), STAMPED)


def _middle(line: Found) -> float:
    return line.y + line.height / 2


def _ink(pixels: Pixels) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 14)
    return np.asarray(dark, dtype=np.uint8)


def _points(ink: NDArray[np.uint8], band: list[Found]) -> Points:
    """Return where ink stands in the boxes of some lines."""
    top, bottom = max(0, int(min(one.y for one in band))), int(max(one.y + one.height for one in band)) + 1
    strip = ink[top:bottom]
    mask = np.zeros_like(strip)
    for line in band:
        left, above = max(0, int(line.x)), max(0, int(line.y) - top)
        mask[above : int(line.y + line.height) + 1 - top, left : int(line.x + line.width) + 1] = 1
    y, x = np.nonzero(strip & mask)
    return _thinned(x, y)


def _thinned(x: NDArray[Any], y: NDArray[Any]) -> Points:
    step = max(1, len(x) // MOST_POINTS)
    return x[::step].astype(np.float32), y[::step].astype(np.float32)


def _steepness(points: Points, most: float) -> float:
    """Return the degrees at which the rows of ink stand apart most sharply."""
    rough = max(np.arange(-most, most + 0.5, 1.0), key=lambda degrees: _sharpness(points, float(degrees)))
    fine = np.arange(rough - 0.8, rough + 0.81, 0.2)
    return round(float(max(fine, key=lambda degrees: _sharpness(points, float(degrees)))), 1)


def _sharpness(points: Points, degrees: float) -> float:
    x, y = points
    rows = y + x * np.float32(np.tan(np.radians(degrees)))
    counts = np.bincount((rows - rows.min()).astype(np.int32))
    return float((counts.astype(np.float64) ** 2).sum())
