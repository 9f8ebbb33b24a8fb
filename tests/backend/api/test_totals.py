"""What a team did: only totals over at least ten people."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.store import decisions, lists, observations
from backend.store.decisions import Decision
from backend.store.tables import decisions as table
from backend.store.tables import observations as seen
from backend.store.totals import KEPT_WEEKS
from tests.backend.api.team import an, as_person, bao, config

__all__ = ["an", "as_person", "bao", "config"]
WEEK = 7 * 24 * 3600


@pytest.fixture
def told(store):
    """Keep decisions of several people, a line for each: ``who``, then what it is."""

    def tell(people, outcome: str = "sent", site: str = "x.com", rules=("tlp.red",), channel: str = "post") -> None:
        for who in people:
            decisions.add(store, Decision(outcome, site, channel, "warn", rules), f"person {who}")

    return tell


def weeks(client):
    return client.get("/v1/decisions/weeks").json["weeks"]


def test_nothing_is_told_of_fewer_than_ten_people(an, told, clock):
    told([*range(9), 8, 8, 8])
    clock.now += WEEK
    assert weeks(an) == []
    assert an.get("/v1/decisions").json == {"totals": [], "rules": []}
    assert an.get("/v1/decisions/unhelpful").json == {"rules": []}


def test_ten_people_are_told_when_their_week_is_over_and_not_before(an, told, clock):
    told(range(10))
    assert weeks(an) == []
    clock.now += WEEK
    (week,) = weeks(an)
    assert week["outcomes"] == {"sent": 10} and week["count"] == 10
    assert week["sites"] == {"x.com": {"sent": 10}} and week["channels"] == {"post": {"sent": 10}}
    assert week["rules"] == {"tlp.red": {"sent": 10}} and week["categories"] == {"marking": {"sent": 10}}
    found = an.get("/v1/decisions").json
    assert [(one["day"], one["outcome"], one["site"], one["count"]) for one in found["totals"]] == [
        (week["week"], "sent", "", 10)
    ]
    assert found["rules"] == [{"rule": "tlp.red", "outcome": "sent", "count": 10}]


def test_one_more_or_less_cannot_be_told(an, told, clock):
    told(range(12))
    clock.now += WEEK
    told(range(11))
    clock.now += WEEK
    assert [one["count"] for one in weeks(an)] == [10, 10]


def test_the_same_people_in_two_weeks_are_not_twice_as_many(an, told, clock):
    for _ in range(2):
        told(range(6))
        clock.now += WEEK
    assert weeks(an) == []


def test_a_small_group_within_a_large_one_is_left_out(an, told, clock):
    told(range(30), rules=("tlp.red",))
    told(range(3), "not_useful", rules=("cn.state-secret",))
    clock.now += WEEK
    (week,) = weeks(an)
    assert week["outcomes"] == {"sent": 30} and week["count"] == 30
    assert "cn.state-secret" not in week["rules"]
    assert an.get("/v1/decisions/unhelpful").json["rules"] == []


def test_what_is_left_out_cannot_be_had_by_taking_parts_from_the_whole(an, told, clock):
    told(range(20), site="x.com")
    told(range(20), site="weibo.com")
    told([1, 1, 1, 1, 1, 2], site="clinic.example")
    clock.now += WEEK
    (week,) = weeks(an)
    assert "clinic.example" not in week["sites"]
    hidden = week["outcomes"]["sent"] - sum(one["sent"] for one in week["sites"].values())
    assert len(week["sites"]) == 1 and hidden > 20
    told(range(20), site="x.com")
    for number in range(10):
        told([f"other {number}"], site=f"site{number}.example")
    clock.now += WEEK
    assert weeks(an)[0]["sites"] == {"x.com": {"sent": 20}}


def test_rules_that_ten_people_found_not_useful_are_told(an, told, clock):
    told(range(12), "not_useful", rules=("identifier.phone",))
    told(range(10), "sent", rules=("identifier.phone",))
    clock.now += WEEK
    (rule,) = an.get("/v1/decisions/unhelpful").json["rules"]
    assert (rule["rule"], rule["not_useful"], rule["decided"]) == ("identifier.phone", 10, 10)


def test_a_day_in_the_middle_gives_its_whole_week(an, told, clock):
    told(range(10))
    (day,) = {row for row in _column(an, table.c.day)}
    clock.now += WEEK
    assert [one["count"] for one in an.get(f"/v1/decisions/weeks?since={day}").json["weeks"]] == [10]


def _column(client, column) -> list:
    with client.application.extensions["store"].read() as connection:
        return list(connection.execute(select(column)).scalars())


def test_members_and_editors_are_told_nothing(as_person, bao):
    for client in (bao, as_person("Chi", "editor")):
        for path in ("/v1/decisions", "/v1/decisions/weeks", "/v1/decisions/unhelpful"):
            assert client.get(path).status_code == 403


def test_who_it_was_is_kept_as_a_hash_that_changes_with_the_week(an, bao, store, clock):
    sent = {"outcome": "sent", "level": "warn"}
    for client in (an, bao, bao):
        assert client.post("/v1/decisions", json=sent).status_code == 204
    clock.now += WEEK
    bao.post("/v1/decisions", json=sent)
    first, second, third, later = _column(an, table.c.who)
    assert second == third and len({first, second, later}) == 3
    assert bao.person.id not in second and len(second) == 32


def test_tokens_that_belong_to_nobody_are_not_many_people(an, client, other):
    for one in (client, other):
        one.post("/v1/decisions", json={"outcome": "sent", "level": "warn"})
    first, second = _column(an, table.c.who)
    assert first == second != ""


def test_a_rule_of_somebodys_own_list_is_not_counted(an, bao, store):
    own = bao.post("/v1/lists", json={"name": "Mine", "owner": "me"}).json["id"]
    shared = an.post("/v1/lists", json={"name": "Projects"}).json["id"]
    rules = [f"list.{own}", f"list.{shared}", "list.gone", "tlp.red"]
    bao.post("/v1/decisions", json={"outcome": "sent", "level": "warn", "rules": rules})
    assert [(one.rule, one.count) for one in decisions.by_rule(store)] == [(f"list.{shared}", 1), ("tlp.red", 1)]


def test_what_is_old_is_forgotten(an, as_person, told, store, clock):
    made = lists.create(store, "Projects", observe=True)
    told(range(10))
    observations.add(store, made.id, lists.Level.WARN, "person 1")
    clock.now += (KEPT_WEEKS + 1) * WEEK
    later = as_person("Chi", "member")
    assert later.post("/v1/decisions", json={"outcome": "sent", "level": "warn"}).status_code == 204
    assert len(_column(an, table.c.id)) == 1 and _column(an, seen.c.week) == []


def test_a_list_in_observe_mode_tells_only_of_ten_people(an, as_person, store, clock):
    id = an.post("/v1/lists", json={"name": "Projects", "terms": ["Zanarivogel"], "observe": True}).json["id"]
    people = [as_person(f"Person {number}", "member") for number in range(10)]
    for person in people[:9]:
        assert person.post("/v1/checks", json={"text": "Zanarivogel"}).json["findings"] == []

    def observed():
        return an.get(f"/v1/lists/{id}/observations").json

    clock.now += WEEK
    assert observed() == {"weeks": [], "this_week": 0}
    clock.now -= WEEK
    people[9].post("/v1/checks", json={"text": "Zanarivogel"})
    assert observed() == {"weeks": [], "this_week": 0}
    clock.now += WEEK
    assert [(one["stop"], one["asked"]) for one in observed()["weeks"]] == [(10, 10)]
