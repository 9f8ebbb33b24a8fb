"""Tesseract by ``tesserocr``, for scripts that the main engine does not know: one line at a time.

It reads lines well and photographed pages badly, so lines are found by the main engine
and cut out level.  What it can read depends on the language files of this machine, in
Debian ``tesseract-ocr-rus`` and the like.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tesseract*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
DOTS = 200
"""Resolution of a cut-out line, told to Tesseract so that it does not guess."""
SMALLER = 0.75
MOST_LOADED = 3
"""Languages that a thread keeps."""


@cache
def languages() -> dict[str, str]:
    """Return the installed languages and the folder of each; none where ``tesserocr`` is not installed."""
    try:
        _module()
    except ImportError:
        return {}
    found: dict[str, str] = {}
    for folder in _folders():
        for file in folder.glob("*.traineddata"):
            found.setdefault(file.stem, str(folder))
    return found


def _folders() -> list[Path]:
    named = os.environ.get("TESSDATA_PREFIX")
    first = [Path(named), Path(named) / "tessdata"] if named else []
    globs = (Path(Path(one).anchor).glob(str(Path(one).relative_to(Path(one).anchor))) for one in FOLDERS)
    return [*first, *sorted(chain.from_iterable(globs), reverse=True)]


@cache
def _module() -> Any:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # a line is too short to share among threads
    import tesserocr

    return tesserocr


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(2, os.cpu_count() or 1), thread_name_prefix="lines")


_mine = threading.local()


def _reader(language: str) -> Any:
    """Return this thread's own reader of a language."""
    loaded: dict[str, Any] = _mine.__dict__.setdefault("loaded", {})
    if language not in loaded:
        if len(loaded) >= MOST_LOADED:
            loaded.pop(next(iter(loaded))).End()
        tool = _module()
        loaded[language] = tool.PyTessBaseAPI(
            path=languages()[language], lang=language, psm=tool.PSM.SINGLE_LINE, oem=tool.OEM.LSTM_ONLY
        )
    return loaded[language]


def read_lines(lines: Sequence[Grey], language: str) -> list[tuple[str, float]]:
    """Return text and confidence (0 to 1) of each grey, level line, read with one installed language."""
    return list(_pool().map(lambda grey: _read(grey, language), lines))


def _read(grey: Grey, language: str) -> tuple[str, float]:
    read = _read_once(grey, language)
    if read[0]:
        return read
    # It sees no line at all in some sizes of clear print, above all Arabic; another size mends that.
    smaller = cv2.resize(grey, None, fx=SMALLER, fy=SMALLER, interpolation=cv2.INTER_AREA)
    return _read_once(np.ascontiguousarray(smaller, dtype=np.uint8), language)


def _read_once(grey: Grey, language: str) -> tuple[str, float]:
    reader = _reader(language)
    height, width = grey.shape
    reader.SetImageBytes(grey.tobytes(), width, height, 1, width)
    reader.SetSourceResolution(DOTS)
    text = " ".join(reader.GetUTF8Text().split())
    return text, max(0, reader.MeanTextConf()) / 100 if text else 0.0
