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
