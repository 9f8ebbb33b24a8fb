"""What kind of paper words come from: a form, an identity document, a ticket, by ``papers.toml``.

No model was taught this: the open pictures hold no badges, bank cards, tickets, boards
or drawings, so words that stand on such things the world over decide, counted in groups.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("papers.toml")
NEVER = 99
"""More points than anything has."""
MOST = 6_000
"""Characters that are looked at; what kind a page is stands in less."""


@dataclass(frozen=True, slots=True)
class Paper:
    """How one kind of paper is told."""

    kind: str
    named: int
    alone: int
    lines: int
    sure: re.Pattern[str] | None
    groups: tuple[re.Pattern[str], ...]
    prove: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None

    def points(self, text: str) -> int:
        """Return how much speaks for this kind in a text of small letters without diacritics."""
        if text.count("\n") >= self.lines or (self.unless and self.unless.search(text)):
            return 0
        proven = any(one.search(text) for one in self.prove)
        sure = 2 if self.sure and self.sure.search(text) else 0
        return self.alone * proven + sure + sum(bool(group.search(text)) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Told:
    """The kind that words tell, and whether they do so even where nothing looks like a document."""

    kind: str
    alone: bool


@cache
def papers() -> tuple[Paper, ...]:
    """Return all kinds, in the order in which they win when as much speaks for two."""
    with FILE.open("rb") as file:
        return tuple(_paper(kind, given) for kind, given in tomllib.load(file).items())


def _paper(kind: str, given: dict[str, object]) -> Paper:
    groups = [_any(group) for group in given["words"]]  # type: ignore[attr-defined]
    groups += [re.compile(form, re.M) for form in given.get("forms", ())]  # type: ignore[attr-defined]
    prove = tuple(re.compile(form, re.M) for form in given.get("prove", ()))  # type: ignore[attr-defined]
    sure, unless = (_any(given[key]) if key in given else None for key in ("sure", "unless"))  # type: ignore[arg-type]
    named, alone, lines = (int(given.get(key, NEVER)) for key in ("named", "alone", "lines"))  # type: ignore[call-overload]
    return Paper(kind, named, alone, lines, sure, tuple(groups), prove, unless)


def _any(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds any of some words; those of Latin letters are whole ones."""
    latin = sorted((re.escape(word) for word in words if word.isascii()), key=len, reverse=True)
    other = [re.escape(word) for word in words if not word.isascii()]
    whole = [rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])"] if latin else []
    return re.compile("|".join([*whole, *other]))


def points(text: str) -> dict[str, int]:
    """Return how much speaks for each kind; ``text`` is a :attr:`Normalised.plain` one."""
    shown = text[:MOST]
    return {paper.kind: paper.points(shown) for paper in papers()}


def told(text: str) -> Told | None:
    """Return the kind of paper that a text tells, or ``None`` where it could be any page.

    >>> told("harbour dynamics\\nimelda harrow\\nemployee\\nid no 041788\\nvalid until 12/2027").kind
    'badge'
    >>> told("a letter to a friend") is None
    True
    """
    shown = text[:MOST]
    ahead = {paper: paper.points(shown) - paper.named for paper in papers()}
    best = max(ahead, key=lambda paper: ahead[paper])
    if ahead[best] < 0:
        return None
    return Told(best.kind, ahead[best] + best.named >= best.alone)
