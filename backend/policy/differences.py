"""What would change between two policies, key by key, to be shown before it takes effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backend.model import USUALLY, Level, Policy
from backend.policy.table import LEVELS, to_table


@dataclass(frozen=True, slots=True)
class Difference:
    """One key that has another value; lists tell what comes and what goes."""

    key: str
    """For example ``"levels.situation.ai"``."""
    before: Any
    after: Any
    """``None``: it is not said."""


def differences(before: Policy, after: Policy) -> list[Difference]:
    """Return what is not the same, in the order of the file."""
    old, new = dict(_flat(_shown(before))), dict(_flat(_shown(after)))
    keys = list(dict.fromkeys((*old, *new)))
    return [Difference(key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]


def _shown(policy: Policy) -> dict[str, Any]:
    """Return a table in which own data are names, and actions are told also where they are usual."""
    table = to_table(policy)
    table["does"] = {word: policy.action(Level.named(word)) or USUALLY[Level.named(word)] for word in LEVELS}
    table["own"] = sorted(one.name for one in policy.own)
    return table


def _flat(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{key}.")
        elif value not in ([], ""):
            yield f"{path}{key}", value
