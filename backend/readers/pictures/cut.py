"""Cut single lines out of a page: level, of one height, grey, without the frame of a stamp."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.ocr import Found

HEIGHT = 48
"""Pixels of a line cut out, air included; Tesseract was taught with letters of about 36."""
AIR = 0.12
WHITE = 0.93
"""Share of the paper's brightness from which a pixel is paper."""
LONGEST = 2400
"""Pixels of the longest line cut out."""
FRAME = 0.55
"""Share of the cut that a frame's sides take at least, letters never."""


def cut_line(pixels: Pixels, line: Found, slope: float, framed: bool = False) -> NDArray[np.uint8]:
    """Return a line whose writing rises by ``slope`` degrees as dark grey on light, level."""
    rise = abs(math.tan(math.radians(slope)))
    height = max(line.height - line.width * rise, 0.3 * line.height)
    tall = height * (1 + 2 * AIR)
    scale = min(HEIGHT / tall, LONGEST / max(1.0, line.width + 0.6 * height))
    width = max(HEIGHT, int((line.width + 0.6 * height) * scale))
    centre = (line.x + line.width / 2, line.y + line.height / 2)
    matrix = cv2.getRotationMatrix2D(centre, -slope, scale)
    matrix[:, 2] += np.array([width / 2 - centre[0], HEIGHT / 2 - centre[1]])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    level = cv2.warpAffine(pixels, matrix, (width, HEIGHT), flags=how, borderMode=cv2.BORDER_REPLICATE)
    # Green: red ink is dark in it, and black as well.
    grey = np.ascontiguousarray(level[:, :, 1], dtype=np.uint8)
    return _bordered(_unframed(grey) if framed else grey)


def _bordered(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return ink on white: the grain of paper and the edge of the cut mislead Tesseract into seeing no line."""
    ink, paper = np.percentile(grey, 2), np.percentile(grey, 70) * WHITE
    white = np.clip((grey - ink) * (255 / max(20.0, paper - ink)), 0, 255).astype(np.uint8)
    framed = cv2.copyMakeBorder(white, 8, 8, 10, 10, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, dtype=np.uint8)


def _unframed(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the line with long strokes at its edges painted over, which are a frame's sides."""
    threshold, dark = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    paper = int(np.percentile(grey, 85))
    clean = grey.copy()
    height, width = grey.shape
    for number in range(1, count):
        x, y, w, h, area = stats[number].tolist()
        edge = x <= 1 or y <= 1 or x + w >= width - 1 or y + h >= height - 1
        long = w > FRAME * width and area < 0.35 * w * h
        flat = w > 2.5 * height and h < 0.25 * height
        side = h > 0.8 * height and w < 0.2 * height and (x < 0.6 * height or x + w > width - 0.6 * height)
        if long or (edge and (flat or side)):
            around = cv2.dilate((labels == number).astype(np.uint8), np.ones((3, 3), np.uint8))
            clean[around > 0] = paper
    return clean
