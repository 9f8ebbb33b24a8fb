"""Official red ink at 720 pixels: headers, the line under them, its star, seals and stamps.

A seal is told by what adverts, logos, signs and coffee stains lack: one red ink, a thin
rim all the way round, something printed inside, and pale paper in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.look import Mask, red_ink

Corners = tuple[float, float, float, float]
SIDE = 720
"""Longest side in pixels of what is looked at."""
LEAST = 0.0006
"""Share of red below which nothing red is looked for."""
SMALLEST, LARGEST = 0.05, 0.42
"""Sides of a seal as shares of the picture's shorter side."""
DIRECTIONS = 72


@dataclass(frozen=True, slots=True)
class Red:
    """One red thing: ``header``, ``line``, ``star``, ``seal`` or ``stamp``, how sure, and where."""

    kind: str
    strength: float
    box: Corners
    shape: str = ""
    """Of a seal: ``round`` or ``square``."""


def red_things(pixels: Pixels) -> list[Red]:
    """Return what official red ink shows on RGB pixels; boxes are in pixels of what was given."""
    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    found = _things(np.asarray(small, dtype=np.uint8))
    return [replace(one, box=_grown(one.box, scale)) for one in found]


def _grown(box: Corners, scale: float) -> Corners:
    x, y, w, h = (side / scale for side in box)
    return (x, y, w, h)


def _things(pixels: Pixels) -> list[Red]:
    red = _pure(pixels)
    if cv2.countNonZero(red) < LEAST * red.size:
        return []
    pale = _pale(pixels)
    things = [*_lines(red, pale), *_seals(red, pale)]
    return [*things, *_headers(red, pale, things)]


def _pure(pixels: Pixels) -> Mask:
    """Return 255 where ink is red and not brown or orange, as coffee and wood are."""
    red = red_ink(pixels)
    y, x = np.nonzero(red)
    r, g, b = (pixels[y, x, channel].astype(np.int16) for channel in range(3))
    brown = (g - b) * 10 > (r - np.minimum(g, b)) * 3
    red[y[brown], x[brown]] = 0
    return red


def _pale(pixels: Pixels) -> Mask:
    """Return 1 where there is bright paper without much colour."""
    r, g, b = cv2.split(pixels)
    top, low = (np.asarray(pick(pick(r, g), b)).astype(np.uint16) for pick in (cv2.max, cv2.min))
    # At most three tenths of the brightest channel between the channels.
    pale: Mask = ((top > 95) & (10 * low >= 7 * top)).astype(np.uint8)
    return pale


def _on_paper(red: Mask, pale: Mask, box: tuple[int, int, int, int], grow: int = 4) -> bool:
    """Return whether what is not red in and around a box is nearly all paper."""
    x, y, w, h = box
    part = slice(max(0, y - grow), y + h + grow), slice(max(0, x - grow), x + w + grow)
    other = cv2.dilate(red[part], np.ones((5, 5), np.uint8)) == 0
    return int(other.sum()) > 20 and float(pale[part][other].mean()) > 0.6


def _lines(red: Mask, pale: Mask) -> Iterator[Red]:
    """Yield long, thin, straight red lines, and the star that breaks one."""
    for wide, kernel in ((True, (1, 9)), (False, (9, 1))):
        joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones(kernel, np.uint8))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
        for number, (x, y, w, h, _area) in enumerate(stats[1:count].tolist(), 1):
            long, thick = (w, h) if wide else (h, w)
            if long < 0.25 * min(red.shape) or thick > 0.16 * long or not _on_paper(red, pale, (x, y, w, h), 9):
                continue
            patch = labels[y : y + h, x : x + w] == number
            bulge = _thin(patch if wide else patch.T, 0.014 * max(red.shape))
            if bulge is None:
                continue
            yield Red("line", 0.8, (x, y, w, h))
            start, end = bulge
            if end > start and _pointed((patch if wide else patch.T)[:, start:end].astype(np.uint8)):
                box = (x + start, y, end - start, h) if wide else (x, y + start, w, end - start)
                yield Red("star", 0.9, box)


def _thin(patch: Mask, most: float) -> tuple[int, int] | None:
    """Return where a thin straight line from left to right bulges, from and to; ``(0, 0)`` where nowhere."""
    thickness = patch.sum(axis=0)
    usual = float(np.median(thickness))
    if usual > most or float((thickness > 0).mean()) < 0.9:
        return None
    plain = (thickness > 0) & (thickness <= 2 * usual + 2)
    at = np.flatnonzero(plain)
    rows = np.arange(len(patch))[:, None]
    middle = (patch[:, at] * rows).sum(axis=0) / thickness[at]
    slope, height = np.polyfit(at, middle, 1)
    if float(np.std(middle - slope * at - height)) > max(1.5, 0.008 * len(thickness)):
        return None
    thicker = np.flatnonzero(~plain & (thickness > 0))
    if not len(thicker):
        return (0, 0)
    start, end = int(thicker[0]), int(thicker[-1]) + 1
    while start > 0 and thickness[start - 1] > usual:
        start -= 1
    while end < len(thickness) and thickness[end] > usual:
        end += 1
    if end - start > 0.14 * len(thickness):
        return (0, 0) if len(thicker) < 0.1 * len(thickness) else None
    return (start, end) if 0.3 * len(thickness) < (start + end) / 2 < 0.7 * len(thickness) else (0, 0)


def _pointed(patch: Mask) -> bool:
    """Return whether what breaks a line is as hollow as a star: about half of its hull."""
    contours, _ = cv2.findContours(patch, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest: Any = max(contours, key=cv2.contourArea)
    area, hull = cv2.contourArea(largest), cv2.contourArea(cv2.convexHull(largest))
    return bool(hull > 60 and 0.38 < area / hull < 0.75)


def _seals(red: Mask, pale: Mask) -> Iterator[Red]:
    """Yield round and square seals and stamps in a frame."""
    side = min(red.shape)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    for number, (x, y, w, h, area) in enumerate(stats[1:count].tolist(), 1):
        if not (SMALLEST * side < max(w, h) < 1.4 * LARGEST * side and min(w, h) > 0.03 * side):
            continue
        box = (x, y, w, h)
        if area > 0.62 * w * h or not _on_paper(red, pale, box):
            continue
        part = slice(y, y + h), slice(x, x + w)
        rim = (labels[part] == number).astype(np.uint8)
        framed = _framed(rim, red[part])
        if framed:
            square = max(framed) < 1.6 * min(framed)
            yield Red("seal" if square else "stamp", 0.8, box, "square" if square else "")
        elif max(w, h) < LARGEST * side and (round_ := _ring(rim, red[part])) > 0.8:
            yield Red("seal", round(round_, 2), box, "round")


def _framed(rim: Mask, red: Mask) -> tuple[float, float] | None:
    """Return the sides of a thin rectangle around red print, level or tilted."""
    contours, tree = cv2.findContours(rim, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = max(range(len(contours)), key=lambda one: cv2.contourArea(contours[one]))
    rect = cv2.minAreaRect(contours[outer])
    area = max(1.0, rect[1][0] * rect[1][1])
    if cv2.contourArea(contours[outer]) < 0.86 * area:
        return None
    holes = [cv2.contourArea(contours[one]) for one in range(len(contours)) if tree[0][one][3] == outer]
    if sum(holes) < 0.4 * area:
        return None
    inner = cv2.boxPoints((rect[0], (rect[1][0] * 0.72, rect[1][1] * 0.72), rect[2]))
    inside = cv2.fillPoly(np.zeros_like(red), [inner.astype(np.int32)], 1)
    ink = float((red[inside > 0] > 0).mean()) if inside.any() else 0.0
    return (rect[1][0], rect[1][1]) if 0.06 < ink < 0.65 else None


def _ring(rim: Mask, red: Mask) -> float:
    """Return the share of directions in which a thin rim is met, if there is print inside; else 0."""
    h, w = rim.shape
    if not 0.72 < w / h < 1.4:
        return 0.0
    y, x = np.nonzero(rim)
    u, v = (x - (w - 1) / 2) / (w / 2), (y - (h - 1) / 2) / (h / 2)
    radius = np.hypot(u, v)
    direction = (np.arctan2(v, u) * DIRECTIONS / 2 / np.pi).astype(int) % DIRECTIONS
    outermost = np.zeros(DIRECTIONS)
    np.maximum.at(outermost, direction, radius)
    met = (outermost > 0.86) & (outermost < 1.1)
    near = radius > 0.86
    thickness = np.bincount(direction[near], minlength=DIRECTIONS) / (max(w, h) * np.pi / DIRECTIONS) / (w / 2)
    if np.median(thickness) > 0.13:
        return 0.0
    yy, xx = np.mgrid[0:h, 0:w]
    inside = np.hypot((xx - w / 2) / (w / 2), (yy - h / 2) / (h / 2)) < 0.75
    ink = float((red[inside] > 0).mean())
    return float(met.mean()) if 0.03 < ink < 0.5 else 0.0


def _headers(red: Mask, pale: Mask, things: list[Red]) -> Iterator[Red]:
    """Yield rows of large red letters along a line, or across the page, whichever way it lies."""
    loose = red.copy()
    for thing in things:
        x, y, w, h = (int(n) for n in thing.box)
        loose[max(0, y - 1) : y + h + 2, max(0, x - 1) : x + w + 2] = 0
    reach = max(9, round(0.035 * max(red.shape)))
    for wide, kernel in ((True, (3, reach)), (False, (reach, 3))):
        joined = cv2.morphologyEx(loose, cv2.MORPH_CLOSE, np.ones(kernel, np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
        for x, y, w, h, _area in stats[1:count].tolist():
            long, thick = (w, h) if wide else (h, w)
            if not (long > 0.25 * min(red.shape) and 0.016 * max(red.shape) < thick < 0.11 * max(red.shape)):
                continue
            patch = loose[y : y + h, x : x + w]
            letters = cv2.connectedComponents(patch)[0] - 1
            if long > 3.2 * thick and letters >= 4 and 0.12 < patch.mean() / 255 < 0.62:
                if _on_paper(red, pale, (x, y, w, h)):
                    strength = 0.9 if _underlined((x, y, w, h), wide, things) else 0.4
                    yield Red("header", strength, (x, y, w, h))


def _underlined(box: tuple[int, int, int, int], wide: bool, things: list[Red]) -> bool:
    """Return whether a line runs beside a header, as long as it or longer."""
    x, y, w, h = box
    for thing in things:
        if thing.kind != "line" or (thing.box[2] > thing.box[3]) != wide:
            continue
        apart = abs(thing.box[1] - y) if wide else abs(thing.box[0] - x)
        if apart < 6 * (h if wide else w):
            return True
    return False
