"""What a picture's file says beside its pixels: when and with whose camera it was taken, and an older look of it.

EXIF (JEITA CP-3451) holds a small preview.  Programs that crop or cover a picture often leave the old one in, so that
it shows what was taken away; it is compared with the picture itself.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from PIL import ExifTags, Image, ImageOps

from backend.model import Signal
from backend.readers.pictures.decode import ORIENTATION, exif_of, opaque, open_image, open_picture

EXIF, PREVIEW = ExifTags.IFD.Exif, ExifTags.IFD.IFD1
WHEN, SERIAL, OWNER, ARTIST = (0x9003, 0x9004, 0x0132), (0xA431, 0xC62F), 0xA430, 0x013B
LONGEST, LARGEST_PREVIEW = 60, 400_000
SIDE = 40
"""Cells along the longer side when a preview is compared: smaller things are told by compression alone."""
BARS, DARK = 0.16, 26
"""Black bars that cameras add to fit a preview into 4:3: their share of a side at most, their brightness."""
SHAPE = 0.06
"""Relative difference of the two shapes from which something was cut away."""
ALIKE, FAR, FEWEST = 0.7, 48.0, 6
"""Correlation below which it is another picture; difference of a cell, of 255, that is no filter; how many cells."""


def signals(id: str, data: bytes, exif: bytes | None = None) -> Iterator[Signal]:
    """Yield what is told beside the pixels; ``exif`` where the pixels were packed anew and have lost it."""
    details = camera(exif if exif is not None else data, bare=exif is not None)
    if details:
        yield Signal("camera", 1.0, id, details=MappingProxyType(details))
    old = preview(data if exif is None else exif, bare=exif is not None)
    if old is not None:
        how = difference(old, opaque(Image.fromarray(open_picture(data).pixels(480))))
        if how:
            yield Signal("preview", 1.0, id, details=MappingProxyType({"how": how}))


def camera(data: bytes, bare: bool = False) -> dict[str, str]:
    """Return ``time``, ``serial`` and ``owner`` where the file names them."""
    try:
        exif = _exif(data, bare)
        inner = exif.get_ifd(EXIF)
    except Exception:  # cameras write odd things here
        return {}
    found = {
        "time": next((_time(said) for said in (inner.get(tag) or exif.get(tag) for tag in WHEN) if _time(said)), ""),
        "serial": next((_words(said) for said in (inner.get(tag) or exif.get(tag) for tag in SERIAL) if said), ""),
        "owner": _words(inner.get(OWNER)) or _words(exif.get(ARTIST)),
    }
    return {name: value for name, value in found.items() if value}


def _exif(data: bytes, bare: bool) -> Any:
    if not bare:
        return exif_of(open_image(data))
    exif = Image.Exif()
    exif.load(data)
    return exif


def _words(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    text = " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())[:LONGEST]
    return text if re.search(r"[^\W0]", text) else ""


def _time(value: Any) -> str:
    found = re.match(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d)", _words(value))
    return f"{found[1]}-{found[2]}-{found[3]} {found[4]}" if found and found[1] > "1970" else ""


def preview(data: bytes, bare: bool = False) -> Image.Image | None:
    """Return the small picture in the EXIF data, the right way up, or ``None``."""
    try:
        said: bytes = data if bare else open_image(data).info["exif"]
        exif = _exif(said, bare=True)
        inner = exif.get_ifd(PREVIEW)
        start, length = int(inner[0x0201]), int(inner[0x0202])
        block = said[6:] if said.startswith(b"Exif\x00\x00") else said
        packed = block[start : start + min(length, LARGEST_PREVIEW)]
        small = Image.open(io.BytesIO(packed), formats=("JPEG",))
        if max(small.size) > 1024:
            return None
        small.load()
        return ImageOps.exif_transpose(_turned(small, exif.get(ORIENTATION, 1)))
    except Exception:  # none, or none that can be shown
        return None


def _turned(small: Image.Image, orientation: int) -> Image.Image:
    """Return the pixels alone with the orientation of the picture they belong to."""
    clean = Image.new("RGB", small.size)
    clean.paste(opaque(small))
    clean.getexif()[ORIENTATION] = orientation
    return clean


def difference(old: Image.Image, now: Image.Image) -> str:
    """Return ``"cropped"`` or ``"changed"`` where an old preview shows something else than the picture, else ``""``."""
    wanted = now.size[0] / now.size[1]
    old = _without_bars(old, wanted)
    if abs(old.size[0] / old.size[1] / wanted - 1) > SHAPE:
        return "cropped"
    cells = (SIDE, max(4, round(SIDE / wanted))) if wanted >= 1 else (max(4, round(SIDE * wanted)), SIDE)
    before, after = (_cells(one, cells) for one in (old, now))
    if min(before.std(), after.std()) < 6:
        return ""
    if np.corrcoef(before.ravel(), after.ravel())[0, 1] < ALIKE:
        return "changed"
    slope, level = np.polyfit(after.ravel(), before.ravel(), 1)
    apart = (np.abs(before - (slope * after + level)) > FAR).astype(np.uint8)
    return "changed" if int(apart.sum()) >= FEWEST and _together(apart) >= FEWEST else ""


def _together(apart: Any) -> int:
    """Return how many of the cells that differ touch each other: a thing, and no shimmer along edges."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(apart)
    return int(stats[1:, 4].max()) if count > 1 else 0


def _cells(image: Image.Image, size: tuple[int, int]) -> Any:
    return np.asarray(image.convert("L").resize(size, Image.Resampling.BOX), dtype=float)


def _without_bars(old: Image.Image, wanted: float) -> Image.Image:
    """Return a preview without the black bars that fit another shape into 4:3."""
    width, height = old.size
    if abs(width / height / wanted - 1) <= SHAPE / 2:
        return old
    grey = np.asarray(old.convert("L"))
    rows, columns = np.flatnonzero(grey.max(axis=1) > DARK), np.flatnonzero(grey.max(axis=0) > DARK)
    if not len(rows) or not len(columns):
        return old
    top, bottom = min(rows[0], int(BARS * height)), max(rows[-1] + 1, height - int(BARS * height))
    left, right = min(columns[0], int(BARS * width)), max(columns[-1] + 1, width - int(BARS * width))
    return old.crop((int(left), int(top), int(right), int(bottom)))
