"""From found lines to a part: reading order, boxes in the displayed picture, how each is printed."""

from __future__ import annotations

from backend.model import Box, Line, Part
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.sheet import Sheet
from backend.readers.pictures.slope import LEVEL, Slope, levelled
from backend.readers.pictures.turn import Turned, unturned

DOUBTFUL = 0.3
"""A line read with less certainty is a pattern in the wallpaper, not writing."""
COLUMN_LINES = 4


def make_part(id: str, sheet: Sheet, size: tuple[int, int]) -> Part:
    """Return what was read as one part; ``size`` is the displayed picture's width and height."""
    turned = sheet.turned
    found = [line for line in turned.found if line.confidence >= DOUBTFUL]
    texts: list[str] = []
    lines: list[Line] = []
    position = 0
    for flat, line in in_order(found, sheet.slope):
        look, end = sheet.printed(line), position + len(line.text)
        box, scale = _displayed(line, turned, size)
        angle, height = round(sheet.angle(line), 1), round(flat.height * scale, 1)
        lines.append(Line(position, end, box, round(line.confidence, 3), look.red, look.boxed, angle, height))
        texts.append(line.text)
        position = end + 1
    return Part(id, "\n".join(texts), origin="ocr", size=size, lines=tuple(lines), turned=turned.quarters)


def _displayed(line: Found, turned: Turned, size: tuple[int, int]) -> tuple[Box, float]:
    """Return the line's box in the displayed picture, and its pixels to one of the turned ones."""
    height, width = turned.pixels.shape[:2]
    if turned.quarters % 2:
        width, height = height, width
    scale = size[0] / width
    box = unturned((line.x, line.y, line.width, line.height), turned.quarters, (width, height))
    x, y, w, h = (side * scale for side in box)
    x, y = max(0.0, x), max(0.0, y)
    w, h = min(w, size[0] - x), min(h, size[1] - y)
    return (round(x), round(y), max(1, round(w)), max(1, round(h))), scale


def in_order(found: list[Found], slope: Slope = LEVEL) -> list[tuple[Found, Found]]:
    """Return lines as a person reads them: columns, then rows, then left to right.

    Each comes in two: as it would lie on a level page, and as it was found.
    """
    flat = [levelled(line, slope) for line in found]
    back = {id(level): line for level, line in zip(flat, found, strict=True)}
    return [(line, back[id(line)]) for line in _columns(sorted(flat, key=lambda line: line.y))]


def _columns(lines: list[Found]) -> list[Found]:
    """Return lines column by column where a gap runs down between them; wide lines break the columns."""
    middle = _gutter(lines)
    if middle is None:
        return _rows(lines)
    ordered: list[Found] = []
    band: list[Found] = []
    for line in lines:
        if line.x < middle < line.x + line.width:
            ordered += _halves(band, middle) + [line]
            band = []
        else:
            band.append(line)
    return ordered + _halves(band, middle)


def _halves(band: list[Found], middle: float) -> list[Found]:
    left = [line for line in band if line.x < middle]
    return _rows(left) + _rows([line for line in band if line.x >= middle])


def _gutter(lines: list[Found]) -> float | None:
    """Return where few lines cross and several whole lines of text stand on both sides."""
    long = [line for line in lines if len(line.text) >= 8]
    if len(long) < 2 * COLUMN_LINES:
        return None
    for middle in sorted({line.x - 0.5 * line.height for line in long}):
        crossing = sum(line.x < middle < line.x + line.width for line in lines)
        left = [line for line in long if line.x + line.width <= middle]
        right = [line for line in long if line.x >= middle]
        if min(len(left), len(right)) >= COLUMN_LINES and crossing <= 0.15 * len(lines):
            return middle
    return None


def _rows(lines: list[Found]) -> list[Found]:
    """Return lines row by row: those whose middles are less than half a line apart share one."""
    rows: list[list[Found]] = []
    for line in sorted(lines, key=lambda line: line.y + line.height / 2):
        last = rows[-1][0] if rows else None
        middle = line.y + line.height / 2
        if last and abs(middle - last.y - last.height / 2) < 0.5 * min(line.height, last.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x)]
