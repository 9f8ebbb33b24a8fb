"""Is this a board that was written on: a pale, even ground, marker strokes of several colours, large letters.

No open picture set holds enough boards to teach a model; this is a rule of shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.look import Mask
from backend.readers.pictures.ocr import Found

SIDE = 480
GROUND = 0.4
"""Share of the picture that is pale and even."""
INK = (0.006, 0.13)
COLOURS = {"red": ((0, 8), (170, 180)), "green": ((38, 88),), "blue": ((95, 132),)}
"""OpenCV's hues, 0 to 180, of the markers that are sold."""
SHARE = 0.1
"""Share of the ink from which on a colour counts."""
LETTERS, LINES = 0.032, (2, 24)
"""Height of the usual line against the longer side; how many lines."""


def board(pixels: Pixels, found: Sequence[Found]) -> float:
    """Return how much RGB pixels with these lines look like a written board, 0 where they do not."""
    lines = [line for line in found if len(line.text) > 1 and line.confidence > 0.4]
    if not LINES[0] <= len(lines) <= LINES[1]:
        return 0.0
    if median(min(line.width, line.height) for line in lines) < LETTERS * max(pixels.shape[:2]):
        return 0.0
    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    small = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    ground, ink = _ground(small)
    share = float(ink.mean())
    if ground < GROUND or not INK[0] < share < INK[1]:
        return 0.0
    colours = _colours(small, ink)
    return round(min(0.9, 0.3 + 0.2 * colours), 2) if colours >= 2 else 0.0


def _ground(small: Pixels) -> tuple[float, Mask]:
    """Return the share of pale, even ground, and 1 where thin strokes lie on it."""
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    grey = small.min(axis=2)
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    bright, _ = cv2.threshold(paper, 0, 255, cv2.THRESH_OTSU)
    pale = (paper > max(90, 0.7 * bright)) & (cv2.blur(hsv[:, :, 1], (15, 15)) < 75)
    ink = ((grey < 0.72 * paper) & pale).astype(np.uint8)
    even = cv2.absdiff(grey, cv2.blur(grey, (9, 9))) < 8
    return float((pale & even & (ink == 0)).mean()), ink


def _colours(small: Pixels, ink: Mask) -> int:
    """Return how many colours of markers the strokes have; black is one."""
    hue, saturation, _ = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2HSV))
    inked = ink > 0
    strong = inked & (saturation > 80)
    total = max(1, int(inked.sum()))
    shares = [
        sum(int((strong & (hue >= low) & (hue <= high)).sum()) for low, high in ranges) / total
        for ranges in COLOURS.values()
    ]
    black = int((inked & (saturation < 60)).sum()) / total
    return sum(share > SHARE for share in shares) + (black > 2 * SHARE if max(shares) > SHARE else 0)
