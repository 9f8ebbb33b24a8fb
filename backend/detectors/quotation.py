"""Quotations of registered documents, in what was typed, in files, and on photographed pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from backend.case import Case, CaseText, Resources
from backend.documents import Document, Library, Quote
from backend.documents.runs import STRONG, merged
from backend.model import THREAD, Finding, Place
from backend.text.layout import MOST_PLACES, remedies

AMOUNTS = ((STRONG, 55), (80, 66), (200, 75), (400, 86), (1500, 97))
"""Points by units quoted: a hundred letters are asked about, from five hundred on the draft is held."""
MOST_OF_IT, ALL_OF_IT = 0.5, 88
"""The share of a short document from which on it is held too, and what that scores."""
ENDING = re.compile(r"[.!?…。！？；：:\n“”\"「」]")
REACH = 20
"""Characters by which a place is widened to where its sentence begins or ends: the first and the last
fingerprint of a quotation lie up to so far inside it."""


def build(resources: Resources) -> Quotation:
    """Return the detector over the registered documents."""
    return Quotation(resources.documents)


@dataclass
class Quoted:
    """What a draft has of one document."""

    document: Document
    amount: float = 0.0
    parts: list[tuple[CaseText, Quote]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Return how much of the document it is, 0 to 1."""
        there = merged(span for _, quote in self.parts for span in quote.there)
        return min(1.0, sum(end - start for start, end in there) / max(1, self.document.units))


class Quotation:
    """One finding for each document that is quoted."""

    def __init__(self, library: Library | None) -> None:
        """Take the documents, if there are any."""
        self._library = library

    def literals(self) -> Sequence[str]:
        """Return none: fingerprints are looked up, not words."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each document, but for those that have only what another one has too."""
        if self._library is None:
            return
        told: dict[int, set[int]] = defaultdict(set)
        for one in sorted(_quoted(self._library, case), key=lambda one: (-one.amount, -one.share)):
            fresh = 0
            for text, quote in one.parts:
                own = {unit for start, end in quote.units for unit in range(start, end)}
                fresh += len(own - told[id(text)])
                told[id(text)] |= own
            if fresh >= STRONG:
                yield _finding(one)


def _quoted(library: Library, case: Case) -> list[Quoted]:
    found: dict[str, Quoted] = {}
    seen: set[int] = set()
    for text in case.texts:
        # The second reading of a part closes up its words, which fingerprints do anyway.
        if text.part.id == THREAD or id(text.part) in seen:
            continue
        seen.add(id(text.part))
        for quote in library.quotes(text.view.plain, is_read=text.part.origin == "ocr"):
            one = found.setdefault(quote.document.id, Quoted(quote.document))
            one.amount += quote.amount
            one.parts.append((text, quote))
    return list(found.values())


def _finding(one: Quoted) -> Finding:
    places: dict[Place, None] = {}
    characters = 0
    for text, quote in one.parts:
        for start, end in (_widened(text, *span) for span in quote.spans):
            characters += end - start
            if len(places) < MOST_PLACES:
                places.update(dict.fromkeys(text.layout.places(start, end)))
    values = {"document": one.document.name, "share": _percent(one.share), "characters": str(_rounded(characters))}
    score = _score(one)
    return Finding(f"quotation.{one.document.id}", "quotation", score, tuple(places), remedies(places), values)


def _widened(text: CaseText, start: int, end: int) -> tuple[int, int]:
    """Return the span in the part's own text, up to where its sentence begins and ends if that is near."""
    raw = text.view.raw
    start, end = text.view.span(start, end)
    before = list(ENDING.finditer(raw, max(0, start - REACH), start))
    if before:
        start = before[-1].end()
    elif start <= REACH:
        start = 0
    after = ENDING.search(raw, end, min(len(raw), end + REACH))
    if after:
        end = after.end()
    elif len(raw) - end <= REACH:
        end = len(raw)
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return start, end


def _score(one: Quoted) -> int:
    score = float(AMOUNTS[-1][1])
    for (low, points), (high, more) in zip(AMOUNTS, AMOUNTS[1:], strict=False):
        if one.amount < high:
            score = points + (more - points) * (one.amount - low) / (high - low)
            break
    if one.share >= MOST_OF_IT and one.amount >= 2 * STRONG:
        score = max(score, ALL_OF_IT)
    return max(0, round(score))


def _percent(share: float) -> str:
    return "<1" if share < 0.01 else str(round(100 * share))


def _rounded(count: int) -> int:
    """Return about how many: two digits that say something.

    >>> _rounded(87), _rounded(143), _rounded(2381)
    (90, 140, 2400)
    """
    step: int = 10 ** max(1, len(str(count)) - 2)
    return max(step, round(count / step) * step)
