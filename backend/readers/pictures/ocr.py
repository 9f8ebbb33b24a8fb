"""Reading text out of pixels, behind a small interface.

The engine is ``faster-paddle`` (PP-OCRv6 tiny inside a Rust extension): 0.3 s for a
page on two cores, Chinese, Latin and Japanese letters; no Cyrillic, no Hangul, and
Vietnamese without some of its tone marks.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from PIL import Image

from backend.readers import Unreadable
from backend.readers.pictures.decode import Pixels

FULL, QUICK = 960, 480
"""Longest side that detection sees, for reading and for a first look."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line as the engine read it; the box is upright, in pixels of what it was given."""

    text: str
    confidence: float
    x: float
    y: float
    width: float
    height: float

    @property
    def tall(self) -> bool:
        """The line runs up or down the picture."""
        return len(self.text) > 1 and self.height > 1.5 * self.width


class Engine(Protocol):
    """Reads the lines of a picture, in no particular order."""

    def read(self, pixels: Pixels) -> list[Found]:
        """Return what is written on RGB pixels."""


class FasterPaddle:
    """PP-OCRv6 tiny by ``faster-paddle``."""

    def __init__(self, side: int) -> None:
        """Load the model; raises :class:`ImportError` where it is not installed."""
        for setting in ("OCR_DET_SPIN", "OCR_REC_SPIN"):
            # Spinning gains nothing on two idle cores and takes them from a busy browser.
            os.environ.setdefault(setting, "0")
        from faster_paddle import OcrEngine

        threads = min(2, os.cpu_count() or 1)
        self._engine = OcrEngine(model_size="tiny", threads=threads, det_max_side=side, det_min_side=0)

    def read(self, pixels: Pixels) -> list[Found]:
        """Return what is written on RGB pixels."""
        if min(pixels.shape[:2]) < 8:
            return []
        bounds = self._engine.ocr(_encoded(pixels))["bounds"]
        return [_found(bounds[key]) for key in sorted(bounds) if bounds[key]["text"].strip()]


def _encoded(pixels: Pixels) -> bytes:
    """Return the pixels as the engine wants them; a bitmap costs least to write and read."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "BMP")
    return out.getvalue()


def _found(bound: dict[str, object]) -> Found:
    left, top = (float(n) for n in bound["topLeftCoord"])  # type: ignore[attr-defined]
    right, bottom = (float(n) for n in bound["bottomRightCoord"])  # type: ignore[attr-defined]
    confidence = float(bound["confidence"])  # type: ignore[arg-type]
    return Found(str(bound["text"]).strip(), confidence, left, top, right - left, bottom - top)


@cache
def _loaded(side: int) -> Engine:
    return FasterPaddle(side)


def engine(side: int) -> Engine:
    """Return the engine for a longest side, loaded once; a machine without models has a gap."""
    try:
        return _loaded(side)
    except ImportError:
        raise Unreadable("no_models") from None


def weight(found: list[Found]) -> float:
    """Return characters times confidence: how much was really read."""
    return sum(len(line.text) * line.confidence for line in found)


def certainty(found: list[Found]) -> float:
    """Return the mean confidence over all characters, 0 when there are none."""
    characters = sum(len(line.text) for line in found)
    return weight(found) / characters if characters else 0.0
