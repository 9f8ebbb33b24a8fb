"""How a line is printed: red ink, a frame around it; and the slope of a stamp."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.look import Mask, red_ink
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.slope import stamp_slope


@dataclass(frozen=True, slots=True)
class Print:
    """What a line looks like."""

    red: float = 0.0
    boxed: bool = False


def printed(pixels: Pixels, line: Found) -> Print:
    """Return how a line of RGB pixels is printed."""
    around = line.height * 0.9
    height, width = pixels.shape[:2]
    left, top = max(0, int(line.x - around)), max(0, int(line.y - around))
    right, bottom = min(width, int(line.x + line.width + around)), min(height, int(line.y + line.height + around))
    patch = pixels[top:bottom, left:right]
    if min(patch.shape[:2]) < 4:
        return Print()
    ink, red = _ink(patch), red_ink(patch)
    x, y, w, h = int(line.x - left), int(line.y - top), int(line.width), int(line.height)
    inner, inner_red = ink[y : y + h, x : x + w], red[y : y + h, x : x + w]
    marked = int(np.count_nonzero(inner | inner_red))
    share = int(np.count_nonzero(inner_red)) / marked if marked else 0.0
    return Print(round(share, 3), _framed(ink | red, (x, y, w, h)))


def stamp(pixels: Pixels, line: Found, page: float) -> float:
    """Return the slope of a line that stands out of its page, by its own ink and frame."""
    around = 0.5 * line.height
    left, top = max(0, int(line.x - around)), max(0, int(line.y - around))
    patch = pixels[top : int(line.y + line.height + around) + 1, left : int(line.x + line.width + around) + 1]
    if min(patch.shape[:2]) < 8:
        return page
    red = red_ink(patch)
    return stamp_slope(red if np.count_nonzero(red) > 200 else _ink(patch), page)


def _ink(patch: Pixels) -> Mask:
    """Return 255 where the patch is clearly darker than the paper around."""
    grey = cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY)
    size = max(15, (min(grey.shape) // 2) | 1)
    ground = cv2.blur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), (size, size))
    return ((grey < ground * 0.78) * 255).astype(np.uint8)


def _framed(ink: Mask, box: tuple[int, int, int, int]) -> bool:
    """Return whether one thin rectangle, level or tilted, runs around the box."""
    x, y, w, h = box
    if not _spanned(ink, box):
        return False
    contours, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for number, contour in enumerate(contours):
        if tree[0][number][3] >= 0 or not _around(np.array([cv2.boundingRect(contour)]), box).any():
            continue
        sides = cv2.minAreaRect(contour)[1]
        area = max(1.0, sides[0] * sides[1])
        hollow = sum(cv2.contourArea(contours[hole]) for hole in _holes(tree[0], number))
        if cv2.contourArea(contour) > 0.75 * area and hollow > 0.45 * area:
            return True
    return False


def _spanned(ink: Mask, box: tuple[int, int, int, int]) -> bool:
    """Return whether ink that hangs together reaches around the box: rare, and cheap to see."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    return count > 1 and bool(_around(stats[1:, :4], box).any())


def _around(rectangles: NDArray[Any], box: tuple[int, int, int, int]) -> NDArray[np.bool_]:
    """Return which rectangles, each left, top, width and height, reach around the box."""
    x, y, w, h = box
    left, top, width, height = rectangles.T
    across = (left <= x + 0.2 * h) & (left + width >= x + w - 0.2 * h)
    return np.asarray(across & (top <= y + 0.25 * h) & (top + height >= y + 0.75 * h))


def _holes(tree: NDArray[np.int32], number: int) -> Iterator[int]:
    """Yield the numbers of the contours inside one, from OpenCV's ``next, previous, child, parent``."""
    hole = int(tree[number][2])
    while hole >= 0:
        yield hole
        hole = int(tree[hole][0])
