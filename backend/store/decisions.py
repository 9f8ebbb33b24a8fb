"""Decisions: what people did with verdicts, by day, rule and site; no words, no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from backend.store.database import Store
from backend.store.tables import decision_rules, decisions

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


def add(store: Store, decision: Decision) -> None:
    """Keep a decision."""
    facts = {name: getattr(decision, name) for name in ("outcome", "site", "channel", "level")}
    with store.write() as connection:
        made = connection.execute(insert(decisions).values(day=store.today(), **facts))
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


def forget(store: Store) -> int:
    """Delete all decisions and return how many there were."""
    with store.write() as connection:
        return connection.execute(delete(decisions)).rowcount
