"""Findings of a person's or a team's own lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backend.case import Case, CaseText, Resources
from backend.model import THREAD, Finding, Level, Place, Term, TermList
from backend.text.index import Hit
from backend.text.layout import MOST_PLACES, remedies
from backend.text.normalise import normalise
from backend.text.words import whole
from backend.wording import quoted

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
        for one in lists:
            for term in one.terms if one.enabled else ():
                for literal in forms(term):
                    self._owners.append((one, term))
                    self._literals.append(literal)

    def literals(self) -> Sequence[str]:
        """Return every form of every term."""
        return self._literals

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield one finding for each list and level that has terms in the draft."""
        found: dict[tuple[str, Level], dict[Place, str]] = {}
        owners: dict[str, TermList] = {}
        for text in case.texts:
            if text.part.id == THREAD:
                continue
            for hit in text.hits.get("lists", ()):
                owner, term = self._owners[hit.literal]
                span = _span(text, hit, term)
                if span is None:
                    continue
                owners[owner.id] = owner
                places = found.setdefault((owner.id, term.level or owner.level), {})
                if len(places) < MOST_PLACES:
                    places.update(dict.fromkeys(text.layout.places(*span), text.part.text[slice(*span)]))
        for (name, level), places in found.items():
            yield _finding(owners[name], level, places)


def forms(term: Term) -> list[str]:
    """Return the literals by which a term is looked up.

    A term with diacritics is also found where they were left out, unless what is left is a
    single short word, which would be another word (``mật`` would be ``mat``).
    """
    view = normalise(" ".join(term.text.split()))
    if not view.folded:
        return []
    long_enough = " " in view.plain or len(view.plain) >= 6
    bare = view.plain != view.folded and long_enough and term.form != "exact"
    return [view.folded, view.plain] if bare else [view.folded]


def _span(text: CaseText, hit: Hit, term: Term) -> tuple[int, int] | None:
    """Return where the term stands in the part, or ``None`` where its form is not met."""
    view = text.view
    span = view.span(hit.start, hit.end)
    if term.form == "exact":
        return span if view.raw[slice(*span)] == term.text else None
    if term.form == "word" and not whole(view.folded, hit.start, hit.end):
        return None
    return span


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
