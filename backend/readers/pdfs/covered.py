"""Text that is there but painted over: whoever gets the file can select, copy and read it.

A character is covered where everything around it looks the same and is not light: had it
been drawn last, its shape would show.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from backend.model import Box
from backend.readers.pdfs.page import Words

FLAT = 24
"""Differences in brightness up to this come from compression."""
DARK = 180
FEWEST = 3
"""Covered characters in a row; fewer are rules and bullets."""
MOST_CHARACTERS = 30_000


def covered(words: Words, picture: Image.Image) -> list[Box]:
    """Return the boxes of covered runs of text, in pixels of the page."""
    pixels = np.asarray(picture.convert("L"))
    boxes: list[Box] = []
    run: list[Box] = []
    for index in range(min(words.count, MOST_CHARACTERS, len(words.raw))):
        letter = words.raw[index]
        if letter in " \t" and run:
            continue
        box = words.character(index) if letter.isalnum() else None
        if box is not None and _flat(pixels, box):
            run.append(box)
            continue
        boxes += _joined(run)
        run = []
    return boxes + _joined(run)


def _flat(pixels: NDArray[np.uint8], box: Box) -> bool:
    x, y, width, height = box
    window = pixels[y : y + height, x : x + width]
    if window.size < 9:
        return False
    darkest, lightest = int(window.min()), int(window.max())
    return lightest - darkest <= FLAT and lightest < DARK


def _joined(run: list[Box]) -> list[Box]:
    if len(run) < FEWEST:
        return []
    left, top = min(box[0] for box in run), min(box[1] for box in run)
    right, bottom = max(x + w for x, _, w, _ in run), max(y + h for _, y, _, h in run)
    return [(left, top, right - left, bottom - top)]
