"""Where in a picture a document lies: its paper where that stands out, and in any case all of its writing.

A copy in which the document is covered needs it.  The region is upright and rather too large than too small.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.model import Box
from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.look import paper
from backend.readers.pictures.ocr import Found

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom."""
SMALLEST = 0.08
"""Share of the picture below which a pale area is no paper to go by."""
HELD = 0.6
"""Share of the writing's area that paper holds, if it is what the writing is on."""
AIR = 0.03
"""Of the longer side of the picture, around what was found: edges are soft and letters reach beyond their boxes."""


def region(pixels: Pixels, found: Sequence[Found], scale: float) -> Box | None:
    """Return the box of a document on RGB pixels; ``scale`` is pixels of the displayed picture to one of them."""
    height, width = pixels.shape[:2]
    block, sheet = _writing(found), _sheet(pixels)
    if block and sheet and _area(_meeting(block, sheet)) < HELD * _area(block):
        sheet = None
    around = [one for one in (block, sheet) if one]
    if not around:
        return None
    air = AIR * max(width, height)
    left, top = (max(0.0, min(one[side] for one in around) - air) for side in (0, 1))
    right = min(float(width), max(one[2] for one in around) + air)
    bottom = min(float(height), max(one[3] for one in around) + air)
    return round(left * scale), round(top * scale), round((right - left) * scale), round((bottom - top) * scale)


def _writing(found: Sequence[Found]) -> Rectangle | None:
    if not found:
        return None
    return (
        min(one.x for one in found),
        min(one.y for one in found),
        max(one.x + one.width for one in found),
        max(one.y + one.height for one in found),
    )


def _sheet(pixels: Pixels) -> Rectangle | None:
    rectangle = paper(pixels)
    if rectangle is None or rectangle[2] * rectangle[3] < SMALLEST * pixels.shape[0] * pixels.shape[1]:
        return None
    x, y, width, height = rectangle
    return x, y, x + width, y + height


def _meeting(one: Rectangle, other: Rectangle) -> Rectangle:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _area(one: Rectangle) -> float:
    return max(0.0, one[2] - one[0]) * max(0.0, one[3] - one[1])
