"""What a rule is; see ``docs/packs.md`` for how one is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import regex

from backend.model import Level
from backend.rules.needs import Needs, needs
from backend.text.normalise import Normalised, normalise, simplify
from backend.text.words import spaced

PATTERN_SECONDS = 0.25
"""A single search may take this long; packs are proven to need a thousandth of it."""
WINDOW = 200
"""Characters on either side of an anchor in which patterns and evidence are looked for."""
DIGITS = "#digits"
"""An anchor that is no literal: a run of nine digits or more, with a blank, a point or a dash between."""
DIGIT_RUN = regex.compile(r"\d(?:[ .,/()\-–]{0,2}\d){8,400}")
LANGUAGE_WORDS = Mapping[str, str]
EMPTY: Mapping[str, int] = MappingProxyType({})


class Expression:
    """A regular expression over one view of a text, compiled when first used."""

    def __init__(self, source: str, view: str) -> None:
        """Keep ``source``; Chinese in it is simplified, as it is in every view."""
        self.source = source
        self.view = view

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The compiled pattern; raises :class:`regex.error` for a bad one."""
        return regex.compile(simplify(self.source))

    @cached_property
    def needs(self) -> Needs:
        """What every match of the expression holds."""
        found = needs(simplify(self.source))
        # Words in any case are looked for in the folded view, which has diacritics.
        return found if found.exact or self.view != "plain" else Needs()

    @classmethod
    def of_words(cls, words: list[str]) -> Expression:
        """Return the expression that finds any of ``words``: whole words where the script has them."""
        alternatives = sorted({normalise(word).folded for word in words}, key=len, reverse=True)
        bounded = "|".join(_bounded(word) for word in alternatives)
        return cls(f"(?:{bounded})", "folded")

    def found(self, view: Normalised, start: int = 0, end: int | None = None) -> bool:
        """Tell whether the expression matches between ``start`` and ``end`` (characters of the view)."""
        text = view.view(self.view)
        limit = len(text) if end is None else end
        return self.compiled.search(text, start, limit, timeout=PATTERN_SECONDS) is not None


def _bounded(word: str) -> str:
    """Return ``word`` escaped, with a boundary where it begins or ends in a script that spaces its words."""
    before = r"(?<!\w)" if spaced(word[0]) else ""
    after = r"(?!\w)" if spaced(word[-1]) else ""
    return f"{before}{regex.escape(word, special_only=True)}{after}"


@dataclass(frozen=True)
class Pattern:
    """One form of what the rule looks for, and how sure a match of it is (0 to 1)."""

    expression: Expression
    confidence: float = 1.0


@dataclass(frozen=True)
class Evidence:
    """Something near a match that speaks for it, against it, or makes it harmless."""

    expression: Expression
    within: int | None = None
    """Characters on either side; ``None``: anywhere in the part."""
    add: int = 0
    required: bool = False
    answer: bool = False
    """Look in what the person is writing, not around the match: for rules over a chat."""


@dataclass(frozen=True)
class Sample:
    """A hit or a miss that the rule carries with it."""

    text: str
    level: Level
    """A hit must reach it; a miss must stay below it."""
    origin: str = "typed"
    answer: str = ""
    """For a rule over a chat: what the person is writing."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of a pack; equal only to itself."""

    id: str
    category: str
    score: int
    anchors: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    title: LANGUAGE_WORDS
    reason: LANGUAGE_WORDS
    advice: LANGUAGE_WORDS
    near: tuple[Evidence, ...] = ()
    unless: tuple[Evidence, ...] = ()
    validator: Callable[[str], bool] | None = None
    fuzzy: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset({"typed", "file", "ocr"})
    part: str = "draft"
    reach: int = WINDOW
    """Characters on either side of an anchor that are searched."""
    most: int = 100
    """The score that evidence, place and channel may raise it to; what the person answers counts after it."""
    many: tuple[tuple[int, int], ...] = ()
    """(distinct matches, score) in rising order."""
    channels: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    where: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    remedies: tuple[str, ...] = ()
    hits: tuple[Sample, ...] = ()
    misses: tuple[Sample, ...] = ()
    languages: tuple[str, ...] = ()

    def expressions(self) -> Iterator[Expression]:
        """Yield every expression of the rule: its patterns, then its evidence."""
        yield from (pattern.expression for pattern in self.patterns)
        yield from (evidence.expression for evidence in (*self.near, *self.unless))

    @cached_property
    def needs(self) -> tuple[Needs, ...]:
        """What a match of each pattern needs."""
        return tuple(
            # Anchors are met in the folded view, where a letter may have the diacritics that the plain one lacks.
            needed if pattern.expression.view == "plain" else needed.anchored(self.folded_anchors)
            for pattern in self.patterns
            for needed in (pattern.expression.needs,)
        )

    @cached_property
    def folded_anchors(self) -> tuple[str, ...]:
        """The anchors as the literal index wants them."""
        return tuple(normalise(anchor).folded for anchor in self.anchors if anchor != DIGITS)


@dataclass(frozen=True)
class Pack:
    """A file of rules."""

    id: str
    description: str
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    rules: tuple[Rule, ...]
    digest: str
    """SHA-256 of the file, by which a proven pack is known again."""
