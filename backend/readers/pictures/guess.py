"""Which script a page is in that the main engine could not read, by what it mistook the letters for.

Its look-alikes are telling: Cyrillic comes out as Latin capitals with odd accents, Hangul
as fragments of Chinese characters.  How often each stands for which script lies in
``guess.json``, written by ``training/scripts/train.py``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from backend.readers.pictures.ocr import Found

FILE = Path(__file__).parent / "guess.json"
OTHER = "other"
FEWEST = 20
"""Characters that settle it."""
MARGIN = 0.12
"""By how much, in the logarithm for each character, the likeliest must lead."""
STRANGE = -9.0
"""The logarithm for a character that a script never came out as."""
LIKELY = -7.0
"""Below this mean most characters are strange: the page is in none of these scripts."""


@cache
def _tables() -> dict[str, dict[str, float]]:
    tables: dict[str, dict[str, float]] = json.loads(FILE.read_text(encoding="utf-8"))
    return tables


def guess(found: Sequence[Found]) -> str:
    """Return ``"cyrillic"``, ``"hangul"`` or ``"arabic"``, or nothing where it is not clear."""
    letters = [ch for line in found for ch in line.text if not ch.isspace()]
    if len(letters) < FEWEST:
        return ""
    scores = {script: likelihood(table, letters) for script, table in _tables().items()}
    first, second, *_ = sorted(scores, key=lambda script: -scores[script])
    clear = scores[first] - scores[second] > MARGIN and scores[first] > LIKELY
    return first if clear and first != OTHER else ""


def likelihood(table: dict[str, float], letters: Sequence[str]) -> float:
    """Return the mean logarithm of how often letters stand in a table."""
    return sum(table.get(ch, STRANGE) for ch in letters) / len(letters)
