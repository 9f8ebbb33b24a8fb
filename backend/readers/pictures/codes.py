"""Bar codes and QR codes in a picture: where they are and what they are.

Looked for are the codes that hold more than a number: QR, Aztec, PDF417 and, on documents, Data Matrix.  A first
search of the pixels that are there anyway takes 2 ms.  What was unread is looked at again, larger, and documents are in
any case; there codes are also levelled, since PDF417 is read by rows and boarding passes lie at all angles.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
import zxingcpp

from backend.model import Box, Line, Part, Signal
from backend.readers.pictures.decode import Picture, Pixels
from backend.readers.pictures.payloads import kind

FORMATS = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Aztec, zxingcpp.BarcodeFormat.PDF417)
ON_PAPER = (*FORMATS, zxingcpp.BarcodeFormat.DataMatrix)
CLOSER = 2000
"""Longest side in pixels of the second search."""
BARS = 0.04
"""Share of the picture whose edges all run one way, from which there may be a code; see ``look``."""
LEVEL = 2.0
"""Degrees up to which rows are read as they lie."""
SLANT_SIDE = 1200
MARGIN = 0.04
"""Air around a code, as a share of its size, that is covered with it."""
MOST = 20
TOLD = frozenset(("", "contact", "token"))
"""Kinds whose words are also looked at like any text: by lists, markings, identifiers."""
LONGEST_TEXT = 4_000


@dataclass(frozen=True)
class Code:
    """One code: what it is, its words, and where it is in the displayed picture."""

    kind: str
    text: str
    box: Box


@dataclass(frozen=True)
class Search:
    """What one search of some pixels gave."""

    codes: tuple[Code, ...] = ()
    unread: bool = False
    """There was a code that could not be made out."""


def find(picture: Picture, pixels: Pixels) -> list[Code]:
    """Return the codes of a picture; ``pixels`` are it made small.  Looks again, larger, only where one was unread."""
    first = search(pixels, picture.size)
    if not first.unread:
        return merged(first.codes)
    larger = picture.pixels(CLOSER)
    second = search(larger, picture.size)
    return merged((*first.codes, *second.codes, *(_level(larger, picture.size) if second.unread else ())))


def on_paper(pixels: Pixels, size: tuple[int, int], bars: float, known: Iterable[Code]) -> list[Code]:
    """Return the codes known and those on a document's larger pixels; ``bars`` is how much of it may be one."""
    found = search(pixels, size, ON_PAPER)
    codes = merged((*known, *found.codes))
    if found.unread or (bars > BARS and not codes):
        codes = merged((*codes, *_level(pixels, size)))
    return codes


def _level(pixels: Pixels, size: tuple[int, int]) -> tuple[Code, ...]:
    """Return the codes that lie askew: PDF417 is read by rows."""
    askew = slant(pixels)
    return search(pixels, size, FORMATS, askew).codes if abs(askew) >= LEVEL else ()


def slant(pixels: Pixels) -> float:
    """Return the angle, -45 to 45 degrees, of what runs all one way as bars do; 0 where nothing does."""
    scale = min(1.0, SLANT_SIDE / max(pixels.shape[:2]))
    grey = cv2.cvtColor(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    gx, gy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    xx, yy, xy = (cv2.blur(product, (25, 25)) for product in (gx * gx, gy * gy, gx * gy))
    along, across = xx - yy, 2 * xy
    apart, energy = cv2.magnitude(along, across), xx + yy + 1.0
    bars = (apart > 0.75 * energy) & (energy > 8_000)
    if not bars.any():
        return 0.0
    along, across, apart = along[bars], across[bars], apart[bars]
    # Four times the angle makes bars and the rows across them count as one direction.
    sine, cosine = (2 * along * across / apart).sum(dtype=float), ((along**2 - across**2) / apart).sum(dtype=float)
    return math.degrees(math.atan2(float(sine), float(cosine))) / 4


def search(pixels: Pixels, size: tuple[int, int], formats: Sequence[Any] = FORMATS, angle: float = 0.0) -> Search:
    """Search RGB pixels of a picture displayed at ``size``, turned back by so many degrees."""
    grey, back = _levelled(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), angle)
    scale = size[0] / pixels.shape[1]
    codes, unread = [], False
    for one in zxingcpp.read_barcodes(grey, formats=_set(formats), try_downscale=False, return_errors=True)[:MOST]:
        corners = _corners(one.position)
        if one.valid:
            codes.append(Code(kind(_text(one)), _text(one), _box(corners @ back[:, :2].T + back[:, 2], scale, size)))
        unread |= not one.valid and one.format != zxingcpp.BarcodeFormat.DataMatrix  # print often looks like one
    return Search(tuple(codes), unread)


def _set(formats: Sequence[Any]) -> Any:
    return list(formats)  # the library takes a list where its types say a set of its own


def _levelled(grey: Any, angle: float) -> tuple[Any, Any]:
    """Return grey pixels turned back by an angle, none cut off, and the matrix that leads back."""
    if not angle:
        return grey, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sin + width * cos), int(height * cos + width * sin)
    matrix[:, 2] += (wide - width) / 2, (high - height) / 2
    turned = cv2.warpAffine(grey, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderValue=127)
    return turned, cv2.invertAffineTransform(matrix)


def _corners(position: Any) -> Any:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([(point.x, point.y) for point in points], dtype=float)


def _box(corners: Any, scale: float, size: tuple[int, int]) -> Box:
    low, high = corners.min(axis=0) * scale, corners.max(axis=0) * scale
    air = MARGIN * (high - low) + 2
    left, top = np.maximum(0, np.floor(low - air)).astype(int).tolist()
    right, bottom = np.minimum(size, np.ceil(high + air)).astype(int).tolist()
    return left, top, max(1, right - left), max(1, bottom - top)


def _text(one: Any) -> str:
    """Return a code's words; where they are bytes, as of tickets, each byte as a character."""
    data = bytes(one.bytes)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = str(one.text)
        return data.decode("latin-1") if "<U+" in text or "\ufffd" in text else text


def merged(codes: Iterable[Code]) -> list[Code]:
    """Return each code once, where several searches found it."""
    kept: list[Code] = []
    for code in codes:
        if not any(code.text == other.text and _meet(code.box, other.box) for other in kept):
            kept.append(code)
    return kept


def _meet(one: Box, other: Box) -> bool:
    return all(one[i] < other[i] + other[i + 2] and other[i] < one[i] + one[i + 2] for i in (0, 1))


def signals(id: str, codes: Iterable[Code]) -> tuple[Signal, ...]:
    """Return one signal for each code that is of a kind that matters."""
    return tuple(
        Signal("code", 1.0, id, box=code.box, details=MappingProxyType({"kind": code.kind}))
        for code in codes
        if code.kind
    )


def with_words(id: str, part: Part | None, codes: Iterable[Code], size: tuple[int, int]) -> tuple[Part, ...]:
    """Return the picture's part with the words of codes behind its own lines, each where its code is.

    Codes that are a secret as a whole are left out: what they are is told, and telling it twice helps nobody.
    """
    part = part or Part(id, "", origin="ocr", size=size)
    text, lines = part.text, list(part.lines)
    for code in codes:
        words = " ".join(code.text[:LONGEST_TEXT].split())
        if code.kind in TOLD and words.isprintable() and words:
            start = len(text) + 1 if text else 0
            text = f"{text}\n{words}" if text else words
            lines.append(Line(start, len(text), code.box))
    return (Part(part.id, text, part.origin, part.page, part.size, tuple(lines), part.turned),) if text else ()
