"""Classical features of a picture at 384 pixels: paper, red ink, seals, edges, flatness.

About 5 ms; they decide, together with the text found, whether a picture shows a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from backend.readers.pictures.decode import Pixels

SIDE = 384
Mask = NDArray[Any]
"""One number a pixel; OpenCV's own types do not say which kind."""


@dataclass(frozen=True)
class Look:
    """What was seen: named features."""

    features: dict[str, float]


def look(pixels: Pixels) -> Look:
    """Return the features of RGB pixels of any size."""
    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    small = _resized(pixels, scale)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    red = red_ink(small)
    features = {**_tone(small, grey, hsv), **_paper(grey, hsv), **_strokes(grey), **_edges(grey)}
    features["red"] = float(red.mean() / 255)
    seal, rule = _red_things(red)
    features["seal"] = seal
    features["rule"] = float(rule)
    height, width = pixels.shape[:2]
    features["tallness"] = float(np.log(height / width))
    return Look(features)


def _resized(pixels: Pixels, scale: float) -> Pixels:
    if scale == 1.0:
        return pixels
    height, width = pixels.shape[:2]
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def red_ink(pixels: Pixels) -> Mask:
    """Return 255 where ink is red, under warm or dim light too."""
    r, g, b = (pixels[:, :, i].astype(np.int16) for i in range(3))
    strong = (r - np.maximum(g, b) > np.maximum(28, r // 4)) & (r > 60) & (np.abs(g - b) < 60)
    mask: Mask = (strong * 255).astype(np.uint8)
    return mask


def _tone(small: Pixels, grey: Mask, hsv: Mask) -> dict[str, float]:
    """Brightness, colour and how much of the picture is exactly flat, as on screens and scans."""
    dx = cv2.absdiff(small[:, 1:], small[:, :-1]).max(axis=2)
    counts = np.bincount((small // 32 @ np.array([64, 8, 1])).ravel(), minlength=512) / grey.size
    used = counts[counts > 0]
    return {
        "bright": float(grey.mean() / 255),
        "contrast": float(grey.std() / 128),
        "colour": float(hsv[:, :, 1].mean() / 255),
        "colourful": float((hsv[:, :, 1] > 90).mean()),
        "flat": float((dx <= 1).mean()),
        "smooth": float((dx <= 4).mean()),
        "variety": float(-(used * np.log(used)).sum() / 6),
        "commonest": float(np.sort(counts)[-4:].sum()),
        "white": float(((grey > 225) & (hsv[:, :, 1] < 30)).mean()),
    }


def _paper(grey: Mask, hsv: Mask) -> dict[str, float]:
    """The largest pale area: its share, how rectangular it is, how it stands out."""
    smooth, pale, largest = _pale(grey, hsv)
    if largest is None:
        return {"paper": 0.0, "rectangular": 0.0, "quad": 0.0, "paper_gain": 0.0}
    hull = cv2.convexHull(largest)
    area, hull_area = cv2.contourArea(largest), max(1.0, cv2.contourArea(hull))
    box = cv2.minAreaRect(hull)[1]
    corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)
    inside, outside = smooth[pale > 0], smooth[pale == 0]
    gain = float(inside.mean() - outside.mean()) / 255 if inside.size and outside.size else 0.0
    return {
        "paper": area / grey.size,
        "rectangular": hull_area / max(1.0, box[0] * box[1]) * area / hull_area,
        "quad": float(len(corners) == 4),
        "paper_gain": gain,
    }


def _pale(grey: Mask, hsv: Mask) -> tuple[Mask, Mask, Any]:
    """Return the picture without its print, where it is pale, and the outline of the largest pale area, if any."""
    smooth = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))  # fills in the print
    threshold, _ = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    pale = ((smooth > threshold) & (hsv[:, :, 1] < 110)).astype(np.uint8)
    contours, _ = cv2.findContours(pale, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return smooth, pale, max(contours, key=cv2.contourArea, default=None)


def paper(pixels: Pixels) -> tuple[float, float, float, float] | None:
    """Return the upright rectangle around the largest pale area of RGB pixels, or ``None``."""
    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    small = _resized(pixels, scale)
    largest = _pale(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), cv2.cvtColor(small, cv2.COLOR_RGB2HSV))[2]
    if largest is None:
        return None
    x, y, width, height = cv2.boundingRect(largest)
    return x / scale, y / scale, width / scale, height / scale


def _strokes(grey: Mask) -> dict[str, float]:
    """Small dark strokes on a lighter ground, as print has, and how they line up in rows."""
    ground = cv2.blur(grey, (15, 15))
    dark = (grey.astype(np.int16) < ground.astype(np.int16) - 12).astype(np.uint8)
    light = (grey.astype(np.int16) > ground.astype(np.int16) + 12).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    heights, widths, areas = stats[1:, 3], stats[1:, 2], stats[1:, 4]
    small = (heights >= 2) & (heights <= 20) & (widths <= 60) & (areas >= 3)
    rows, columns = dark.mean(axis=1), dark.mean(axis=0)
    return {
        "strokes": float(small.sum()) / 500,
        "small_share": float(areas[small].sum() / max(1, dark.sum())) if count > 1 else 0.0,
        "dark": float(dark.mean()),
        "light": float(light.mean()),
        "rows": max(_banding(rows), _banding(columns)),
        "rows_gap": abs(_banding(rows) - _banding(columns)),
    }


def _banding(profile: NDArray[np.floating[Any]]) -> float:
    """Return how much a profile swings from one line of print to the gap below it."""
    fine = profile - np.convolve(profile, np.ones(15) / 15, "same")
    return float(fine.std() / (profile.mean() + 0.02))


def _edges(grey: Mask) -> dict[str, float]:
    """Density, sharpness and direction of edges; print and paper have upright ones."""
    gx, gy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    size, angle = cv2.cartToPolar(gx, gy, angleInDegrees=True)
    strong = size > 80
    total = max(1, int(strong.sum()))
    folded = np.mod(angle[strong], 90)
    straight = float(((folded < 12) | (folded > 78)).sum() / total)
    coherent = _bars(gx, gy)
    blocks = cv2.resize(strong.astype(np.float32), (12, 12), interpolation=cv2.INTER_AREA)
    return {
        "edges": float(strong.mean()),
        "straight": straight,
        "sharp": float(np.log1p(cv2.Laplacian(grey, cv2.CV_32F).var()) / 10),
        "spread": float((blocks > 0.08).mean()),
        "even": float(blocks.std()),
        "bars": coherent,
        "bar_code": max(0.0, coherent - 0.6),
    }


def _bars(gx: Mask, gy: Mask) -> float:
    """Return the share of the picture where strong edges all run one way, as in a bar code, however it lies."""
    xx, yy, xy = (cv2.blur(product, (17, 17)) for product in (gx * gx, gy * gy, gx * gy))
    energy = xx + yy + 1.0
    coherence = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) / energy
    return min(1.0, 4 * float(((coherence > 0.9) & (energy > 12_000)).mean()))


def _red_things(red: Mask) -> tuple[float, bool]:
    """Return how round and hollow the roundest red thing is, 0 to 1, and whether a red line runs across the page.

    These are features among many, and often wrong alone; evidence that is shown to people is :mod:`.red`'s.
    """
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    height, width = red.shape
    seal, rule = 0.0, False
    for x, y, w, h, _area in stats[1:count].tolist():
        patch = red[y : y + h, x : x + w]
        rule = rule or _is_rule(patch, width) or _is_rule(patch.T, height)
        if 0.06 * width < w < 0.45 * width and 0.75 < w / h < 1.33:
            seal = max(seal, _ring(patch))
    return (seal if seal > 0.5 else 0.0), rule


def _is_rule(patch: Mask, across: int) -> bool:
    """Return whether red ink runs unbroken along a third of the picture, level or tilted."""
    h, w = patch.shape
    return w > 0.35 * across and h < 0.25 * w and float((patch > 0).any(axis=0).mean()) > 0.85


def _ring(patch: Mask) -> float:
    """Return the share of directions from the centre that meet red at the rim, unless it is all filled."""
    h, w = patch.shape
    if patch.mean() > 0.6 * 255:
        return 0.0
    y, x = np.nonzero(patch)
    u, v = (x - (w - 1) / 2) / (w / 2), (y - (h - 1) / 2) / (h / 2)
    rim = np.hypot(u, v) > 0.78
    directions = np.unique((np.arctan2(v[rim], u[rim]) * 18 / np.pi).astype(int) % 36)
    return len(directions) / 36
