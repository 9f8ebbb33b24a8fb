"""``/v1/policy``: from which score a finding is told how loudly, and rules that are switched off."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, request

from backend.http import body, etag, operation, reply
from backend.http.problems import Problem
from backend.http.services import services
from backend.http.words import RuleId
from backend.model import Policy
from backend.store import policies

blueprint = Blueprint("policy", __name__)
Threshold = Annotated[int, msgspec.Meta(ge=1, le=101)]


class PolicyShape(msgspec.Struct, forbid_unknown_fields=True):
    """Thresholds from 1 to 100 in rising order, 101 for never; and rules that are switched off."""

    note_at: Threshold = 30
    warn_at: Threshold = 60
    stop_at: Threshold = 85
    disabled_rules: Annotated[list[RuleId], msgspec.Meta(max_length=10_000)] = []


@blueprint.get("/v1/policy")
@operation.describes("Read the policy", answers={200: PolicyShape}, headers=("ETag",))
def read() -> Response:
    """Answer with the policy in force and its version."""
    return _shown(*policies.read(services().store))


@blueprint.put("/v1/policy")
@operation.describes(
    "Put a policy in force",
    body=PolicyShape,
    answers={200: PolicyShape},
    headers=("ETag",),
    problems=("changed_meanwhile",),
    limit=operation.MEGABYTE,
    if_match=True,
)
def write() -> Response:
    """Replace the policy; the next check sees it."""
    wanted = body.read_json(request, PolicyShape)
    if not wanted.note_at <= wanted.warn_at <= wanted.stop_at:
        raise Problem("invalid", errors=(("/warn_at", "note_at <= warn_at <= stop_at"),))
    policy = Policy(wanted.note_at, wanted.warn_at, wanted.stop_at, frozenset(wanted.disabled_rules))
    version = policies.write(services().store, policy, etag.seen(request))
    services().live.refresh()
    return _shown(policy, version)


def _shown(policy: Policy, version: int) -> Response:
    content: dict[str, Any] = {name: getattr(policy, name) for name in ("note_at", "warn_at", "stop_at")}
    return reply.json({**content, "disabled_rules": sorted(policy.disabled_rules)}, ETag=etag.tag(version))
