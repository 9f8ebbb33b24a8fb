"""Findings of a person's or a team's own lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from backend.case import Case, CaseText, Resources
from backend.model import THREAD, Finding, Gap, Level, Place, Term, TermList
from backend.rules.matcher import similar
from backend.text.index import Hit
from backend.text.layout import MOST_PLACES, remedies
from backend.text.normalise import normalise
from backend.text.words import whole
from backend.wording import quoted

EXPRESSION_SECONDS = 0.1
"""What one expression of a person's own may take for one text."""
SCORES = {Level.CLEAR: 0, Level.NOTE: 45, Level.WARN: 75, Level.STOP: 95}
"""What a term of each level scores."""


def build(resources: Resources) -> Lists:
    """Return the detector over the enabled lists of ``resources``."""
    return Lists(resources.lists)


class Lists:
    """All terms of all enabled lists."""

    def __init__(self, lists: Sequence[TermList]) -> None:
        """Number the terms: each as it is written, and without diacritics where that still tells it apart."""
        self._owners: list[tuple[TermList, Term]] = []
        self._literals: list[str] = []
        self._expressions: list[tuple[TermList, Term, regex.Pattern[str]]] = []
        for one in lists:
            for term in one.terms if one.enabled else ():
                if term.form == "regex":
                    self._expressions.append((one, term, regex.compile(term.text, regex.IGNORECASE)))
                    continue
                for literal in forms(term):
                    self._owners.append((one, term))
                    self._literals.append(literal)

    def literals(self) -> Sequence[str]:
        """Return every form of every term."""
        return self._literals

    def detect(self, case: Case) -> Iterator[Finding | Gap]:
        """Yield one finding for each list and level that has terms in the draft."""
        found: dict[tuple[str, Level], dict[Place, str]] = {}
        owners: dict[str, TermList] = {}
        for text in case.texts:
            if text.part.id == THREAD:
                continue
            try:
                for owner, term, span in self._seen(text):
                    owners[owner.id] = owner
                    places = found.setdefault((owner.id, term.level or owner.level), {})
                    if len(places) < MOST_PLACES:
                        places.update(dict.fromkeys(text.layout.places(*span), text.part.text[slice(*span)]))
            except TimeoutError:
                yield Gap(text.part.id, "timeout", text.part.page)
        for (name, level), places in found.items():
            yield _finding(owners[name], level, places)

    def _seen(self, text: CaseText) -> Iterator[tuple[TermList, Term, tuple[int, int]]]:
        """Yield each term that stands in a text, with its span; raises ``TimeoutError`` for an endless expression."""
        for hit in text.hits.get("lists", ()):
            owner, term = self._owners[hit.literal]
            span = _span(text, hit, term)
            if span is not None:
                yield owner, term, span
        for owner, term, expression in self._expressions:
            for match in expression.finditer(text.view.clean, timeout=EXPRESSION_SECONDS):
                if match.end() > match.start():
                    yield owner, term, text.view.span(*match.span())


def forms(term: Term) -> list[str]:
    """Return the literals by which a term is looked up.

    A term with diacritics is also found where they were left out, unless what is left is a
    single short word, which would be another word (``mật`` would be ``mat``).
    """
    view = normalise(" ".join(term.text.split()))
    if not view.folded:
        return []
    if term.form == "near":
        # One letter may be wrong, so one half is right.
        half = len(view.plain) // 2
        return list(dict.fromkeys((view.plain[:half], view.plain[half:])))
    long_enough = " " in view.plain or len(view.plain) >= 6
    bare = view.plain != view.folded and long_enough and term.form != "exact"
    return [view.folded, view.plain] if bare else [view.folded]


def _span(text: CaseText, hit: Hit, term: Term) -> tuple[int, int] | None:
    """Return where the term stands in the part, or ``None`` where its form is not met."""
    view = text.view
    span = view.span(hit.start, hit.end)
    if term.form == "near":
        return _near(text, hit, normalise(term.text).plain)
    if term.form == "exact":
        return span if view.raw[slice(*span)] == term.text else None
    if term.form == "word" and not whole(view.folded, hit.start, hit.end):
        return None
    return span


def _near(text: CaseText, hit: Hit, word: str) -> tuple[int, int] | None:
    """Return where something like ``word`` stands around a hit of one of its halves, or ``None``."""
    plain = text.view.plain
    half = len(word) // 2
    first = hit.start if plain[hit.start : hit.end] == word[:half] else hit.start - half
    for start in sorted(range(max(first - 1, 0), first + 2), key=lambda at: abs(at - first)):
        for length in (len(word), len(word) + 1, len(word) - 1):
            end = start + length
            if end <= len(plain) and whole(plain, start, end) and similar(plain[start:end], word):
                return text.view.span(start, end)
    return None


def _finding(owner: TermList, level: Level, places: dict[Place, str]) -> Finding:
    words = list(dict.fromkeys(places.values()))
    return Finding(
        f"list.{owner.id}",
        "list",
        SCORES[level],
        tuple(places),
        remedies(places),
        {"words": quoted(words), "count": str(len(words)), "list": owner.name},
    )
