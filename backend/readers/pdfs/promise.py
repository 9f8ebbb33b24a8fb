"""Which pages of a long scan are read first: those on which a marking is likeliest.

The first pages and the last carry most markings; of the others, those with red ink, since
stamps, seals and red headers are red.  A small picture of each page tells, in a fraction
of the time that reading takes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from backend.readers.gather.limits import Limits
from backend.readers.pdfs.page import LONGEST, Page
from backend.readers.pictures.look import red_ink

FEW = 12
"""So many pages are read soon enough in their own order."""
FRONT = 3
SMALL = 360
"""Longest side in pixels of the small pictures."""
RED = 0.001
"""Share of a page that a small stamp takes."""


def in_order(pdf: Any, numbers: list[int], limits: Limits) -> list[int]:
    """Return page numbers in the order in which to read them: front, last, those with red ink, the rest."""
    if len(numbers) <= FEW:
        return numbers
    front = [*numbers[:FRONT], numbers[-1]]
    rest = numbers[FRONT:-1]
    red = [number for number in rest if not limits.late and _red(pdf, number) > RED]
    return [*front, *red, *(number for number in rest if number not in set(red))]


def _red(pdf: Any, number: int) -> float:
    """Return the share of a page that is red ink; a page that is all red is a photo or a cover."""
    page = Page(pdf, number - 1)
    pixels = np.asarray(page.picture(SMALL / LONGEST))
    page.close()
    share = float(red_ink(pixels).mean() / 255)
    return share if share < 0.3 else 0.0
