"""Findings of a person's or a team's own lists."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from backend.case import Case, CaseText, Resources
from backend.model import THREAD, Finding, Gap, Level, Place, Term, TermList
from backend.rules.matcher import similar
from backend.text.conditions import Circumstances, is_excepted
from backend.text.index import Hit
from backend.text.layout import MOST_PLACES, remedies
from backend.text.normalise import Normalised, normalise
from backend.text.readings import LOOSE, SHORTEST_LOOSE, Reading, join
from backend.text.terms import TermTable, all_forms, as_tag, forms, is_as_written
from backend.text.words import whole
from backend.wording import quoted

__all__ = ["Lists", "build", "forms"]

EXPRESSION_SECONDS = 0.1
"""What one expression of a person's own may take for one text."""
ALL_SECONDS = 1.0
"""What all of them together may take; what is left then is a gap."""
MOST_COMPARED = 10_000
"""Places of one text at which something may be a misspelt term, and is compared with it letter by letter."""
SCORES = {Level.CLEAR: 0, Level.NOTE: 45, Level.WARN: 75, Level.STOP: 95}
"""What a term of each level scores."""
MOST_NOTES = 3
MOST_TAGS = 20_000
"""Terms up to which those of several words are looked for as tags too; more would make a start slow."""
Owned = tuple[TermList, Term]
Seen = tuple[TermList, Term, int, int]
"""A term with its span in the views."""


def build(resources: Resources) -> Lists:
    """Return the detector over the enabled lists of ``resources``."""
    return Lists(resources.lists)


@dataclass
class _Group:
    """What one list says at one score."""

    owner: TermList
    score: int
    places: dict[Place, str] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    categories: dict[str, None] = field(default_factory=dict)

    def add(self, text: CaseText, term: Term, span: tuple[int, int]) -> None:
        """Add a term where it stands."""
        if len(self.places) < MOST_PLACES:
            self.places.update(dict.fromkeys(text.layout.places(*span), text.part.text[slice(*span)]))
        if term.details.note:
            self.notes[term.details.note] = None
        if term.details.category:
            self.categories[term.details.category] = None

    def finding(self) -> Finding:
        """Return it as a finding."""
        words = list(dict.fromkeys(self.places.values()))
        values = {"words": quoted(words), "count": str(len(words)), "list": self.owner.name}
        values["note"] = "".join(f" {note}" for note in list(self.notes)[:MOST_NOTES])
        named = ", ".join(list(self.categories)[:MOST_NOTES])
        values["category"] = f" ({named})" if named else ""
        found = tuple(self.places)
        observed = self.owner.observe
        return Finding(f"list.{self.owner.id}", "list", self.score, found, remedies(found), values, observed=observed)


class _Enough(Exception):
    """Raised inside: more in one text may be misspelt terms than are compared letter by letter."""


class Lists:
    """All terms of all enabled lists."""

    def __init__(self, lists: Sequence[TermList], name: str = "lists") -> None:
        """Take the lists; of two with the same words the one of the lower position speaks.

        ``name`` is the one of the index that holds their literals.
        """
        self._name = name
        self._expressions: list[tuple[TermList, Term, regex.Pattern[str]]] = []
        ordered = sorted((one for one in lists if one.enabled), key=lambda one: one.position)
        self._table: TermTable[Owned] = TermTable(self._pairs(ordered))

    def _pairs(self, lists: Sequence[TermList]) -> Iterator[tuple[str, Owned]]:
        is_short = sum(len(one.terms) for one in lists) <= MOST_TAGS
        for one in lists:
            plain = [term for term in one.terms if term.form != "regex"]
            for term, literals in zip(plain, all_forms(plain), strict=True):
                owned = (one, term)
                for literal in literals:
                    yield literal, owned
                    if is_short and term.form == "word" and (tag := as_tag(literal)):
                        yield tag, owned
            self._expressions += [
                (one, term, regex.compile(term.text, regex.IGNORECASE)) for term in one.terms if term.form == "regex"
            ]

    def literals(self) -> Sequence[str]:
        """Return pieces of the terms; see :class:`backend.text.terms.TermTable`."""
        return self._table.pieces

    def detect(self, case: Case) -> Iterator[Finding | Gap]:
        """Yield one finding for each list and score that has terms in the draft."""
        groups: dict[tuple[str, int], _Group] = {}
        here = Circumstances(case.draft)
        for text in case.texts:
            if text.part.id == THREAD:
                continue
            try:
                for owner, term, start, end in self._seen(text):
                    if not here.allow(text.part.id, text.view, term.details, owner.defaults):
                        continue
                    if term.details.exceptions and is_excepted(text.view, start, end, term.details.exceptions):
                        continue
                    score = _score(owner, term)
                    group = groups.setdefault((owner.id, score), _Group(owner, score))
                    group.add(text, term, text.view.span(start, end))
            except TimeoutError:
                yield Gap(text.part.id, "timeout", text.part.page)
            except _Enough:
                yield Gap(text.part.id, "overfull", text.part.page)
        for group in groups.values():
            yield group.finding()

    def _seen(self, text: CaseText) -> Iterator[Seen]:
        """Yield each term that stands in a text; raises ``TimeoutError`` for an endless expression."""
        compared = 0
        for owner, term, start, end in self._candidates(text):
            compared += term.form == "near"
            if compared > MOST_COMPARED:
                raise _Enough
            span = _span(text, start, end, term)
            if span is not None:
                yield owner, term, *span
        left = ALL_SECONDS
        for owner, term, expression in self._expressions:
            began = time.perf_counter()
            for match in expression.finditer(text.view.clean, timeout=EXPRESSION_SECONDS):
                if match.end() > match.start():
                    yield owner, term, *match.span()
            left -= time.perf_counter() - began
            if left < 0:
                raise TimeoutError

    def _candidates(self, text: CaseText) -> Iterator[Seen]:
        """Yield each term one of whose literals stands in a text, however it is read."""
        view = text.view
        # A page that OCR read was also searched without diacritics.
        is_bare = text.part.origin == "ocr" and view.plain != view.folded
        yield from self._read(view.joined or view, text.hits.get(self._name, ()), is_bare)
        if view.loose is not None:
            for owner, term, start, end in self._read(view.loose, text.hits.get(LOOSE + self._name, ()), is_bare):
                if term.form in ("word", "anywhere") and end - start >= SHORTEST_LOOSE:
                    yield owner, term, start, end

    def _read(self, reading: Normalised | Reading, hits: Sequence[Hit], is_bare: bool) -> Iterator[Seen]:
        """Yield each term whose literal stands in a reading, whole if it is to be a word; spans are of the views."""
        for number, first, last in hits:
            for one in (reading.folded, reading.plain) if is_bare else (reading.folded,):
                for start, end, (owner, term) in self._table.at(number, one, first, last):
                    if term.form == "word" and not (
                        whole(reading.folded, start, end) and is_as_written(one, start, end, term.text)
                    ):
                        continue
                    yield owner, term, *reading.back(start, end)


def _score(owner: TermList, term: Term) -> int:
    if term.details.score is not None:
        return term.details.score
    return SCORES[owner.level if term.level is None else term.level]


def _span(text: CaseText, start: int, end: int, term: Term) -> tuple[int, int] | None:
    """Return where the term stands in the views, or ``None`` where its form is not met."""
    view = text.view
    if term.form == "near":
        return _near(text, start, end, normalise(" ".join(term.text.split())).plain)
    if term.form == "exact":
        return (start, end) if join(view.raw[slice(*view.span(start, end))]) == join(term.text) else None
    return start, end


def _near(text: CaseText, start: int, end: int, word: str) -> tuple[int, int] | None:
    """Return where something like ``word`` stands around a hit of one of its halves, or ``None``."""
    plain = text.view.plain
    half = len(word) // 2
    first = start if plain[start:end] == word[:half] else start - half
    for begin in sorted(range(max(first - 1, 0), first + 2), key=lambda at: abs(at - first)):
        for length in (len(word), len(word) + 1, len(word) - 1):
            stop = begin + length
            if stop <= len(plain) and whole(plain, begin, stop) and similar(plain[begin:stop], word):
                return begin, stop
    return None
