"""What else tells that a page matters: red headers, seals, stamps, watermarks, a written board.

Each is a signal with a box.  None is looked for where a picture shows hardly any writing
and no paper, so that an ordinary photo costs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backend.model import Box, Signal
from backend.readers.pictures.board import board
from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.red import Red, red_things
from backend.readers.pictures.watermark import watermark

KINDS = ("red_header", "red_line", "star", "seal", "stamp", "watermark", "board")
SOME_LINES = 3
PAPER = 0.15
"""The strength of a document from which on there may be paper to look at."""
SURE = 0.5
"""The same, from which on pale patterns are worth a look; and a header's, if there is a line under it."""
SMALLEST = 64
"""Pixels of the shorter side below which nothing can be told."""


def signals(id: str, pixels: Pixels, scale: float, strength: float, found: Sequence[Found]) -> list[Signal]:
    """Return the evidence on RGB pixels; ``scale`` is pixels of the displayed picture to one of them.

    ``strength`` is how sure it is that they show a document, ``found`` what a first look read.
    """
    if min(pixels.shape[:2]) < SMALLEST or (strength < PAPER and len(found) < SOME_LINES):
        return []
    seen = list(_official(red_things(pixels)))
    told = [
        Signal(kind, one.strength, id, box=_box(one.box, scale), details={"shape": one.shape} if one.shape else {})
        for kind, one in seen
    ]
    if strength >= SURE and (behind := watermark(pixels)):
        details = {"slope": f"{behind.slope:.0f}"}
        told.append(Signal("watermark", behind.strength, id, box=_box(behind.box, scale), details=details))
    if written := board(pixels, found):
        told.append(Signal("board", written, id))
    return told


def _official(things: Sequence[Red]) -> Iterator[tuple[str, Red]]:
    """Yield red things with the names of their signals; a header without its line is any red word."""
    for one in things:
        if one.kind == "header":
            if one.strength >= SURE:
                yield "red_header", one
        else:
            yield "red_line" if one.kind == "line" else one.kind, one


def _box(box: tuple[float, float, float, float], scale: float) -> Box:
    x, y, w, h = (round(side * scale) for side in box)
    return (x, y, max(1, w), max(1, h))
