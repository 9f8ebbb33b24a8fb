"""``/v1/decisions``: what people did with verdicts, counted by day; no words, no person."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response, request

from backend import wording
from backend.http import auditing, body, counting, operation, reply, shapes
from backend.http.categories import Categories
from backend.http.services import services
from backend.http.words import Day, RuleId, SiteName, VerdictId
from backend.request import Channel
from backend.store import decisions, documents, lists, policies, totals
from backend.store.decisions import Decision, Unhelpful, Week

blueprint = Blueprint("decisions", __name__)
DAY_OR_NONE = {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?$"}
SINCE = operation.Query("since", "The first day, for example 2026-11-24; empty: all of them.", DAY_OR_NONE)
TEAM = """\
Of a team only totals over at least ten people are told: of weeks that are over, where at least ten different people
stand behind a number, rounded to the nearest five."""
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
    """How often an outcome came on a day; in a team in a week, and `site`, `channel` and `level` are empty."""

    day: str
    outcome: Outcome
    site: str
    channel: Channel | Literal[""]
    level: shapes.LevelName | Literal[""]
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


class WeekTotals(msgspec.Struct):
    """What was done in one week; `week` is its Monday, and each count is by outcome."""

    week: str
    count: shapes.Count
    outcomes: dict[Outcome, shapes.Count]
    sites: dict[str, dict[Outcome, shapes.Count]]
    channels: dict[Channel, dict[Outcome, shapes.Count]]
    categories: dict[str, dict[Outcome, shapes.Count]]
    """A decision on findings of two categories counts in both; `other`: of a rule that is not known any more."""
    rules: dict[str, dict[Outcome, shapes.Count]]


class Weeks(msgspec.Struct):
    """Week by week, newest first; weeks without a decision are left out."""

    weeks: list[WeekTotals]


class UnhelpfulRule(msgspec.Struct):
    """A rule that was found not useful."""

    rule: str
    title: str
    """In the language of the request; empty for a rule that is not known any more."""
    category: str
    not_useful: shapes.Count
    decided: shapes.Count
    """Decisions of other kinds on its findings."""
    speaks: Literal["usual", "quiet", "off"]
    """As the policy has it now; `PUT /v1/policy/rules/<rule>` changes it."""


class UnhelpfulRules(msgspec.Struct):
    """Rules that were found not useful, those most often so first."""

    rules: list[UnhelpfulRule]


@blueprint.post("/v1/decisions")
@operation.describes(
    "Tell what the person did with a verdict",
    body=NewDecision,
    answers={204: None},
    role=operation.MEMBER,
)
def add() -> Response:
    """Count it."""
    told = body.read_json(request, NewDecision)
    rules = _countable(told.rules) if services().config.is_team else told.rules
    decision = Decision(told.outcome, told.site, told.channel, told.level, rules)
    decisions.add(services().store, decision, counting.who())
    return reply.nothing()


@blueprint.get("/v1/decisions")
@operation.describes(
    "Read the counts of decisions",
    details=TEAM,
    answers={200: DecisionTotals},
    query=(SINCE,),
    problems=("invalid",),
    role=operation.ADMINISTRATOR,
)
def read() -> Response:
    """Answer with counts by day and by rule."""
    since, store = _since(), services().store
    if services().config.is_team:
        found = _team_weeks(since)
        return reply.json({"totals": totals.totals(found), "rules": totals.by_rule(found)})
    return reply.json({"totals": decisions.totals(store, since), "rules": decisions.by_rule(store, since)})


@blueprint.get("/v1/decisions/weeks")
@operation.describes(
    "Read the decisions week by week, for charts",
    details=TEAM,
    answers={200: Weeks},
    query=(SINCE,),
    problems=("invalid",),
    role=operation.ADMINISTRATOR,
)
def read_weeks() -> Response:
    """Answer with counts by outcome, site, channel, category and rule."""
    if services().config.is_team:
        return reply.json({"weeks": _team_weeks(_since())})
    found = decisions.weeks(services().store, Categories(services().live.engine.rules).of, _since())
    return reply.json({"weeks": found})


@blueprint.get("/v1/decisions/unhelpful")
@operation.describes(
    "Read which rules were most often not useful",
    details=TEAM,
    answers={200: UnhelpfulRules},
    query=(SINCE,),
    problems=("invalid",),
    role=operation.ADMINISTRATOR,
)
def read_unhelpful() -> Response:
    """Answer with them, those most often so first."""
    engine, language = services().live.engine, wording.pick(request.headers.get("Accept-Language"))
    policy, categories = policies.read(services().store)[0], Categories(engine.rules)
    found = [
        UnhelpfulRule(
            one.rule,
            _title(one.rule, language),
            categories.of(one.rule),
            one.not_useful,
            one.decided,
            policy.voice(one.rule),
        )
        for one in _unhelpful(_since())
    ]
    return reply.json({"rules": found})


def _unhelpful(since: str) -> list[Unhelpful]:
    if services().config.is_team:
        return decisions.unhelpful_of(totals.by_rule(_team_weeks(since)))
    return decisions.unhelpful(services().store, since)


def _team_weeks(since: str) -> list[Week]:
    """Return what a team did, only where at least ten people stand behind a number."""
    return totals.weeks(services().store, Categories(services().live.engine.rules).of, since)


def _countable(rules: list[str]) -> list[str]:
    """Return the rules without those of lists that are one person's own: whose they are would tell who it was."""
    own = {rule.partition(".")[2] for rule in rules if rule.startswith("list.")}
    shared = lists.everybodys_among(services().store, own) if own else frozenset()
    return [rule for rule in rules if not rule.startswith("list.") or rule.partition(".")[2] in shared]


def _title(rule: str, language: str) -> str:
    """Return what a rule is called: what it says, or the name of the list or document that it is about."""
    family, _, id = rule.partition(".")
    store = services().store
    try:
        if family == "list":
            entry = lists.read(store, id)
            return "" if entry.owner else entry.name
        if family == "quotation":
            return documents.read(store, id).name
        title = services().live.engine.catalogue.texts(rule)["title"][language]
    except LookupError:
        return ""
    return "" if "{" in title else title


def _since() -> str:
    found: str = body.convert(request.args.get("since", ""), Day)
    return found


@blueprint.delete("/v1/decisions")
@operation.describes("Delete all decisions", answers={204: None}, role=operation.ADMINISTRATOR)
def forget() -> Response:
    """Forget them."""
    decisions.forget(auditing.store())
    return reply.nothing()
