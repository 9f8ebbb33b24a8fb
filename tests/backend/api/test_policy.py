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


def test_an_older_caller_leaves_alone_what_it_does_not_know(client):
    newer = {"levels": {"marking": {"post": "lower"}}, "does": {"stop": "refuse"}, "sites": {"quiet": ["x.com"]}}
    client.put("/v1/policy", json={**newer, "languages": ["zh"], "quiet_rules": ["cn.secret"]})
    client.put("/v1/policy", json={"note_at": 20, "disabled_rules": []})
    found = client.get("/v1/policy").json
    assert found.items() >= newer.items() and found["languages"] == ["zh"] and found["note_at"] == 20
    emptied = {"levels": {}, "does": {}, "sites": {}, "languages": [], "quiet_rules": []}
    assert set(client.put("/v1/policy", json=emptied).json) == {"note_at", "warn_at", "stop_at", "disabled_rules"}


def test_what_was_read_can_be_written_back(client):
    client.post("/v1/policy/own", json={"name": "my phone", "text": "+84 90 123 4567"})
    client.post("/v1/policy/own", json={"name": "office", "text": "+44 20 7946 0958"})
    client.put("/v1/policy", json={"levels": {"list": {"any": "raise"}}, "does": {"warn": "hold"}})
    found = client.get("/v1/policy").json
    assert client.put("/v1/policy", json=found).json == found
    left = {**found, "own": [{**found["own"][1], "name": "the office"}]}
    assert client.put("/v1/policy", json=left).json["own"] == [{"id": found["own"][1]["id"], "name": "the office"}]
    assert client.put("/v1/policy", json=found).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        ({"levels": {"marking": {"post": "loud"}}}, "/levels"),
        ({"sites": {"off": ["not a host"]}}, "/sites/off/0"),
        ({"languages": ["xx1"]}, "/languages/0"),
        ({"note_at": 70}, "/warn_at"),
        ({"profile": "No Profile"}, "/profile"),
        ({"own": [{"id": "ff", "name": "x"}]}, "/own/0/id"),
    ],
)
def test_it_names_the_key_that_is_wrong(client, wanted, pointer):
    answer = client.put("/v1/policy", json=wanted)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"].startswith(pointer)


def test_a_file_is_shown_before_it_takes_effect(client):
    file = client.get("/v1/policy/file")
    assert file.mimetype == "application/toml"
    changed = {"toml": file.get_data(as_text=True).replace("stop_at = 85", "stop_at = 101")}
    seen = client.post("/v1/policy/differences", json=changed)
    assert seen.json["differences"] == [{"key": "stop_at", "before": 85, "after": 101}]
    assert client.post("/v1/checks", json=MARKED).json["level"] == "stop"
    assert client.post("/v1/policy/import", json=changed).status_code == 428
    tag = {"If-Match": seen.headers["ETag"]}
    assert client.post("/v1/policy/import", json=changed, headers=tag).json["stop_at"] == 101
    assert client.post("/v1/checks", json=MARKED).json["level"] == "warn"
    assert client.post("/v1/policy/import", json=changed, headers=tag).status_code == 412


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        ({"toml": "note_at = 0"}, "/toml/note_at"),
        ({"toml": "= ="}, "/toml"),
        ({"profile": "nobody"}, "/profile/profile"),
        ({"answers": {"who": ["nobody"]}}, "/answers/who"),
        ({"policy": {"note_at": 70}}, "/policy/warn_at"),
        ({}, ""),
        ({"profile": "company", "toml": ""}, ""),
    ],
)
def test_what_is_no_policy_is_not_proposed(client, wanted, pointer):
    for action in ("differences", "import"):
        answer = client.post(f"/v1/policy/{action}", json=wanted, headers={"If-Match": '"0"'})
        assert answer.status_code == 422
        assert answer.json["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_first_run_asks_four_questions_in_the_language_of_the_person(client, language):
    headers = {"Accept-Language": language}
    questions = client.get("/v1/policy/questions", headers=headers).json["questions"]
    assert [one["id"] for one in questions] == ["who", "what", "often", "languages"]
    assert (questions[0]["text"] == "Who is this for?") == (language == "en")
    answers = {one["id"]: [one["answers"][-1]["id"]] for one in questions}
    shown = client.post("/v1/policy/differences", json={"answers": answers})
    taken = client.post("/v1/policy/import", json={"answers": answers}, headers={"If-Match": "*"})
    assert taken.json == shown.json["policy"] and taken.json["profile"] == "newsroom"
    profiles = client.get("/v1/policy/profiles", headers=headers).json["profiles"]
    assert len(profiles) == 7 and (profiles[0]["name"] == "Person") == (language == "en")


def test_a_rule_is_quietened_in_one_call_and_back(client):
    path = "/v1/policy/rules/cn.state-secret"
    first = client.post("/v1/checks", json=MARKED).json
    assert client.put(path, json={"speaks": "quiet"}).json["quiet_rules"] == ["cn.state-secret"]
    told = {one["rule"]: one["level"] for one in client.post("/v1/checks", json=MARKED).json["findings"]}
    assert told["cn.state-secret"] == "note"
    assert client.put(path, json={"speaks": "off"}).json["disabled_rules"] == ["cn.state-secret"]
    client.put(path, json={"speaks": "usual"})
    assert client.post("/v1/checks", json=MARKED).json["findings"] == first["findings"]
    assert client.put("/v1/policy/rules/Not%20a%20rule", json={"speaks": "off"}).status_code == 422


def test_own_data_are_never_kept_or_told_again(client, config, caplog):
    answer = client.post("/v1/policy/own", json={"name": "my phone", "text": "+84 90 777 4567"})
    assert answer.status_code == 201
    assert client.post("/v1/checks", json={"text": "Call me on 090 777 4567"}).json["level"] == "clear"
    refused = client.post("/v1/policy/own", json={"name": "again", "text": "+84 90 777 4567"})
    assert refused.status_code == 422
    told = (
        refused.get_data()
        + client.get("/v1/policy").get_data()
        + client.get("/v1/policy/file").get_data()
        + caplog.text.encode()
    )
    for place in (told, *(path.read_bytes() for path in config.data.rglob("*") if path.is_file())):
        assert b"777 4567" not in place and b"7774567" not in place
    assert client.delete(f"/v1/policy/own/{answer.json['id']}").status_code == 204
    assert client.post("/v1/checks", json={"text": "Call me on 090 777 4567"}).json["level"] == "note"
    assert client.delete(f"/v1/policy/own/{answer.json['id']}").status_code == 404


def test_a_verdict_says_what_its_level_does_where_that_is_not_usual(client):
    assert "action" not in client.post("/v1/checks", json=MARKED).json
    client.put("/v1/policy", json={"does": {"stop": "refuse"}})
    assert client.post("/v1/checks", json=MARKED).json["action"] == "refuse"
    assert "action" not in client.post("/v1/checks", json={"text": "hello"}).json


@pytest.mark.parametrize("half", ["\ud800", "\udfff x"])
def test_half_a_character_in_a_name_does_not_make_the_policy_unreadable(client, half):
    answer = client.post("/v1/policy/own", json={"name": half, "text": "jo.lee@example.org"})
    assert answer.status_code in (200, 201)
    assert "\ufffd" in client.get("/v1/policy").json["own"][0]["name"]


def test_a_policy_file_with_an_endless_number_is_the_callers_mistake(client):
    assert client.post("/v1/policy/differences", json={"toml": "note_at = " + "1" * 5000}).status_code == 422
