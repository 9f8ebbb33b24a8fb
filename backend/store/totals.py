"""What a team did with verdicts, only as totals over at least ten people.

A number is told of a week that is over, so that nobody can watch it grow by one; it is told where at least ten
different people stand behind it, and rounded to the nearest five.  Sites and channels add up to what is told of
their outcome: where those that are left out have fewer than ten people together, the smallest that would be told is
left out too, so that taking one from the other tells nothing of them.  All answers are made of these same numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, case, distinct, func, select

from backend.store.database import NotFound, Store
from backend.store.decisions import Counts, RuleTotal, Total, Week
from backend.store.observations import Week as Observed
from backend.store.observations import monday
from backend.store.tables import decision_rules, decisions, lists, observations

FEWEST = 10
STEP = 5
KEPT_WEEKS = 26
"""After that a team's decisions and observations are deleted."""
_PEOPLE = func.count(distinct(decisions.c.who))
_DECISIONS = func.count(distinct(decisions.c.id))
Where = list[ColumnElement[bool]]


def rounded(count: int) -> int:
    """Return a count to the nearest five, never nothing.

    >>> [rounded(count) for count in (10, 12, 13, 58)]
    [10, 10, 15, 60]
    """
    return max(STEP, STEP * round(count / STEP))


def oldest(day: str) -> str:
    """Return the Monday of the oldest week that is kept on a day."""
    return (date.fromisoformat(monday(day)) - timedelta(weeks=KEPT_WEEKS)).isoformat()


def weeks(store: Store, category_of: Callable[[str], str], since: str = "") -> list[Week]:
    """Return the weeks that are over and have enough people, newest first, from the week of a day on."""
    first = max(monday(since) if since else "", oldest(store.today()))
    found = []
    with store.read() as connection:
        week = date.fromisoformat(monday(store.today())) - timedelta(weeks=1)
        while week.isoformat() >= first:
            one = _week(connection, week, category_of)
            if one is not None:
                found.append(one)
            week -= timedelta(weeks=1)
    return found


def totals(found: list[Week]) -> list[Total]:
    """Return outcomes by week, without site, channel and level."""
    return [
        Total(one.week, outcome, "", "", "", count) for one in found for outcome, count in sorted(one.outcomes.items())
    ]


def by_rule(found: list[Week]) -> list[RuleTotal]:
    """Return the counts by rule of several weeks together."""
    sums: dict[tuple[str, str], int] = {}
    for one in found:
        for rule, outcomes in one.rules.items():
            for outcome, count in outcomes.items():
                sums[rule, outcome] = sums.get((rule, outcome), 0) + count
    return [RuleTotal(rule, outcome, count) for (rule, outcome), count in sorted(sums.items())]


def observed(store: Store, id: str) -> list[Observed]:
    """Return the weeks of a list in observe mode, newest first; raises :class:`NotFound`."""
    table = observations.c
    people, count = func.count(distinct(table.who)), func.sum(table.count)
    query = select(table.week, table.level, count).where(table.list_id == id, table.week < monday(store.day()))
    query = query.group_by(table.week, table.level).having(people >= FEWEST).order_by(table.week.desc())
    counts: dict[str, dict[str, int]] = {}
    with store.read() as connection:
        if connection.execute(select(lists.c.id).where(lists.c.id == id)).first() is None:
            raise NotFound("list")
        for week, level, sum_ in connection.execute(query):
            counts.setdefault(week, {"note": 0, "warn": 0, "stop": 0})[level] = rounded(int(sum_))
    return [Observed(week, **levels) for week, levels in counts.items()]


def _week(connection: Connection, begin: date, category_of: Callable[[str], str]) -> Week | None:
    first, last = begin.isoformat(), (begin + timedelta(days=6)).isoformat()
    where: Where = [decisions.c.day.between(first, last)]
    own = select(decisions.c.outcome, _DECISIONS).where(*where)
    outcomes = dict(_rows(connection, own.group_by(decisions.c.outcome).having(_PEOPLE >= FEWEST)))
    if not outcomes:
        return None
    told = {outcome: rounded(count) for outcome, count in outcomes.items()}
    made = Week(first, sum(told.values()), told)
    made.sites = _parts(connection, where, decisions.c.site)
    made.channels = _parts(connection, where, decisions.c.channel)
    joined = decisions.join(decision_rules)
    made.rules = _groups(connection, where, decision_rules.c.rule, joined)
    seen = select(decision_rules.c.rule).distinct().select_from(joined).where(*where)
    categories = {rule: category_of(rule) for (rule,) in _rows(connection, seen)}
    if categories:
        named = case(categories, value=decision_rules.c.rule)
        made.categories = _groups(connection, where, named, joined)
    return made


def _groups(connection: Connection, where: Where, column: ColumnElement[Any], table: FromClause) -> Counts:
    """Return the groups that have enough people, each by itself; a decision may stand in several."""
    name = column.label("name")
    query = select(name, decisions.c.outcome, _DECISIONS).select_from(table).where(*where)
    found: Counts = {}
    for group, outcome, count in _rows(connection, query.group_by(name, decisions.c.outcome).having(_PEOPLE >= FEWEST)):
        found.setdefault(group, {})[outcome] = rounded(count)
    return found


def _parts(connection: Connection, where: Where, column: ColumnElement[str]) -> Counts:
    """Return the parts of each outcome that have enough people, where what is left out has enough too."""
    query = select(column, decisions.c.outcome, _DECISIONS, _PEOPLE).where(*where).group_by(column, decisions.c.outcome)
    by_outcome: dict[str, list[tuple[int, str, int]]] = {}
    for name, outcome, count, people in _rows(connection, query):
        by_outcome.setdefault(outcome, []).append((count, name, people))
    found: Counts = {}
    for outcome, parts in by_outcome.items():
        told = sorted(one for one in parts if one[2] >= FEWEST)
        if len(told) < len(parts):
            names = [name for _, name, _ in told]
            rest = select(_PEOPLE).where(*where, decisions.c.outcome == outcome, column.not_in(names))
            if (connection.execute(rest).scalar() or 0) < FEWEST:
                told = told[1:]
        for count, name, _ in told:
            found.setdefault(name, {})[outcome] = rounded(count)
    return found


def _rows(connection: Connection, query: Any) -> list[Any]:
    return list(connection.execute(query).all())
