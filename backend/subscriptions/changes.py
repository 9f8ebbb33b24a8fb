"""What another version of something published would change, to be shown before it takes effect."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.subscriptions.parcel import Parcel

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Changes:
    """How much comes, changes and goes, and the first of each."""

    added: int
    changed: int
    removed: int
    samples: tuple[tuple[str, str], ...]
    """``("+", term or rule)``, ``("~", …)`` or ``("-", …)``; of a sealed list there is nothing to show."""


def between(before: Parcel | None, after: Parcel) -> Changes:
    """Return what ``after`` changes."""
    old, new = (_entries(before) if before else {}), _entries(after)
    added = [key for key in new if key not in old]
    changed = [key for key in new if key in old and new[key] != old[key]]
    removed = [key for key in old if key not in new]
    shown = () if after.kind == "sealed" else (("+", added), ("~", changed), ("-", removed))
    samples = tuple((sign, key) for sign, keys in shown for key in keys[:MOST_SHOWN])
    return Changes(len(added), len(changed), len(removed), samples)


def _entries(parcel: Parcel) -> Mapping[str, Any]:
    """Return the terms, hashes or rules of a version by their names, each with what all have in common."""
    if parcel.kind == "list":
        return {term.text: (term, parcel.level) for term in parcel.terms()}
    if parcel.kind == "sealed":
        # Each sealing has a key of its own, so that its hashes are all new.
        return {str(one[0]): (one[1:], parcel.content["level"]) for one in parcel.content["terms"]}
    table = tomllib.loads(parcel.content)
    return {str(rule.get("id")): (rule, table.get("defaults")) for rule in table.get("rule", [])}
