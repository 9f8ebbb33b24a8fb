"""What people did with verdicts, over HTTP."""

from __future__ import annotations

import pytest

SENT = {
    "verdict": "0123456789abcdef",
    "outcome": "sent",
    "rules": ["cn.state-secret", "cn.state-secret", "list.0a1b"],
    "site": "x.com",
    "channel": "post",
    "level": "stop",
}


def test_it_counts_decisions_by_day_and_rule(client):
    assert client.post("/v1/decisions", json=SENT).status_code == 204
    assert client.post("/v1/decisions", json=SENT).status_code == 204
    assert client.post("/v1/decisions", json={"outcome": "edited", "level": "warn"}).status_code == 204
    found = client.get("/v1/decisions").json
    assert sorted((total["outcome"], total["count"]) for total in found["totals"]) == [("edited", 1), ("sent", 2)]
    assert {(total["rule"], total["count"]) for total in found["rules"]} == {("cn.state-secret", 2), ("list.0a1b", 2)}


def test_it_counts_from_a_day_on(client, clock):
    client.post("/v1/decisions", json=SENT)
    clock.now += 24 * 3600
    client.post("/v1/decisions", json=SENT)
    days = [total["day"] for total in client.get("/v1/decisions").json["totals"]]
    assert len(days) == 2
    assert [total["day"] for total in client.get(f"/v1/decisions?since={days[0]}").json["totals"]] == days[:1]


def test_it_forgets_everything_when_asked(client):
    client.post("/v1/decisions", json=SENT)
    assert client.delete("/v1/decisions").status_code == 204
    assert client.get("/v1/decisions").json == {"totals": [], "rules": []}


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "regretted"},
        {"level": "loud"},
        {"rules": ["Words of a draft"]},
        {"rules": "cn.state-secret"},
        {"site": "x.com/a path with words"},
        {"site": "not a host name"},
        {"verdict": "words of a draft"},
        {"channel": "telepathy"},
    ],
)
def test_no_words_get_in(client, change):
    assert client.post("/v1/decisions", json={**SENT, **change}).status_code == 422
    assert client.get("/v1/decisions").json["totals"] == []


def test_it_refuses_a_day_that_is_none(client):
    assert client.get("/v1/decisions?since=yesterday").status_code == 422


def tell(client, outcome: str, *rules: str, site: str = "x.com") -> None:
    told = {"outcome": outcome, "level": "warn", "rules": list(rules), "site": site}
    assert client.post("/v1/decisions", json=told).status_code == 204


def test_weeks_are_counted_by_everything_that_is_drawn(client, clock):
    tell(client, "sent", "cn.state-secret", "tlp.red")
    tell(client, "edited", "cn.state-secret", "identifier.phone")
    clock.now += 7 * 24 * 3600
    tell(client, "removed", "document.photo", "list.0a1b", "gone.rule", site="weibo.com")
    new, old = client.get("/v1/decisions/weeks").json["weeks"]
    assert new["week"] > old["week"] and (new["count"], old["count"]) == (1, 2)
    assert old["outcomes"] == {"sent": 1, "edited": 1}
    assert old["sites"] == {"x.com": {"sent": 1, "edited": 1}} and new["sites"] == {"weibo.com": {"removed": 1}}
    assert old["categories"] == {"marking": {"sent": 1, "edited": 1}, "identifier": {"edited": 1}}
    assert set(new["categories"]) == {"document", "list", "other"}
    assert old["rules"]["cn.state-secret"] == {"sent": 1, "edited": 1}
    assert client.get(f"/v1/decisions/weeks?since={new['week']}").json["weeks"] == [new]
    assert client.get("/v1/decisions/weeks?since=yesterday").status_code == 422


def test_the_rules_that_were_not_useful_come_first_and_are_quietened_in_one_call(client):
    for _ in range(3):
        tell(client, "not_useful", "identifier.phone")
    tell(client, "not_useful", "cn.state-secret")
    tell(client, "sent", "cn.state-secret")
    tell(client, "sent", "tlp.red")
    first, second = client.get("/v1/decisions/unhelpful").json["rules"]
    assert (first["rule"], first["not_useful"], first["decided"]) == ("identifier.phone", 3, 0)
    assert (second["not_useful"], second["decided"], second["speaks"]) == (1, 1, "usual")
    assert first["title"] and first["category"] == "identifier"
    client.put(f"/v1/policy/rules/{first['rule']}", json={"speaks": "quiet"})
    assert client.get("/v1/decisions/unhelpful").json["rules"][0]["speaks"] == "quiet"
    client.delete("/v1/decisions")
    assert client.get("/v1/decisions/unhelpful").json["rules"] == []
    assert client.get("/v1/decisions/weeks").json["weeks"] == []


def test_a_list_is_called_by_its_name_and_one_that_is_gone_by_none(client):
    made = client.post("/v1/lists", json={"name": "Projects"}).json["id"]
    tell(client, "not_useful", f"list.{made}", "list.gone")
    found = {one["rule"]: one["title"] for one in client.get("/v1/decisions/unhelpful").json["rules"]}
    assert found == {f"list.{made}": "Projects", "list.gone": ""}


def test_every_rule_that_is_code_has_a_category(engine):
    from backend.http.categories import OTHER, Categories

    categories = Categories(engine.rules)
    assert [rule for rule in engine.catalogue.all() if categories.of(rule) == OTHER] == []
