"""Findings of sealed lists: the draft's own words are shown, since they are the person's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backend.case import Case, CaseText, Resources
from backend.model import THREAD, Finding, Gap, Level, Place
from backend.sealed import Sealed, SealedTerm
from backend.text.layout import MOST_PLACES, remedies
from backend.wording import quoted

SCORES = {Level.CLEAR: 0, Level.NOTE: 45, Level.WARN: 75, Level.STOP: 95}
"""As terms of open lists score."""


def build(resources: Resources) -> SealedLists:
    """Return the detector over the sealed lists of ``resources``."""
    return SealedLists(resources.sealed)


class SealedLists:
    """All sealed lists."""

    def __init__(self, lists: Sequence[Sealed]) -> None:
        """Take them."""
        self._lists = tuple(lists)

    def literals(self) -> Sequence[str]:
        """Return none: nobody knows them."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding | Gap]:
        """Yield one finding for each list and level that has terms in the draft."""
        for one in self._lists:
            found: dict[Level, dict[Place, str]] = {}
            for text in case.texts if one.list.terms else ():
                if text.part.id == THREAD:
                    continue
                try:
                    for term, span in _seen(one, text):
                        places = found.setdefault(term.level or one.list.level, {})
                        if len(places) < MOST_PLACES:
                            places.update(dict.fromkeys(text.layout.places(*span), text.part.text[slice(*span)]))
                except TimeoutError:
                    yield Gap(text.part.id, "timeout", text.part.page)
            for level, places in found.items():
                yield _finding(one, level, places)


def _seen(one: Sealed, text: CaseText) -> Iterator[tuple[SealedTerm, tuple[int, int]]]:
    yield from one.find(text.view)
    if text.part.origin == "ocr" and text.view.plain != text.view.folded:
        yield from one.find(text.view, bare=True)


def _finding(one: Sealed, level: Level, places: dict[Place, str]) -> Finding:
    words = list(dict.fromkeys(places.values()))
    values = {"words": quoted(words), "count": str(len(words)), "list": one.list.name}
    return Finding(f"sealed.{one.list.id}", "list", SCORES[level], tuple(places), remedies(places), values)
