"""Photograph a drawn paper as a phone would.

Fates: ``held`` (in the hand, some perspective), ``desk`` (poor light, a shadow,
noise), ``social`` (resized and compressed again by a social network), ``screen``
(photo of a screen).  The same arguments give the same bytes.

    python -m tests.photos.draw OUT --script zh --fate held --seed 1
"""

from __future__ import annotations

import argparse
import io
import random
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.photos.paper import draw_paper, papers

Pixels = NDArray[Any]
FATES = ("held", "desk", "social", "screen")
ORIENTATIONS = {0: 1, 90: 6, 180: 3, 270: 8}
TILT = {"held": 0.05, "desk": 0.07, "social": 0.04, "screen": 0.03}


def _table(width: int, height: int, rng: np.random.Generator) -> Pixels:
    """Return a wooden table top: streaks of one colour."""
    colour = rng.integers((60, 70, 90), (120, 140, 180))
    streaks = cv2.resize(rng.normal(0, 9, (height // 8, 12)).astype(np.float32), (width, height))
    wood: Pixels = np.clip(colour + streaks[:, :, None], 0, 255).astype(np.uint8)
    return wood


def _corners(width: int, height: int, tilt: float, rng: np.random.Generator) -> Pixels:
    """Return where the four corners of the paper come to lie."""
    inset = np.array([[0.07, 0.06], [0.93, 0.06], [0.93, 0.94], [0.07, 0.94]])
    moved = inset + rng.uniform(-tilt, tilt, (4, 2))
    return (np.clip(moved, 0.01, 0.99) * (width, height)).astype(np.float32)


def _light(height: int, width: int, dark: bool, rng: np.random.Generator) -> Pixels:
    """Return the light's strength over the picture: a slope, and in poor light a shadow's edge."""
    grid = np.array([[rng.uniform(0.8, 1.0) for _ in range(3)] for _ in range(3)], np.float32)
    light = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
    if dark:
        mask = np.zeros((height // 8, width // 8), np.float32)
        points = rng.uniform(0, 1, (3, 2)) * (width // 8, height // 8)
        cv2.fillPoly(mask, [points.astype(np.int32)], 1.0)
        light = light * (0.85 - 0.35 * cv2.resize(cv2.GaussianBlur(mask, (0, 0), 12), (width, height)))
    return light


def fitted(page: Pixels, size: tuple[int, int], fate: str, rng: np.random.Generator) -> Pixels:
    """Return where the corners of anything flat come to lie, in its own proportions."""
    height, width = page.shape[:2]
    scale = min(0.9 * size[0] / width, 0.9 * size[1] / height)
    half = np.array([width * scale / size[0], height * scale / size[1]]) / 2
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half + 0.5
    moved = corners + rng.uniform(-TILT[fate], TILT[fate], (4, 2)) * half
    return (np.clip(moved, 0.01, 0.99) * size).astype(np.float32)


def photograph(thing: Pixels, fate: str, size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    """Return a picture of anything flat, of a width and a height."""
    return _photograph(thing, fate, size, rng, fitted(thing, size, fate, rng))


def developed(picture: Pixels, fate: str, **also: Any) -> bytes:
    """Return a picture as a JPEG file, made small and pressed once more where a social network did so."""
    image = Image.fromarray(np.ascontiguousarray(picture))
    if fate == "social":
        image.thumbnail((1280, 1280), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=72 if fate == "social" else 88, **also)
    return out.getvalue()


def _photograph(
    page: Pixels, fate: str, size: tuple[int, int], rng: np.random.Generator, target: Pixels | None = None
) -> Pixels:
    width, height = size
    picture: Pixels = _table(width, height, rng) if fate != "screen" else np.full((height, width, 3), 22, np.uint8)
    target = _corners(width, height, TILT[fate], rng) if target is None else target
    source = np.array([[0, 0], [page.shape[1], 0], [page.shape[1], page.shape[0]], [0, page.shape[0]]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    cv2.warpPerspective(page, matrix, size, dst=picture, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    if fate == "screen":
        rows = 1 - 0.1 * (np.sin(np.arange(height) * 2.1) > 0)
        picture = (picture * rows[:, None, None]).astype(np.uint8)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.2 if fate == "desk" else 0.8)
    light = _light(height, width, fate == "desk", rng)[:, :, None]
    tint = np.array([1.0, 0.98, 0.94] if fate != "screen" else [0.95, 0.98, 1.0], np.float32)
    noise = rng.normal(0, 7 if fate == "desk" else 3, (height, width, 1)).astype(np.float32)
    lit: Pixels = np.clip(picture * light * tint + noise, 0, 255).astype(np.uint8)
    return lit


def _thumb(picture: Pixels, rng: np.random.Generator) -> None:
    """Lay a thumb over part of the lower edge."""
    height, width = picture.shape[:2]
    centre = (round(width * rng.uniform(0.2, 0.8)), height)
    cv2.ellipse(picture, centre, (width // 12, height // 7), 0, 0, 360, (205, 160, 135), -1)


def _exif(orientation: int, position: tuple[float, float] | None) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Invented", orientation
    if position:
        gps = exif.get_ifd(0x8825)
        for key, value, names in ((1, position[0], "NS"), (3, position[1], "EW")):
            minutes = abs(value) * 60
            gps[key] = names[value < 0]
            gps[key + 1] = (float(minutes // 60), float(minutes % 60 // 1), round(minutes % 1 * 60, 2))
    return exif.tobytes()


def draw(
    script: str = "zh",
    fate: str = "held",
    seed: int = 0,
    *,
    marking: str | None = None,
    turn: int = 0,
    exif_turn: int = 0,
    position: tuple[float, float] | None = None,
    top_third: bool = False,
    thumb: bool = False,
    size: tuple[int, int] = (3000, 4000),
) -> bytes:
    """Return a JPEG photo of a paper in a script; 12 megapixels unless resized by its fate.

    ``marking`` is the paper's first unless given (``""``: unmarked).  ``turn`` turns the
    pixels by so many degrees clockwise; ``exif_turn`` stores them so turned that EXIF
    must turn them clockwise to be upright.  ``position`` is a latitude and a longitude.
    """
    chosen = papers()[script]["markings"][0] if marking is None else marking
    rng = np.random.default_rng([seed, FATES.index(fate), sorted(papers()).index(script)])
    page = np.asarray(draw_paper(script, chosen, seed))
    if top_third:
        page = page[: page.shape[0] // 3]
        size = (size[0], size[1] // 3)
    if fate == "social":  # it will be small: draw it at half the size
        size = (size[0] // 2, size[1] // 2)
    picture = _photograph(page, fate, size, rng)
    if thumb:
        _thumb(picture, rng)
    picture = np.rot90(picture, -(turn // 90) + exif_turn // 90)
    return developed(picture, fate, exif=_exif(ORIENTATIONS[exif_turn], position))


photo = cache(draw)
"""The same, remembered: tests that look at one photo draw it once."""


def main() -> None:
    """Write one photo to a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--script", choices=sorted(papers()), default="zh")
    parser.add_argument("--fate", choices=FATES, default="held")
    parser.add_argument("--seed", type=int, default=random.Random().randrange(10**6))
    parser.add_argument("--marking", default=None)
    parser.add_argument("--turn", type=int, choices=(0, 90, 180, 270), default=0)
    parser.add_argument("--exif-turn", type=int, choices=(0, 90, 180, 270), default=0)
    parser.add_argument("--position", type=float, nargs=2, metavar=("LAT", "LON"))
    parser.add_argument("--top-third", action="store_true")
    parser.add_argument("--thumb", action="store_true")
    given = vars(parser.parse_args())
    out, position = given.pop("out"), given.pop("position")
    out.write_bytes(draw(position=tuple(position) if position else None, **given))


if __name__ == "__main__":
    main()
