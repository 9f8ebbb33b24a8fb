"""PP-OCRv6 small by ``rapidocr`` on onnxruntime: the fallback, kept up by many and slower.

The models lie in its wheel.  Recognition takes nearly
all of its time, so that one set of sessions, at the size for reading, serves first looks too.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import Any

import numpy as np

from backend.readers.pictures.decode import Pixels
from backend.readers.pictures.ocr import FULL, Found

LEAST = 8
SETTINGS = {
    "Global.use_cls": False,  # which way up is judged for the page as a whole
    "Global.log_level": "critical",
    "Det.limit_type": "max",
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,  # else 800 MB instead of 300
}


@cache
def _sessions() -> Any:
    """Return RapidOCR; raises :class:`ImportError` where it or onnxruntime is not installed."""
    import onnxruntime
    from rapidocr import RapidOCR

    onnxruntime.set_default_logger_severity(4)
    logging.getLogger("RapidOCR").disabled = True  # what it says may quote the picture
    threads = min(2, os.cpu_count() or 1)
    wanted = {"Det.limit_side_len": FULL, "EngineConfig.onnxruntime.intra_op_num_threads": threads}
    return RapidOCR(params={**SETTINGS, **wanted})


class Rapid:
    """RapidOCR for any size of detection."""

    def __init__(self, side: int) -> None:
        """Load the models; raises :class:`ImportError`."""
        del side
        self._engine = _sessions()

    def read(self, pixels: Pixels) -> list[Found]:
        """Return what is written on RGB pixels."""
        if min(pixels.shape[:2]) < LEAST:
            return []
        result = self._engine(np.ascontiguousarray(pixels[:, :, ::-1]))
        if result.boxes is None or result.txts is None:
            return []
        lines = zip(result.boxes, result.txts, result.scores, strict=True)
        return [_found(corners, text, score) for corners, text, score in lines if text.strip()]


def _found(corners: Any, text: str, score: float) -> Found:
    (left, top), (right, bottom) = np.min(corners, axis=0).tolist(), np.max(corners, axis=0).tolist()
    return Found(text.strip(), float(score), left, top, right - left, bottom - top)


Engine = Rapid
