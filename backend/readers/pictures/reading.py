"""Read one page whole: upright, in whatever script, its likely markings first.

What comes early is told as it comes: the lines of a first look, which already show a
marking in the letters the engine knows, then the likely markings of other scripts.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.readers.pictures import scripts
from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.guess import guess
from backend.readers.pictures.ocr import Engine, Found, certainty
from backend.readers.pictures.sheet import Sheet
from backend.readers.pictures.turn import Turned, amount, on_side, read_upright, reads_well

EARLY = 0.8
"""Confidence of a line from which it is told before the page has been read whole."""
LEGIBLE, SOME_LINES = 0.65, 4
"""Certainty below which so many lines are a guess and no reading; upright Latin and Chinese pages have 0.9."""


@dataclass(frozen=True)
class Page:
    """What was read of a page, and what could not be."""

    sheet: Sheet
    script: str = ""
    """The script that cannot be read on this machine, as far as it can be told."""

    whole: bool = True
    """Whether every line was read in its own script."""

    @property
    def legible(self) -> bool:
        """Whether its lines are a reading and no guess."""
        found = self.sheet.turned.found
        return not self.script and (len(found) < SOME_LINES or certainty(found) >= LEGIBLE)


def early(pixels: Pixels, found: list[Found]) -> Sheet | None:
    """Return what a first look read for sure, unless the page lies askew or is in another script."""
    if on_side(found) or not reads_well(Turned(0, pixels, found)):
        return None
    return Sheet(Turned(0, pixels, [line for line in found if line.confidence >= EARLY]))


def read_page(engine: Engine, pixels: Pixels, hint: list[Found], tell: scripts.Tell) -> Page:
    """Return the best reading of a page; ``hint`` is what a first look read unturned."""
    others: dict[int, tuple[Sheet, scripts.Other | None]] = {}

    def sure(turned: Turned) -> bool:
        if reads_well(turned):
            return True
        sheet = Sheet(turned)
        other = scripts.recognise(sheet) if scripts.unknown(turned.found) else None
        others[turned.quarters] = sheet, other
        return other is not None

    turned = read_upright(engine, pixels, hint, sure, _worth)
    sheet, other = others.get(turned.quarters, (Sheet(turned), None))
    if other is not None:
        whole = len(turned.found) <= scripts.MOST
        return Page(scripts.read_other(sheet, other, tell), whole=whole)
    if reads_well(turned):
        return Page(scripts.with_tones(sheet))
    return Page(sheet, scripts.missing(turned.found))


def _worth(turned: Turned) -> float:
    """Return how much was read, twice where it is at least clear in which script: upside down nothing is."""
    return amount(turned) * (2 if guess(turned.found) else 1)
