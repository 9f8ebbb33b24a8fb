"""``/v1/decisions``: what people did with verdicts, counted by day; no words, no person."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response, request

from backend.http import body, operation, reply, shapes
from backend.http.services import services
from backend.http.words import Day, RuleId, SiteName, VerdictId
from backend.request import Channel
from backend.store import decisions
from backend.store.decisions import Decision

blueprint = Blueprint("decisions", __name__)
Outcome = Literal["sent", "edited", "removed", "cancelled", "not_useful"]


class NewDecision(msgspec.Struct):
    """What the person did with a verdict; the verdict's id is not kept."""

    outcome: Outcome
    level: shapes.LevelName
    verdict: VerdictId = ""
    rules: Annotated[list[RuleId], msgspec.Meta(max_length=100)] = []
    site: SiteName = ""
    channel: Channel = "post"


class DecisionTotal(msgspec.Struct):
    """How often an outcome came on a day."""

    day: str
    outcome: Outcome
    site: str
    channel: Channel
    level: shapes.LevelName
    count: shapes.Count


class RuleTotal(msgspec.Struct):
    """How often an outcome followed findings of a rule."""

    rule: str
    outcome: Outcome
    count: shapes.Count


class DecisionTotals(msgspec.Struct):
    """All counts."""

    totals: list[DecisionTotal]
    rules: list[RuleTotal]


@blueprint.post("/v1/decisions")
@operation.describes(
    "Tell what the person did with a verdict",
    body=NewDecision,
    answers={204: None},
)
def add() -> Response:
    """Count it."""
    told = body.read_json(request, NewDecision)
    decisions.add(services().store, Decision(told.outcome, told.site, told.channel, told.level, told.rules))
    return reply.nothing()


@blueprint.get("/v1/decisions")
@operation.describes(
    "Read the counts of decisions",
    answers={200: DecisionTotals},
    query=(operation.Query("since", "The first day, for example 2026-11-24.", {"type": "string", "format": "date"}),),
    problems=("invalid",),
)
def read() -> Response:
    """Answer with counts by day and by rule."""
    since = body.convert(request.args.get("since", ""), Day)
    store = services().store
    return reply.json({"totals": decisions.totals(store, since), "rules": decisions.by_rule(store, since)})


@blueprint.delete("/v1/decisions")
@operation.describes("Delete all decisions", answers={204: None})
def forget() -> Response:
    """Forget them."""
    decisions.forget(services().store)
    return reply.nothing()
