"""Policies to begin from: TOML files of one folder, each with its name and why it is so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from backend.model import LANGUAGES, Policy
from backend.policy.table import BadPolicy, from_table

FOLDER = Path(__file__).parent / "profiles"


@dataclass(frozen=True, slots=True)
class Profile:
    """A policy for one kind of people."""

    id: str
    name: Mapping[str, str]
    explanation: Mapping[str, str]
    policy: Policy


@cache
def read_all() -> tuple[Profile, ...]:
    """Return all profiles in their order; raises :class:`BadPolicy` where one of them is none."""
    found = [_read(path) for path in FOLDER.glob("*.toml")]
    return tuple(profile for _, profile in sorted(found, key=lambda one: one[0]))


def ids() -> tuple[str, ...]:
    """Return the ids of all profiles."""
    return tuple(profile.id for profile in read_all())


def of(id: str, before: Policy | None = None) -> Policy:
    """Return the policy of a profile; what is personal (own data, sites that are off) stays as it was.

    Raises :class:`BadPolicy` for an unknown one.
    """
    found = next((one for one in read_all() if one.id == id), None)
    if found is None:
        raise BadPolicy("profile", f"one of {', '.join(ids())}")
    return personal(found.policy, before or Policy())


def personal(policy: Policy, before: Policy) -> Policy:
    """Return ``policy`` with what belongs to a person and not to a profile."""
    return replace(
        policy,
        own=before.own,
        own_key=before.own_key,
        sites_off=before.sites_off,
        sites_quiet=before.sites_quiet,
        disabled_rules=policy.disabled_rules | before.disabled_rules,
        quiet_rules=policy.quiet_rules | before.quiet_rules,
    )


def _read(path: Path) -> tuple[int, Profile]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    head = table["profile"]
    for key in ("name", "explanation"):
        missing = [language for language in LANGUAGES if not head[key].get(language)]
        if missing:
            raise BadPolicy(f"profile.{key}", f"{path.name}: it is missing in {', '.join(missing)}")
    policy = from_table({**table["policy"], "profile": path.stem})
    return head["order"], Profile(path.stem, head["name"], head["explanation"], policy)
