"""Reading text out of pixels, behind a small interface.

An engine is a module of ``engines`` whose ``Engine(side).read(pixels)`` returns lines.
The first that can be imported is used: ``paddle`` (fast), then ``rapid`` (the fallback);
``SECONDLOOK_OCR`` names one.  Scripts that neither knows are read line by line with
Tesseract where it is installed; see :mod:`backend.readers.pictures.scripts`.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from backend.readers import Unreadable
from backend.readers.pictures.decode import Pixels

FULL, QUICK = 960, 480
"""Longest side that detection sees, for reading and for a first look."""
SETTING = "SECONDLOOK_OCR"
ENGINES = ("paddle", "rapid")
"""In order of preference."""


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


def names() -> tuple[str, ...]:
    """Return the engines to try, as the setting says."""
    wanted = os.environ.get(SETTING, "").strip().lower()
    return (wanted,) if wanted in ENGINES else ENGINES


@cache
def _loaded(side: int) -> Engine:
    problem: ImportError | None = None
    for name in names():
        try:
            engine: Engine = importlib.import_module(f"backend.readers.pictures.engines.{name}").Engine(side)
            return engine
        except ImportError as error:
            problem = error
    raise problem or ImportError("no engine")


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
