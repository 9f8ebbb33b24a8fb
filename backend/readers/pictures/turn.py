"""Which way up a page lies, judged by how well it reads.

Measured over drawn and real pages at 960: upright pages read with a certainty of 0.89
and more, upside-down ones with 0.66 and less.  Lines that run up and down show a page
on its side, whichever way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.ocr import Engine, Found, certainty, weight

SURE = 0.84
LITTLE = 12
"""Fewer characters than these do not tell which way is up."""


@dataclass(frozen=True)
class Turned:
    """A reading of pixels after turning them counter-clockwise by ``quarters``."""

    quarters: int
    pixels: Pixels
    found: list[Found]


def on_side(found: list[Found]) -> bool:
    """Return whether most characters stand in lines that run up or down."""
    tall = sum(len(line.text) for line in found if line.tall)
    return tall > 0.5 * sum(len(line.text) for line in found)


def reads_well(turned: Turned) -> bool:
    """Return whether the engine is as sure as it is of upright pages only."""
    return certainty(turned.found) >= SURE


def amount(turned: Turned) -> float:
    """Return how much was read."""
    return weight(turned.found)


def read_upright(
    engine: Engine,
    pixels: Pixels,
    hint: list[Found],
    sure: Callable[[Turned], bool] = reads_well,
    worth: Callable[[Turned], float] = amount,
) -> Turned:
    """Return the best reading of all turns; ``hint`` is what a first look read unturned.

    Turns are tried in order of likelihood and end with the first that ``sure`` accepts;
    where it accepts none, the one of most ``worth`` is returned.
    """
    order = (1, 3) if on_side(hint) else (0, 2)
    tried: list[Turned] = []
    for quarters in order:
        turned = np.ascontiguousarray(np.rot90(pixels, quarters))
        tried.append(Turned(quarters, turned, engine.read(turned)))
        if sure(tried[-1]):
            return tried[-1]
        if weight(hint) < LITTLE:
            break
    return max(tried, key=worth)


def unturned(box: tuple[float, float, float, float], quarters: int, size: tuple[int, int]) -> tuple[float, ...]:
    """Return where a box of turned pixels lies in the unturned ones of a width and height."""
    x, y, w, h = box
    width, height = size
    if quarters == 1:
        return (width - y - h, x, h, w)
    if quarters == 2:
        return (width - x - w, height - y - h, w, h)
    if quarters == 3:
        return (y, height - x - w, h, w)
    return box
