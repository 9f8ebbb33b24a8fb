"""What people read: findings and gaps in their language, in the shape of the contract."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from backend.model import LANGUAGES, Finding, Gap, Place, Verdict
from backend.program import spoken
from backend.rules.rule import Rule

HERE = Path(__file__).parent
QUOTED = 3
LONGEST = 60
Texts = Mapping[str, Mapping[str, str]]
"""``title``, ``reason`` and ``advice``, each by language."""


def pick(accept_language: str | None) -> str:
    """Return the first language of an ``Accept-Language`` header that we speak, else English.

    >>> pick("fr;q=0.9, zh-CN;q=0.8, en;q=0.7"), pick(None)
    ('zh', 'en')
    """
    ranked: list[tuple[float, str]] = []
    for item in (accept_language or "").split(",")[:20]:
        name, _, weight = item.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        if quality > 0:
            ranked.append((-quality, name.lower().partition("-")[0]))
    return next((name for _, name in sorted(ranked, key=lambda one: one[0]) if name in LANGUAGES), "en")


def quoted(values: Iterable[str]) -> str:
    """Return the first few values in quotation marks, each shortened to one line."""
    lines = (" ".join(value.split()) for value in list(values)[:QUOTED])
    return ", ".join(f"“{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}”" for line in lines)


class Catalogue:
    """The words of every rule; rules of packs bring theirs, detectors keep a file beside them."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        """Take the wording of ``rules`` and of all detectors; raises ``ValueError`` where a language is missing."""
        self._texts: dict[str, Texts] = dict(_detector_texts())
        for rule in rules:
            self._texts[rule.id] = {"title": rule.title, "reason": rule.reason, "advice": rule.advice}

    def all(self) -> Mapping[str, Texts]:
        """Return the wording of every rule and family of rules by its name."""
        return self._texts

    def texts(self, rule: str) -> Texts:
        """Return the wording of a rule: its own, or that of its family (``list`` for ``list.3f``)."""
        found = self._texts.get(rule) or self._texts.get(rule.partition(".")[0])
        if found is None:
            raise LookupError(f"no wording for rule {rule}")
        return found

    def finding(self, finding: Finding, language: str) -> dict[str, Any]:
        """Return a finding in the shape of the contract."""
        texts = self.texts(finding.rule)
        spoken = {key: _filled(texts[key][language], finding.values) for key in ("title", "reason", "advice")}
        return {
            "rule": finding.rule,
            "category": finding.category,
            "level": finding.level.word,
            "score": finding.score,
            **spoken,
            "places": [_place(place) for place in finding.places],
            "remedies": list(finding.remedies),
        }

    def verdict(self, verdict: Verdict, language: str) -> dict[str, Any]:
        """Return a verdict in the shape of the contract, but for ``elapsed_ms``, which the caller knows."""
        return {
            "id": verdict.id,
            "level": verdict.level.word,
            "score": verdict.score,
            "findings": [self.finding(one, language) for one in verdict.findings],
            "gaps": [gap_json(one, language) for one in verdict.gaps],
        }


def _filled(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template


def _place(place: Place) -> dict[str, Any]:
    box = list(place.box) if place.box else None
    fields = {"part": place.part, "start": place.start, "end": place.end, "page": place.page, "box": box}
    return {name: value for name, value in fields.items() if value is not None}


@cache
def _detector_texts() -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for path in sorted((HERE / "detectors").glob("*.toml")):
        for rule, texts in tomllib.loads(path.read_text(encoding="utf-8"))["rule"].items():
            for key in ("title", "reason", "advice"):
                missing = [language for language in LANGUAGES if not texts.get(key, {}).get(language)]
                if missing:
                    raise ValueError(f"{path.name}: {rule}: {key} is missing in {', '.join(missing)}")
            found[rule] = texts
    return found


@cache
def _gap_texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(spoken((HERE / "gaps.toml").read_text(encoding="utf-8")))


def _gap_text(gap: Gap, language: str) -> str:
    return _gap_texts()[gap.reason][language].replace("{pages}", gap.pages)


def gap_json(gap: Gap, language: str) -> dict[str, Any]:
    """Return a gap in the shape of the contract."""
    shape: dict[str, Any] = {"part": gap.part, "reason": gap.reason, "message": _gap_text(gap, language)}
    if gap.page is not None:
        shape["page"] = gap.page
    return shape


@cache
def built_in() -> Catalogue:
    """Return the wording of the built-in packs and detectors."""
    from backend.rules.loader import load_packs

    return Catalogue(rule for pack in load_packs() for rule in pack.rules)


def verdict_json(verdict: Verdict, language: str, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """Return a verdict in the shape of the contract; see :meth:`Catalogue.verdict`."""
    return (catalogue or built_in()).verdict(verdict, language)


def finding_json(finding: Finding, language: str, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """Return a finding in the shape of the contract."""
    return (catalogue or built_in()).finding(finding, language)
