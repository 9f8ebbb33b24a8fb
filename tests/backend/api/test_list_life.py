"""Lists over HTTP: embargo, observe mode, import, search, bulk edit, undo, everyday words."""

from __future__ import annotations

import io
import json

import pytest

from backend.http.observing import PAUSE
from tests.backend.api.test_attachments import form_of

DAY = 86_400


@pytest.fixture
def path(client) -> str:
    return f"/v1/lists/{client.post('/v1/lists', json={'name': 'P', 'terms': ['Zephyr']}).json['id']}"


def level(client, text: str, **more) -> str:
    return client.post("/v1/checks", json={"text": text, **more}).json["level"]


def imported(client, data: bytes, name: str = "terms.txt") -> dict:
    sent = client.post("/v1/imports", data={"file": (io.BytesIO(data), name)})
    assert sent.status_code == 202
    return client.get(f"/v1/imports/{sent.json['id']}?wait=30").json


def test_an_embargo_ends_while_the_server_runs(client, clock):
    client.post("/v1/lists", json={"name": "E", "terms": [{"text": "Blue Heron", "valid_until": "2027-01-16"}]})
    assert level(client, "blue heron") == "stop"
    clock.now += DAY
    assert level(client, "blue heron") == "stop"
    clock.now += DAY
    assert level(client, "blue heron") == "clear"


def test_a_term_with_everything_is_shown_as_it_was_sent(client, path):
    term = {"text": "Falcon", "form": "exact", "level": "warn", "languages": ["en"], "channels": ["post"]}
    term |= {"sites": ["x.com"], "category": "launch", "note": "Ask Kim.", "exceptions": ["Millennium Falcon"]}
    term |= {"valid_from": "2026-11-24", "valid_until": "2027-01-31"}
    client.post(f"{path}/terms", json={"terms": [term]})
    assert client.get(f"{path}/terms?search=falc").json["terms"] == [term]


@pytest.mark.parametrize(
    "term",
    [{"score": 101}, {"sites": ["a b"]}, {"channels": ["fax"]}, {"valid_from": "soon"}, {"level": "warn", "score": 1}],
)
def test_details_that_make_no_sense_are_refused(client, path, term):
    assert client.post(f"{path}/terms", json={"terms": [{"text": "Falcon", **term}]}).status_code == 422


def test_a_list_that_observes_counts_drafts_and_never_interrupts(client, app, path, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(app.extensions["secondlook"].observing, "_clock", lambda: now[0])
    client.patch(path, json={"observe": True})
    for text in ("Zephyr", "Zephyr s", "Zephyr starts"):
        assert level(client, text, site="x.com") == "clear"
    assert client.get(f"{path}/observations").json["this_week"] == 1
    level(client, "nothing", site="x.com")
    level(client, "Zephyr again", site="x.com")
    now[0] += PAUSE + 1
    level(client, "Zephyr later", site="x.com")
    found = client.get(f"{path}/observations").json
    assert found == {"weeks": [{"week": "2027-01-11", "note": 0, "warn": 0, "stop": 3, "asked": 3}], "this_week": 3}
    client.delete(f"{path}/observations")
    assert client.get(f"{path}/observations").json["weeks"] == []


def test_everyday_words_are_told_and_refused_where_the_caller_asks(client, path):
    told = client.post(f"{path}/terms", json={"terms": ["Blue Heron", "meeting"]}).json
    assert (told["added"], [one["text"] for one in told["everyday"]]) == (2, ["meeting"])
    refused = client.post(f"{path}/terms", json={"terms": ["Blue Heron", "project"], "confirm": False})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (409, "/terms/1")
    assert client.post(f"{path}/terms", json={"terms": ["project"], "confirm": True}).json["added"] == 1


def test_a_file_is_looked_at_and_then_brought_in(client, path):
    seen = imported(client, b"Aurora\n...\nZephyr\nAurora\n")
    assert (seen["state"], seen["understood"], seen["not_understood"], seen["duplicates"]) == ("ready", 2, 1, 1)
    assert seen["problems"][0]["line"] == 2
    id = path.rpartition("/")[2]
    assert client.get(f"/v1/imports/{seen['id']}?list={id}").json["same"] == 1
    assert level(client, "aurora") == "clear"
    client.post(f"/v1/imports/{seen['id']}/apply", json={"list": id})
    done = client.get(f"/v1/imports/{seen['id']}?wait=30").json
    assert (done["state"], done["result"]["added"], done["result"]["total"]) == ("done", 1, 2)
    assert level(client, "aurora") == "stop"
    assert client.post(f"/v1/imports/{seen['id']}/apply", json={"list": id}).status_code == 409


def test_an_import_with_everyday_words_needs_a_yes(client):
    seen = imported(client, b"Aurora\nmeeting\n")
    assert [one["text"] for one in seen["everyday"]] == ["meeting"]
    assert client.post(f"/v1/imports/{seen['id']}/apply", json={"name": "New"}).status_code == 409
    assert client.get("/v1/lists").json["lists"] == []
    client.post(f"/v1/imports/{seen['id']}/apply", json={"name": "New", "confirm": True})
    assert client.get(f"/v1/imports/{seen['id']}?wait=30").json["state"] == "done"


def test_a_file_that_cannot_be_read_fails_with_words(client):
    seen = imported(client, b"{", "terms.json")
    assert (seen["state"], bool(seen["message"])) == ("failed", True)


def test_an_import_is_its_owners_alone_and_can_be_forgotten(client, other):
    seen = imported(client, b"Aurora\n")
    assert other.get(f"/v1/imports/{seen['id']}").status_code == 404
    assert client.delete(f"/v1/imports/{seen['id']}").status_code == 204
    assert client.get(f"/v1/imports/{seen['id']}").status_code == 404


def test_a_hundred_thousand_terms_are_imported_and_the_import_is_undone(client, path):
    sent = client.post("/v1/imports", **form_of("".join(f"Codename {n:06}\n" for n in range(100_000)).encode()))
    seen = client.get(f"/v1/imports/{sent.json['id']}?wait=30").json
    assert seen["understood"] == 100_000
    client.post(f"/v1/imports/{seen['id']}/apply", json={"list": path.rpartition("/")[2]})
    assert client.get(f"/v1/imports/{seen['id']}?wait=30").json["result"]["total"] == 100_001
    assert level(client, "codename 099999") == "stop"
    assert client.post(f"{path}/undo").json["total"] == 1
    assert level(client, "codename 099999") == "clear"


def test_many_terms_are_changed_in_one_step_and_that_is_undone(client, path):
    client.post(f"{path}/terms", json={"terms": ["Blue Heron", "Red Heron"]})
    edit = {"where": {"search": "heron"}, "set": {"level": "note", "category": "bird"}}
    assert client.post(f"{path}/terms/edit", json=edit).json["changed"] == 2
    assert level(client, "red heron") == "note"
    assert client.get(f"{path}/terms?category=bird").json["found"] == 2
    assert client.post(f"{path}/undo").json["undone"] == 3
    assert level(client, "red heron") == "stop"
    refused = client.post(f"{path}/terms/edit", json={"where": {}, "set": {"form": "near", "level": "note"}})
    assert (refused.status_code, level(client, "zephyr")) == (200, "note")


def test_the_history_names_the_device(client, path):
    client.patch(path, json={"name": "Q"})
    found = client.get(f"{path}/history").json["versions"]
    assert [(one["action"], one["who"]) for one in found] == [("settings", "test"), ("created", "test")]
    assert client.post(f"{path}/undo").status_code == 200
    assert client.post(f"{path}/undo").json["type"].endswith("nothing_to_undo")
    assert client.get(path).json["name"] == "P"


@pytest.mark.parametrize("kind", ["csv", "tsv", "txt", "json"])
def test_an_export_is_imported_again(client, path, kind):
    data = client.get(f"{path}/export?format={kind}").data
    assert imported(client, data, f"x.{kind}")["sample"][0]["text"] == "Zephyr"


def test_lists_are_put_in_order(client):
    ids = [client.post("/v1/lists", json={"name": name}).json["id"] for name in "abc"]
    client.put("/v1/lists/order", json={"lists": [ids[2]]})
    assert [one["name"] for one in client.get("/v1/lists").json["lists"]] == ["c", "a", "b"]
    assert client.put("/v1/lists/order", json={"lists": ["x"]}).status_code == 404


def test_how_common_terms_are_is_told(client):
    found = client.post("/v1/frequencies", json={"terms": ["meeting", "Zephyr"], "posts": 100}).json["terms"]
    assert [one["everyday"] for one in found] == [True, False]
    assert found[0]["alarms"] > 0.3 and json.dumps(found)
