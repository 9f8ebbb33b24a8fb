"""What a file holds beside what one sees of it: comments, tracked changes, notes, hidden sheets, text under boxes."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from backend.case import Case, Resources
from backend.model import LANGUAGES, Attachment, Finding, Place, Signal

THINGS = 42
"""A note: most people know that their file has comments, and some have forgotten it."""
COVERED = 75
"""Worth a question: who draws a box over words means them not to be read."""
MOST_PLACES = 50
BETWEEN = {"en": (", ", " and "), "vi": (", ", " và "), "zh": ("、", "和")}


def build(resources: Resources) -> Hidden:
    """Return the detector."""
    return Hidden()


class Hidden:
    """One finding for all that is easily overlooked in a file, and one for text under boxes."""

    def literals(self) -> Sequence[str]:
        """Return none: this detector looks at signals, not words."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield what each attachment holds beside what one sees of it."""
        for attachment in case.draft.attachments:
            covered = [one for one in attachment.reading.signals if one.kind == "hidden_text"]
            if covered:
                places = tuple(Place(one.part, page=one.page, box=one.box) for one in covered[:MOST_PLACES])
                yield Finding("hidden.text", "metadata", COVERED, places, _remedies(covered))
            yield from _things(attachment)


def _things(attachment: Attachment) -> Iterator[Finding]:
    counts: Counter[str] = Counter()
    found: list[Signal] = []
    for signal in attachment.reading.signals:
        kind = signal.kind.removeprefix("hidden_")
        if kind != signal.kind and kind in _phrases():
            counts[kind] += _number(signal.details.get("count", "1"))
            found.append(signal)
    if counts:
        values = {f"what_{language}": said(counts, language) for language in LANGUAGES}
        yield Finding("hidden.things", "metadata", THINGS, (Place(attachment.id),), _remedies(found), values)


def _remedies(signals: Sequence[Signal]) -> tuple[str, ...]:
    """Return the safe copy where the reader that saw them can make one."""
    return ("strip_metadata",) if all(signal.details.get("copy") for signal in signals) else ()


def said(counts: Counter[str], language: str) -> str:
    """Return what was counted as people say it.

    >>> said(Counter(comments=3, sheets=1), "en")
    '3 comments and 1 hidden sheet'
    """
    said = [_phrase(kind, counts[kind])[language].replace("{count}", str(counts[kind])) for kind in counts]
    comma, last = BETWEEN[language]
    return comma.join(said[:-1]) + last + said[-1] if len(said) > 1 else said[0]


def _phrase(kind: str, count: int) -> dict[str, str]:
    phrase: dict[str, str] = _phrases()[kind]["one" if count == 1 else "many"]
    return phrase


@cache
def _phrases() -> dict[str, Any]:
    phrases: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["phrase"]
    return phrases


def _number(told: str) -> int:
    """Return a count as a reader tells it; one that is no number still is something that was seen."""
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 1
