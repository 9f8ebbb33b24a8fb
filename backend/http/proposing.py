"""From what a caller proposes to a policy; what is wrong is told by its key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import msgspec

from backend.http.policy_shapes import PolicyShape, Proposal
from backend.http.problems import Problem
from backend.model import Policy
from backend.policy import assistant, file, profiles
from backend.policy.table import NEWER, BadPolicy, from_table, to_table


def proposed(wanted: Proposal, before: Policy) -> tuple[Policy, list[str]]:
    """Return the policy that is proposed, and names of own data that mean nothing here; raises :class:`Problem`."""
    kinds = [name for name in ("toml", "profile", "answers", "policy") if getattr(wanted, name) is not msgspec.UNSET]
    if len(kinds) != 1:
        raise Problem("invalid", errors=(("", "one of toml, profile, answers, policy"),))
    with explained(f"/{kinds[0]}"):
        if isinstance(wanted.toml, str):
            return file.loads(wanted.toml, before)
        if isinstance(wanted.profile, str):
            return profiles.of(wanted.profile, before), []
        if isinstance(wanted.answers, dict):
            return assistant.policy(wanted.answers, before), []
        assert isinstance(wanted.policy, PolicyShape)
        return replaced(wanted.policy, before), []


def replaced(wanted: PolicyShape, before: Policy) -> Policy:
    """Return a policy as a caller wrote it; what only newer callers know stays where it is left out.

    Raises :class:`BadPolicy`.
    """
    table: dict[str, Any] = msgspec.to_builtins(wanted)
    own = table.pop("own", None)
    kept = {name: value for name, value in to_table(before).items() if name in NEWER and name != "own"}
    policy = from_table({**kept, **table}, before)
    return replace(policy, own=before.own if own is None else _kept(own, before))


def _kept(wanted: list[dict[str, Any]], before: Policy) -> tuple[Any, ...]:
    known = {one.id: one for one in before.own}
    for number, one in enumerate(wanted):
        if one["id"] not in known:
            raise BadPolicy(f"own.{number}.id", "the id of one that is there; new ones come by POST /v1/policy/own")
    return tuple(replace(known[one["id"]], name=one["name"]) for one in wanted)


@contextmanager
def explained(pointer: str = "") -> Iterator[None]:
    """Turn what is wrong with a policy into a problem that names the key."""
    try:
        yield
    except BadPolicy as error:
        at = "/" + error.key.replace(".", "/") if error.key else ""
        raise Problem("invalid", errors=((pointer + at, error.wanted),)) from None


def shown(policy: Policy) -> dict[str, Any]:
    """Return a policy in the shape of :class:`PolicyShape`, without the hashes of own data."""
    table = to_table(policy)
    if policy.own:
        table["own"] = [{"id": one.id, "name": one.name} for one in policy.own]
    return table
