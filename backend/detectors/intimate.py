"""An intimate picture: a quiet question, and a louder one where the chat before it asks, presses or threatens."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from backend.case import Case, Resources
from backend.model import THREAD, Finding, Place
from backend.situations import cues
from backend.text.normalise import normalise
from backend.text.words import whole

QUESTION, PRESSED = 40, 74
"""A note: people may send what they like.  Worth asking once where somebody presses for it."""
TO_SOMEONE = ("message", "mail")
ASKED = "asked"
ALONE = frozenset((ASKED, "threat"))
TOGETHER = frozenset(("fish", "fish_money", "fish_move", "plead"))
"""Signs of which one is enough, and those of which it takes two."""


def build(_resources: Resources) -> Intimate:
    """Return the detector."""
    return Intimate()


class Intimate:
    """One finding for each attachment that the reader took for an intimate picture."""

    def literals(self) -> Sequence[str]:
        """Return the phrases that ask, press and threaten."""
        return [phrase for phrase, _ in _phrases()]

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield a question for each intimate picture."""
        pressed = case.draft.channel in TO_SOMEONE and _pressed(case)
        for attachment in case.draft.attachments:
            seen = [one for one in attachment.reading.signals if one.kind == "intimate"]
            if seen:
                places = tuple(Place(one.part, page=one.page) for one in seen[:1])
                rule, score = ("intimate.pressed", PRESSED) if pressed else ("intimate.picture", QUESTION)
                yield Finding(rule, "intimate", score, places, ())


def _pressed(case: Case) -> bool:
    """Return whether what was said before asks for such pictures, threatens, or looks like bait."""
    signs: set[str] = set()
    for text in case.texts:
        if text.part.id == THREAD:
            hits = text.hits.get("intimate", ())
            signs |= {_phrases()[literal][1] for literal, start, end in hits if whole(text.view.folded, start, end)}
    return bool(signs & ALONE) or len(signs & TOGETHER) > 1


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    asked = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))[ASKED]
    own = {(normalise(words).folded, ASKED) for said in asked.values() for words in said}
    return (*sorted(own), *(pair for pair in cues.phrases() if pair[1] in ALONE | TOGETHER))
