"""Is this a picture of a document: features of look and text into one strength.

Logistic regression whose coefficients stand in ``document.json``, written by
``training/documents/train.py``.  A strength of 0.5 is where one ordinary photo in a
hundred would be taken for a document.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from backend.readers.pictures.ocr import Found, certainty, weight
from backend.text import papers
from backend.text.normalise import normalise

FILE = Path(__file__).parent / "document.json"
KINDS = ("page", "id", "receipt", "screen")
"""Those of which the open set has examples; the others are told by their words, in the detector."""
WORDS = "words_"
"""Begins the features that say how much words speak for a kind; they teach kinds, not what a document is."""
TOLD_BY = ("form", "id", "receipt", "screen")
MOST_POINTS = 6
CLEARLY = 0.6


def text_features(found: list[Found], size: tuple[int, int]) -> dict[str, float]:
    """Return what the lines found say about the picture; ``size`` is its width and height."""
    width, height = size
    lines = [line for line in found if len(line.text) > 1 and line.confidence > 0.4]
    heights = sorted(min(line.width, line.height) for line in lines)
    median = heights[len(heights) // 2] if heights else 0.0
    characters = sum(len(line.text) for line in lines)
    digits = sum(ch.isdigit() for line in lines for ch in line.text)
    long = sum(len(line.text) >= 12 for line in lines)
    covered = sum(line.width * line.height for line in lines)
    return {
        "lines": math.log1p(len(lines)),
        "read": math.log1p(weight(lines)),
        "certainty": certainty(lines),
        "long_lines": math.log1p(long),
        "longest": math.log1p(max((len(line.text) for line in lines), default=0)),
        "letter_size": median / max(width, height) * 20,
        "largest": (heights[-1] if heights else 0.0) / max(width, height) * 10,
        "small_print": math.log1p(sum(h < 0.03 * max(width, height) for h in heights)),
        "covered": covered / (width * height),
        "extent": _extent(lines, width * height),
        "digits": digits / characters if characters else 0.0,
        "margin": _aligned(lines),
        **_words(lines),
    }


def _words(lines: list[Found]) -> dict[str, float]:
    """Return how much the words speak for kinds of papers."""
    points = papers.points(normalise("\n".join(line.text for line in lines)).plain) if lines else {}
    return {WORDS + kind: float(min(MOST_POINTS, points.get(kind, 0))) for kind in TOLD_BY}


def _extent(lines: list[Found], area: int) -> float:
    """Return the share of the picture that the block of all lines takes."""
    if not lines:
        return 0.0
    left, top = min(line.x for line in lines), min(line.y for line in lines)
    right = max(line.x + line.width for line in lines)
    bottom = max(line.y + line.height for line in lines)
    return (right - left) * (bottom - top) / area


def _aligned(lines: list[Found]) -> float:
    """Return the log of how many lines begin at the commonest left (or upper) margin."""
    best = 0
    for starts in ([line.x for line in lines], [line.y for line in lines]):
        for start in starts:
            best = max(best, sum(abs(start - other) < 25 for other in starts))
    return math.log1p(best)


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return model


def strength(features: dict[str, float]) -> float:
    """Return how sure it is that the picture shows a document, 0 to 1."""
    return probability(_model()["document"], features)


def kind(features: dict[str, float]) -> str:
    """Return the likeliest kind of a document; a page unless it is clearly an id, a receipt or a screen."""
    return likeliest(_model()["kinds"], features)


def likeliest(models: dict[str, Any], features: dict[str, float]) -> str:
    """Return the kind whose model is surest, or ``page`` where none is clearly."""
    scores = {name: probability(models[name], features) for name in KINDS}
    best = max(KINDS, key=lambda name: scores[name])
    return best if scores[best] >= CLEARLY else "page"


def probability(model: dict[str, Any], features: dict[str, float]) -> float:
    """Return the logistic of the weighted, standardised features; those unknown to the model are ignored."""
    total: float = model["intercept"]
    for name, (mean, deviation, coefficient) in model["features"].items():
        value = (features[name] - mean) / deviation
        total += coefficient * max(-4.0, min(4.0, value))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
