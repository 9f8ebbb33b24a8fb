"""Findings of the packs: markings, numbers, credentials, and all else that is written as rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backend.case import Case, CaseText, Resources
from backend.model import THREAD, Finding, Gap, Place
from backend.rules.hearing import Hearing
from backend.rules.loader import BUILT_IN, load_packs
from backend.rules.matcher import Match, Matcher
from backend.rules.proof import PROVEN, require_proven
from backend.rules.rule import DIGIT_RUN, DIGITS, Pack, Rule
from backend.text.layout import MOST_PLACES, Layout, remedies
from backend.wording import quoted

Matches = list[tuple[Layout, Match]]


def build(resources: Resources) -> Rules:
    """Return the detector over the built-in packs and those of ``resources``; raises ``PackError``."""
    packs = load_packs((BUILT_IN, *resources.pack_folders))
    require_proven(packs, more=(folder / PROVEN.name for folder in resources.pack_folders))
    return Rules(packs)


class Rules:
    """All rules of some packs."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        """Number the anchors of all rules for the literal index."""
        self.packs = tuple(packs)
        self.rules: tuple[Rule, ...] = tuple(rule for pack in packs for rule in pack.rules)
        self._owners: list[Rule] = []
        self._literals: list[str] = []
        for rule in self.rules:
            self._owners.extend([rule] * len(rule.folded_anchors))
            self._literals.extend(rule.folded_anchors)
        self._fuzzy = tuple(rule for rule in self.rules if rule.fuzzy)
        self._digits = tuple(rule for rule in self.rules if DIGITS in rule.anchors)

    def literals(self) -> Sequence[str]:
        """Return every anchor of every rule."""
        return self._literals

    def warm(self) -> None:
        """Compile every pattern now, which the first draft that needs it would else wait for."""
        for rule in self.rules:
            _ = rule.needs
            for expression in rule.expressions():
                _ = expression.compiled

    def detect(self, case: Case) -> Iterator[Finding | Gap]:
        """Yield one finding for each rule that speaks, with all its places."""
        found: dict[Rule, Matches] = {}
        hearing = Hearing(case)
        for text in case.texts:
            for rule, anchors in self._candidates(text).items():
                if rule.id in case.policy.disabled_rules or not _applies(rule, text):
                    continue
                matcher = Matcher(rule, hearing.of(rule, text), case.draft.channel, hearing.answer)
                try:
                    found.setdefault(rule, []).extend((text.layout, match) for match in matcher.matches(anchors))
                except TimeoutError:
                    yield Gap(text.part.id, "timeout", text.part.page)
        for rule, rule_matches in found.items():
            if rule_matches:
                yield finding(rule, rule_matches)

    def _candidates(self, text: CaseText) -> dict[Rule, list[tuple[int, int]]]:
        """Return the rules whose anchors stand in the text, and on a page also those that bear misreading."""
        candidates: dict[Rule, list[tuple[int, int]]] = {}
        for literal, start, end in text.hits.get("rules", ()):
            candidates.setdefault(self._owners[literal], []).append((start, end))
        runs = [match.span() for match in DIGIT_RUN.finditer(text.view.clean)]
        for rule in self._digits if runs else ():
            candidates.setdefault(rule, []).extend(runs)
        if text.part.origin == "ocr":
            for rule in self._fuzzy:
                candidates.setdefault(rule, [])
        return candidates


def _applies(rule: Rule, text: CaseText) -> bool:
    if text.part.origin not in rule.origins:
        return False
    return rule.part == "any" or (rule.part == "thread") == (text.part.id == THREAD)


def finding(rule: Rule, matches: Matches) -> Finding:
    """Return the finding of one rule: the best score, raised by many distinct values, and every place."""
    values = list(dict.fromkeys(match.value.strip() for _, match in matches))
    distinct = len({value.casefold() for value in values})
    score = max(match.score for _, match in matches)
    for at, raised in rule.many:
        if distinct >= at:
            score = max(score, raised)
    places: dict[Place, None] = {}
    for layout, match in sorted(matches, key=lambda one: -one[1].score):
        if len(places) < MOST_PLACES:
            places.update(dict.fromkeys(layout.places(match.start, match.end)))
    return Finding(
        rule.id,
        rule.category,
        score,
        tuple(places),
        rule.remedies or remedies(places),
        {"words": quoted(values), "count": str(distinct)},
    )
