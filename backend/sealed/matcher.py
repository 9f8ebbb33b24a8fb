"""Meeting sealed terms in a text: hash what begins as one of them does, and see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from backend.sealed.seal import SealedList, SealedTerm, beginning, hashed
from backend.text.normalise import Normalised
from backend.text.readings import SHORTEST_LOOSE, Reading, join
from backend.text.words import whole

UNSPACED = "\u2e80-\ud7ff\u0e00-\u0eff"
"""Scripts without spaces between words, as in :func:`backend.text.words.spaced`."""
WORD = re.compile(rf"(?:(?![{UNSPACED}])[^\W_])+")
MOST_LOOKS = 300_000
"""Pieces of one text that are hashed, about a second's work; a list that asks for more was not made by us."""
MOST_KNOWN = 50_000
"""Beginnings remembered, so that a word is hashed once and not in every draft."""


class Sealed:
    """One sealed list, ready to be asked; shared by threads."""

    def __init__(self, sealed: SealedList) -> None:
        """Take the list."""
        self.list = sealed
        self._terms = {term.digest: term for term in sealed.terms}
        self._forms = tuple(sorted({term.form for term in sealed.terms}))
        self._known: dict[str, bool] = {}

    def find(self, view: Normalised, *, bare: bool = False) -> Iterator[tuple[SealedTerm, tuple[int, int]]]:
        """Yield the terms in the folded view, or the plain one, in each of its readings; each with its raw span.

        Raises ``TimeoutError`` where so much of a text begins like a term that it cannot all be looked at.
        """
        looks = 0
        for reading in (view.joined or view, view.loose):
            if reading is None:
                continue
            text = reading.plain if bare else reading.folded
            forms = self._forms if reading is not view.loose else tuple({"word", "anywhere"} & {*self._forms})
            for start in sorted(self._starts(text)):
                for length in self.list.lengths:
                    if start + length > len(text):
                        break
                    looks += 1
                    if looks > MOST_LOOKS:
                        raise TimeoutError
                    for term, *span in self._at(view, reading, text, start, start + length, forms):
                        if reading is not view.loose or span[1] - span[0] >= SHORTEST_LOOSE:
                            yield term, view.span(*span)

    def _starts(self, text: str) -> set[int]:
        """Return where a term may begin."""
        found = set()
        if self.list.words:
            found = {match.start() for match in WORD.finditer(text) if self._begins(match.group(), self.list.words)}
        if self.list.characters:
            twos = range(len(text))
            found |= {at for at in twos if self._begins(text[at : at + 2], self.list.characters, "2")}
        return found

    def _begins(self, text: str, beginnings: frozenset[int], kind: str = "") -> bool:
        name = kind + text if kind else text
        known = self._known.get(name)
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = self._known[name] = beginning(self.list.key, text, self.list.room) in beginnings
        return known

    def _at(
        self, view: Normalised, reading: Normalised | Reading, text: str, start: int, end: int, forms: Sequence[str]
    ) -> Iterator[tuple[SealedTerm, int, int]]:
        """Yield the terms that stand at a span of a reading, each with its span of the views."""
        is_whole = whole(text, start, end)
        span = reading.back(start, end)
        for form in forms:
            if form == "word" and not is_whole:
                continue
            shown = join(view.raw[slice(*view.span(*span))]) if form == "exact" else text[start:end]
            term = self._terms.get(hashed(self.list.key, form, shown))
            if term is not None:
                yield term, *span
