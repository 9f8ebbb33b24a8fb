"""Decisions: what people did with verdicts, by day, rule and site; no words, no person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, insert, select

from backend.store import audit
from backend.store.database import Store
from backend.store.observations import monday
from backend.store.tables import decision_rules, decisions, observations

Counts = dict[str, dict[str, int]]
"""By name, then by outcome."""
OUTCOMES = ("sent", "edited", "removed", "cancelled", "not_useful")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; the day is the store's."""

    outcome: str
    site: str
    channel: str
    level: str
    rules: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """How often one outcome came on one day."""

    day: str
    outcome: str
    site: str
    channel: str
    level: str
    count: int


@dataclass(frozen=True, slots=True)
class RuleTotal:
    """How often one outcome followed findings of one rule."""

    rule: str
    outcome: str
    count: int


def add(store: Store, decision: Decision, who: str = "") -> None:
    """Keep a decision; ``who`` is a keyed hash of the person and the week, where there are several."""
    facts = {name: getattr(decision, name) for name in ("outcome", "site", "channel", "level")}
    with store.write() as connection:
        if who and connection.execute(select(decisions.c.id).where(decisions.c.day == store.today())).first() is None:
            _forget_old(connection, store.today())
        made = connection.execute(insert(decisions).values(day=store.today(), who=who, **facts))
        key = made.inserted_primary_key
        rules = [{"decision_id": key[0], "rule": rule} for rule in dict.fromkeys(decision.rules)] if key else []
        if rules:
            connection.execute(insert(decision_rules), rules)


def totals(store: Store, since: str = "") -> list[Total]:
    """Return the counts from a day on (``2026-11-24``), newest day first."""
    columns = (decisions.c.day, decisions.c.outcome, decisions.c.site, decisions.c.channel, decisions.c.level)
    query = select(*columns, func.count()).where(decisions.c.day >= since).group_by(*columns)
    with store.read() as connection:
        return [Total(*row) for row in connection.execute(query.order_by(decisions.c.day.desc(), *columns[1:]))]


def by_rule(store: Store, since: str = "") -> list[RuleTotal]:
    """Return the counts by rule from a day on."""
    columns = (decision_rules.c.rule, decisions.c.outcome)
    query = select(*columns, func.count()).join_from(decision_rules, decisions).where(decisions.c.day >= since)
    with store.read() as connection:
        return [RuleTotal(*row) for row in connection.execute(query.group_by(*columns).order_by(*columns))]


@dataclass(slots=True)
class Week:
    """What people did in one week; ``week`` is its Monday.  Each count is by outcome."""

    week: str
    count: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    sites: Counts = field(default_factory=dict)
    channels: Counts = field(default_factory=dict)
    categories: Counts = field(default_factory=dict)
    """A decision on findings of two categories counts in both."""
    rules: Counts = field(default_factory=dict)

    def add(self, outcome: str, site: str, channel: str, count: int) -> None:
        """Count decisions."""
        self.count += count
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + count
        _add(self.sites, site, outcome, count)
        _add(self.channels, channel, outcome, count)


def weeks(store: Store, category_of: Callable[[str], str], since: str = "") -> list[Week]:
    """Return what people did week by week, newest first; ``category_of`` knows the category of a rule."""
    found: dict[str, Week] = {}
    for total in totals(store, since):
        week = monday(total.day)
        found.setdefault(week, Week(week)).add(total.outcome, total.site, total.channel, total.count)
    columns = (decision_rules.c.decision_id, decisions.c.day, decisions.c.outcome, decision_rules.c.rule)
    query = select(*columns).join_from(decision_rules, decisions).where(decisions.c.day >= since)
    counted = set()
    with store.read() as connection:
        for id, day, outcome, rule in connection.execute(query):
            own, category = found.setdefault(monday(day), Week(monday(day))), category_of(rule)
            _add(own.rules, rule, outcome, 1)
            if (id, category) not in counted:
                counted.add((id, category))
                _add(own.categories, category, outcome, 1)
    return sorted(found.values(), key=lambda one: one.week, reverse=True)


@dataclass(frozen=True, slots=True)
class Unhelpful:
    """How often people said of a rule that it was not useful, and how often they decided on it otherwise."""

    rule: str
    not_useful: int
    decided: int


def unhelpful(store: Store, since: str = "") -> list[Unhelpful]:
    """Return the rules that somebody found not useful, those most often so first."""
    return unhelpful_of(by_rule(store, since))


def unhelpful_of(found: Iterable[RuleTotal]) -> list[Unhelpful]:
    """Return the rules that were found not useful among counts, those most often so first."""
    counts: dict[str, list[int]] = {}
    for one in found:
        counts.setdefault(one.rule, [0, 0])[one.outcome != "not_useful"] += one.count
    useless = [Unhelpful(rule, bad, rest) for rule, (bad, rest) in counts.items() if bad]
    return sorted(useless, key=lambda one: (-one.not_useful, one.decided, one.rule))


def _add(counts: Counts, name: str, outcome: str, count: int) -> None:
    own = counts.setdefault(name, {})
    own[outcome] = own.get(outcome, 0) + count


def _forget_old(connection: Connection, today: str) -> None:
    """Delete what a team does not keep any longer, with the first decision of a day."""
    from backend.store.totals import oldest

    connection.execute(delete(decisions).where(decisions.c.day < oldest(today)))
    connection.execute(delete(observations).where(observations.c.week < oldest(today)))


def forget(store: Store) -> int:
    """Delete all decisions and return how many there were."""
    with store.write() as connection:
        gone = connection.execute(delete(decisions)).rowcount
        audit.note(store, connection, "decisions.forgotten", "", decisions=gone)
        return gone
