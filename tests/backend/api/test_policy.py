"""The policy over HTTP."""

from __future__ import annotations

import pytest

MARKED = {"text": "机密★10年"}


def test_it_begins_with_the_products_own_policy(client):
    answer = client.get("/v1/policy")
    assert answer.json == {"note_at": 30, "warn_at": 60, "stop_at": 85, "disabled_rules": []}
    assert answer.headers["ETag"] == '"0"'


def test_the_next_check_follows_a_change(client):
    answer = client.put("/v1/policy", json={"note_at": 30, "warn_at": 60, "stop_at": 101})
    assert answer.status_code == 200
    assert client.post("/v1/checks", json=MARKED).json["level"] == "warn"
    client.put("/v1/policy", json={})
    assert client.post("/v1/checks", json=MARKED).json["level"] == "stop"


def test_a_rule_that_is_switched_off_says_nothing(client):
    client.put("/v1/policy", json={"disabled_rules": ["cn.state-secret"]})
    rules = [finding["rule"] for finding in client.post("/v1/checks", json=MARKED).json["findings"]]
    assert "cn.state-secret" not in rules
    assert client.get("/v1/policy").json["disabled_rules"] == ["cn.state-secret"]


def test_two_editors_do_not_overwrite_each_other(client):
    first = client.put("/v1/policy", json={"warn_at": 50}, headers={"If-Match": '"0"'})
    assert first.headers["ETag"] == '"1"'
    assert client.put("/v1/policy", json={"warn_at": 70}, headers={"If-Match": '"0"'}).status_code == 412
    assert client.get("/v1/policy").json["warn_at"] == 50


@pytest.mark.parametrize(
    "wanted",
    [
        {"note_at": 0},
        {"stop_at": 102},
        {"note_at": 70},
        {"note_at": 50.5},
        {"note_at": True},
        {"disabled_rules": ["Words of a draft"]},
        {"disabled_rules": "cn.state-secret"},
        {"unknown": 1},
        [],
    ],
)
def test_it_refuses_what_makes_no_policy(client, wanted):
    assert client.put("/v1/policy", json=wanted).status_code == 422
    assert client.get("/v1/policy").json["note_at"] == 30
