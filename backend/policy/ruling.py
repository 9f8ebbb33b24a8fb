"""What a policy does to findings: how loud each is, and which are not told at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from backend.model import ANY, Draft, Finding, Level, Part, Policy
from backend.policy.own import Own
from backend.rules.rule import Rule
from backend.text.conditions import host, on_site

EVERYWHERE = frozenset(("any", "code"))
"""Languages of packs that no choice of languages leaves out: numbers, keys and passwords."""


class Ruling:
    """A policy, ready to be asked; shared by threads."""

    def __init__(self, policy: Policy, rules: Iterable[Rule] = ()) -> None:
        """Take a policy and the rules of the packs, those of languages that are left out are switched off."""
        self.given = policy
        foreign = {rule.id for rule in rules if policy.languages and not _speaks(rule, policy.languages)}
        self.policy = replace(policy, disabled_rules=policy.disabled_rules | foreign) if foreign else policy
        self._own = Own(policy) if policy.own else None
        self._changes = {(category, channel): change for category, channel, change in policy.levels}

    def leaves_alone(self, draft: Draft) -> bool:
        """Tell whether the draft is for a site on which nothing is checked."""
        return _on(draft, self.policy.sites_off)

    def heard(self, findings: Iterable[Finding], draft: Draft, parts: Iterable[Part]) -> list[Finding]:
        """Return the findings that may be told, each with its level."""
        texts = {(part.id, part.page): part for part in parts} if self._own else {}
        at_most = Level.NOTE if _on(draft, self.policy.sites_quiet) else Level.STOP
        return [
            replace(one, level=min(self._level(one, change), at_most))
            for one in findings
            if one.rule not in self.policy.disabled_rules
            and (change := self._change(one.category, draft.channel)) != "off"
            and not self._is_own(one, texts)
        ]

    def _level(self, finding: Finding, change: str) -> Level:
        usual = self.policy.level(finding.score)
        if usual == Level.CLEAR:
            return usual
        level = usual if change == "usual" else _changed(usual, change)
        return min(level, Level.NOTE) if finding.rule in self.policy.quiet_rules else level

    def _change(self, category: str, channel: str) -> str:
        """Return what is said of a category in a channel; the more exact word counts."""
        if not self._changes:
            return "usual"
        places = ((category, channel), (category, ANY), (ANY, channel), (ANY, ANY))
        return next((self._changes[place] for place in places if place in self._changes), "usual")

    def _is_own(self, finding: Finding, texts: Mapping[tuple[str, int | None], Part]) -> bool:
        return self._own is not None and self._own.is_all_of(finding, texts)


def _on(draft: Draft, sites: frozenset[str]) -> bool:
    return bool(sites) and on_site(host(draft.site), tuple(sites))


def _speaks(rule: Rule, languages: frozenset[str]) -> bool:
    return not rule.languages or not (EVERYWHERE | languages).isdisjoint(rule.languages)


def _changed(level: Level, change: str) -> Level:
    """Return a level that is told, changed; a note that is lowered stays one, only ``off`` silences."""
    if change in ("raise", "lower"):
        step = 1 if change == "raise" else -1
        return Level(min(max(level + step, Level.NOTE), Level.STOP))
    return Level.named(change)
