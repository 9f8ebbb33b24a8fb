"""Photos and screenshots: JPEG, PNG, WebP, and the first frame of GIF, BMP and TIFF.

First a look, in a tenth of a second: is this a document, is there writing, where was it
taken.  Only where there is something to read does the full reading follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.model import Box, Gap, Part, Reading, Signal
from backend.readers import Progress
from backend.readers.pictures import beside, codes, document, evidence, intimate, ocr
from backend.readers.pictures.decode import Picture, Pixels, open_picture
from backend.readers.pictures.lines import make_part
from backend.readers.pictures.look import Look, look
from backend.readers.pictures.position import position
from backend.readers.pictures.proof import prove_picture
from backend.readers.pictures.reading import Page, early, read_page
from backend.readers.pictures.region import region
from backend.readers.pictures.safe import LARGEST, safe_copy
from backend.readers.pictures.sheet import Sheet
from backend.readers.pictures.turn import Turned

KIND = "picture"
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/tiff")
STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")

FIRST, FULL = 960, 1600
"""Longest side in pixels of what the first look and the full reading see."""
FAINT = 0.15
"""Below this strength nothing is said of a document."""
SURE = 0.5
STEPS = 8
LITTLE = 4.0
"""Characters (times confidence) at the first look from which reading on is worth the time."""


@dataclass(frozen=True)
class FirstLook:
    """What a first look at a picture saw."""

    pixels: Pixels
    seen: Look
    found: list[ocr.Found]
    features: dict[str, float]
    scale: float
    """Pixels of the displayed picture to one of those looked at."""
    codes: list[codes.Code]


class _Steps:
    """Counts the steps of a reading; how many there will be is not known, so the last is a leap."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._done = progress, -1

    def tell(self, reading: Reading | None = None) -> None:
        self._done = min(self._done + 1, STEPS - 1)
        self._progress(self._done, STEPS, "steps", reading)

    def end(self) -> None:
        self._progress(STEPS, STEPS, "steps")


def sniff(data: bytes) -> bool:
    """Return whether a file begins as a picture of a known format does."""
    return data.startswith(STARTS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def warm() -> None:
    """Load both models."""
    ocr.engine(ocr.QUICK)
    ocr.engine(ocr.FULL)


def first_look(picture: Picture) -> FirstLook:
    """Return features of look and text, within a tenth of a second where there is little to read."""
    pixels = picture.pixels(FIRST)
    height, width = pixels.shape[:2]
    seen = look(pixels)
    found = ocr.engine(ocr.QUICK).read(pixels)
    features = {**seen.features, **document.text_features(found, (width, height))}
    coded = codes.find(picture, pixels)
    return FirstLook(pixels, seen, found, features, picture.size[0] / width, coded)


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return the writing in a picture and what the picture is; told early by ``progress``."""
    picture = open_picture(data)
    steps = _Steps(progress)
    steps.tell()
    glance = first_look(picture)
    signals = (*_signals(id, glance, data), *codes.signals(id, glance.codes))
    steps.tell(Reading(signals=signals))
    if ocr.weight(glance.found) < LITTLE and document.strength(glance.features) < SURE:
        steps.end()
        return Reading(codes.with_words(id, None, glance.codes, picture.size), signals)
    steps.tell(Reading(_early(id, glance, picture), signals))
    seen = evidence.signals(id, glance.pixels, glance.scale, document.strength(glance.features), glance.found)
    signals = (*signals, *seen)
    pixels = picture.pixels(FULL)

    def tell(sheet: Sheet) -> None:
        steps.tell(Reading((make_part(id, sheet, picture.size),), signals))

    page = read_page(ocr.engine(ocr.FULL), pixels, glance.found, tell)
    turned = page.sheet.turned
    part = make_part(id, page.sheet, picture.size)
    if turned.quarters:
        signals = _surer(id, signals, glance, _upright_features(glance, turned))
    gaps = tuple(_gaps(id, signals, page))
    coded = codes.on_paper(pixels, picture.size, glance.seen.features["bars"], glance.codes)
    signals = (*(one for one in signals if one.kind != "code"), *codes.signals(id, coded))
    steps.end()
    return Reading(codes.with_words(id, part, coded, picture.size), signals, gaps)


def _early(id: str, glance: FirstLook, picture: Picture) -> tuple[Part, ...]:
    """Return the words that the first look read for sure, so that a marking is told long before the page is read."""
    sheet = early(glance.pixels, glance.found)
    part = make_part(id, sheet, picture.size) if sheet else None
    return (part,) if part and part.text else ()


def _gaps(id: str, signals: tuple[Signal, ...], page: Page) -> Iterator[Gap]:
    """Yield what of a document's writing could not be read: a script, or a faint hand."""
    shown = any(signal.kind == "document" and signal.strength >= SURE for signal in signals)
    if shown and page.script:
        yield Gap(id, f"script_{page.script}")
    elif shown and not page.legible:
        yield Gap(id, "illegible")
    if not page.whole:
        yield Gap(id, "overfull")


def _upright_features(glance: FirstLook, turned: Turned) -> dict[str, float]:
    """Return the features of a turned page with the text as it reads upright: at first look it was gibberish."""
    height, width = turned.pixels.shape[:2]
    return {**glance.features, **document.text_features(turned.found, (width, height))}


def _surer(id: str, signals: tuple[Signal, ...], glance: FirstLook, features: dict[str, float]) -> tuple[Signal, ...]:
    """Return signals in which a document is as sure as either look found."""
    first = next((signal for signal in signals if signal.kind == "document"), None)
    now = _document(id, glance, features)
    if now is None or (first is not None and first.strength >= now.strength):
        return signals
    return (now, *(signal for signal in signals if signal.kind != "document"))


def _document(id: str, glance: FirstLook, features: dict[str, float]) -> Signal | None:
    """Return the signal of a document, unless it is too faint to speak of."""
    strength = round(document.strength(features), 3)
    if strength < FAINT:
        return None
    where = region(glance.pixels, glance.found, glance.scale)
    return Signal("document", strength, id, box=where, details={"kind": document.kind(features)})


def copy(data: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> tuple[bytes, str]:
    """Return a safe copy of a picture; see :func:`safe_copy`."""
    return safe_copy(data, boxes, strip_metadata)


def copyable(data: bytes) -> bool:
    """Return whether the picture is not too large to be drawn anew."""
    width, height = open_picture(data).size
    return width * height <= LARGEST


def prove(copied: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> None:
    """Raise :class:`Unreadable` where a copy shows or says what it should not."""
    prove_picture(copied, boxes, strip_metadata)


def _signals(id: str, glance: FirstLook, data: bytes) -> list[Signal]:
    shown = _document(id, glance, glance.features)
    signals = [shown] if shown else []
    where = position(data)
    if where:
        details = {"latitude": f"{where[0]:.4f}", "longitude": f"{where[1]:.4f}"}
        signals.append(Signal("position", 1.0, id, details=details))
    signals.extend(beside.signals(id, data))
    if not shown or shown.strength < SURE:
        signals.extend(intimate.signals(id, glance.pixels))
    return signals
