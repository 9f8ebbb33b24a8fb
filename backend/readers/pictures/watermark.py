"""Pale words that run up or down behind the print of a page: a watermark.

What is a little darker than the paper and is not print is looked for along many slopes.
Pale writing gathers in bands along its own slope; a shadow, a crease or grain does not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.look import Mask

SIDE = 640
SLOPES = (*range(-65, -15, 5), *range(20, 70, 5))
LEAST, MOST = 0.004, 0.2
"""Share of the picture that pale strokes take."""
STANDS_OUT = 1.6
"""Times the print's own two directions, and the other slopes, that bands must be as strong."""


@dataclass(frozen=True, slots=True)
class Watermark:
    """Where pale words run, how steeply (degrees, counter-clockwise), and how sure that is."""

    box: tuple[float, float, float, float]
    slope: float
    strength: float


def watermark(pixels: Pixels) -> Watermark | None:
    """Return the watermark of a page on RGB pixels, or ``None``."""
    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    pale = pale_strokes(np.asarray(small, dtype=np.uint8))
    if not LEAST < float(pale.mean()) < MOST:
        return None
    slope, strength = _slope(pale)
    if strength < STANDS_OUT:
        return None
    x, y, w, h = _extent(pale, slope)
    return Watermark((x / scale, y / scale, w / scale, h / scale), slope, round(min(0.95, strength / 5), 2))


def pale_strokes(pixels: Pixels) -> Mask:
    """Return 1 where something broader than print is a little darker than the paper around it."""
    low, top = _least(pixels), pixels.max(axis=2)
    grey = cv2.GaussianBlur(low, (3, 3), 0)
    # Closing fills what is narrower than its window, print and pale words, and follows shadows.
    paper = cv2.blur(cv2.morphologyEx(cv2.medianBlur(grey, 5), cv2.MORPH_CLOSE, np.ones((21, 21), np.uint8)), (9, 9))
    share = grey.astype(np.float32) / np.maximum(paper, 1)
    print_ = cv2.dilate((share < 0.7).astype(np.uint8), np.ones((3, 3), np.uint8))
    pale = ((share > 0.72) & (share < 0.945) & (print_ == 0) & (_sheet(low, top) > 0)).astype(np.uint8)
    return _large(np.asarray(cv2.morphologyEx(pale, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))))


def _least(pixels: Pixels) -> Mask:
    """Return the darkest channel, in which coloured words are as dark as grey ones."""
    least: Mask = cv2.min(cv2.min(pixels[:, :, 0], pixels[:, :, 1]), pixels[:, :, 2])
    return least


def _sheet(low: Mask, top: Mask) -> Mask:
    """Return 1 on the largest pale thing, which is the paper, without its rim."""
    bright, _ = cv2.threshold(cv2.resize(low, None, fx=0.25, fy=0.25), 0, 255, cv2.THRESH_OTSU)
    colourless: Mask = ((low > 0.62 * top) & (low > 0.8 * bright)).astype(np.uint8)
    closed = cv2.morphologyEx(colourless, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    sheet = np.zeros_like(low)
    if contours:
        cv2.fillPoly(sheet, [cv2.convexHull(max(contours, key=cv2.contourArea))], 1)
    return np.asarray(cv2.erode(sheet, np.ones((13, 13), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0))


def _large(pale: Mask) -> Mask:
    """Return the strokes without the specks that print and grain leave."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(pale)
    keep = np.zeros(count, np.uint8)
    keep[1:] = (stats[1:, 4] >= 24) & (np.maximum(stats[1:, 2], stats[1:, 3]) < 0.3 * max(pale.shape))
    kept: Mask = keep[labels]
    return kept


def _slope(pale: Mask) -> tuple[float, float]:
    """Return the slope along which pale strokes gather most, and how much more than along others."""
    half = cv2.resize(pale * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    bands = {slope: _gathered(half, slope) for slope in SLOPES}
    level = max(_gathered(half, 0), _gathered(half, 90))
    best = max(bands, key=lambda one: bands[one])
    others = float(np.median(list(bands.values())))
    return float(best), bands[best] / max(level, others, 1e-6)


def _gathered(pale: Mask, slope: float) -> float:
    """Return how unevenly strokes spread over bands of a slope; the picture's own shape is taken out."""
    size = int(math.hypot(*pale.shape)) + 1
    height, width = pale.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -slope, 1.0)
    turn[:, 2] += (size / 2 - width / 2, size / 2 - height / 2)
    rows = cv2.warpAffine(pale, turn, (size, size), flags=cv2.INTER_NEAREST).mean(axis=1)
    rows = np.convolve(rows, np.ones(3) / 3, "same")
    return float(np.square(rows).sum() / max(1e-6, rows.sum() ** 2) * size)


def _extent(pale: Mask, slope: float) -> tuple[float, float, float, float]:
    """Return the box around nearly all strokes."""
    y, x = np.nonzero(pale)
    (left, right), (top, bottom) = (np.percentile(axis, (2, 98)) for axis in (x, y))
    return float(left), float(top), float(right - left), float(bottom - top)
