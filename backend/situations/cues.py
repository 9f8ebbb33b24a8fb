"""Cues: named groups of words, as data, by which the model generalises from what it was taught.

One file a language in ``backend/situations/cues/``; the names are the same in all of them.
A native speaker extends them by adding words, and trains anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from backend.text.index import Hit
from backend.text.normalise import normalise
from backend.text.words import whole

FOLDER = Path(__file__).with_name("cues")
BEFORE = "before_"
"""Prefix of cues in what was said before the draft."""


@cache
def phrases(folder: Path = FOLDER) -> tuple[tuple[str, str], ...]:
    """Return every (folded phrase, cue), also without tones where the phrase has two words or more."""
    found: dict[tuple[str, str], None] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, cue in tomllib.loads(path.read_text(encoding="utf-8"))["cue"].items():
            for words in cue["words"]:
                view = normalise(words)
                found[view.folded, name] = None
                if " " in view.plain:
                    found[view.plain, name] = None
    return tuple(found)


def literals() -> Sequence[str]:
    """Return the phrases, for the literal index."""
    return [phrase for phrase, _ in phrases()]


def named(hits: Iterable[Hit], folded: str) -> set[str]:
    """Return the cues whose phrases stand in a text as words of their own."""
    table = phrases()
    found: set[str] = set()
    for literal, start, end in hits:
        name = table[literal][1]
        # Most hits are of cues that were found before, and looking at words' edges costs more than looking here.
        if name not in found and whole(folded, start, end):
            found.add(name)
    return found
