"""The category of a rule by its name alone, for counts that keep no more than names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backend.rules.rule import Rule

FAMILIES: Mapping[str, str] = {
    "card": "identifier",
    "code": "identifier",
    "document": "document",
    "hidden": "metadata",
    "intimate": "intimate",
    "labels": "marking",
    "list": "list",
    "metadata": "metadata",
    "quotation": "quotation",
    "sealed": "list",
    "situation": "situation",
    "travel": "identifier",
}
"""Of rules that are code, by how their names begin; a test holds it against the detectors."""
OTHER = "other"
"""A rule that is not known any more, for example of a pack that is gone."""


class Categories:
    """The categories of an engine's rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules of the packs."""
        from backend.detectors import codes

        self._known = {rule.id: rule.category for rule in rules}
        self._known |= {f"code.{kind}": weight.category for kind, weight in codes.WEIGHTS.items()}

    def of(self, rule: str) -> str:
        """Return the category of a rule."""
        return self._known.get(rule) or FAMILIES.get(rule.partition(".")[0], OTHER)
