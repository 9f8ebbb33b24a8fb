"""PP-OCRv6 tiny by ``faster-paddle``: a page in 0.3 s on two cores, its models in the wheel.

Reads Chinese, Japanese and Latin letters (Vietnamese without some tone marks); Cyrillic,
Hangul and Arabic come out as look-alikes, with little certainty.
"""

from __future__ import annotations

import io
import os

from PIL import Image

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.ocr import Found

LEAST = 8
"""Pixels of the shorter side below which nothing is legible."""


class FasterPaddle:
    """One set of sessions for one size of detection."""

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
        if min(pixels.shape[:2]) < LEAST:
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


Engine = FasterPaddle
