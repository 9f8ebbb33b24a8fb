"""Lists over HTTP; the very next check sees a change."""

from __future__ import annotations

import pytest

from backend.http.live import Live


@pytest.fixture
def made(client) -> dict:
    """A list with one term."""
    return client.post("/v1/lists", json={"name": "Projects", "terms": ["Project Zephyr"]}).json


def level(client, text: str) -> str:
    """Return the level of a text."""
    return client.post("/v1/checks", json={"text": text}).json["level"]


def test_it_makes_a_list_and_the_next_check_holds_its_terms(client):
    assert level(client, "about project zephyr") == "clear"
    answer = client.post("/v1/lists", json={"name": "Projects", "terms": ["Project Zephyr", {"text": "风筝计划"}]})
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/lists/{answer.json['id']}"
    assert (answer.json["level"], answer.json["enabled"], answer.json["terms"]) == ("stop", True, 2)
    assert level(client, "about project zephyr") == "stop"
    assert level(client, "他说风筝计划下周开始") == "stop"


def test_it_reads_all_lists_by_name(client):
    for name in ("b", "a"):
        client.post("/v1/lists", json={"name": name})
    assert [entry["name"] for entry in client.get("/v1/lists").json["lists"]] == ["a", "b"]


def test_it_changes_what_is_named_and_leaves_the_rest(client, made):
    answer = client.patch(f"/v1/lists/{made['id']}", json={"level": "warn"})
    assert (answer.json["name"], answer.json["level"], answer.json["enabled"]) == ("Projects", "warn", True)
    assert level(client, "about project zephyr") == "warn"


def test_a_list_that_is_switched_off_holds_nothing(client, made):
    client.patch(f"/v1/lists/{made['id']}", json={"enabled": False})
    assert level(client, "about project zephyr") == "clear"
    client.patch(f"/v1/lists/{made['id']}", json={"enabled": True})
    assert level(client, "about project zephyr") == "stop"


def test_it_deletes_a_list_with_its_terms(client, made):
    assert client.delete(f"/v1/lists/{made['id']}").status_code == 204
    assert client.get(f"/v1/lists/{made['id']}").status_code == 404
    assert level(client, "about project zephyr") == "clear"


def test_two_editors_do_not_overwrite_each_other(client, other, made):
    path = f"/v1/lists/{made['id']}"
    seen = client.get(path).headers["ETag"]
    assert other.patch(path, json={"name": "Ours"}, headers={"If-Match": seen}).status_code == 200
    late = client.patch(path, json={"name": "Mine"}, headers={"If-Match": seen})
    assert (late.status_code, late.json["type"].rpartition(":")[2]) == (412, "changed_meanwhile")
    assert client.delete(path, headers={"If-Match": seen}).status_code == 412
    now = client.get(path)
    assert now.json["name"] == "Ours"
    assert client.patch(path, json={"name": "Mine"}, headers={"If-Match": now.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("tag", ['"999"', "W/abc", '"x"', '"1", "2"', "²"])
def test_a_version_that_never_was_changes_nothing(client, made, tag):
    headers = {"If-Match": tag.encode().decode("latin-1")}
    assert client.patch(f"/v1/lists/{made['id']}", json={"name": "x"}, headers=headers).status_code == 412


def test_a_name_belongs_to_one_list(client, made):
    assert client.post("/v1/lists", json={"name": "Projects"}).status_code == 409
    second = client.post("/v1/lists", json={"name": "Clients"}).json
    assert client.patch(f"/v1/lists/{second['id']}", json={"name": "Projects"}).status_code == 409


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"name": ""},
        {"name": "  "},
        {"name": "a" * 300},
        {"name": 1},
        {"name": "x", "level": "clear"},
        {"name": "x", "enabled": "yes"},
        {"name": "x", "terms": "abc"},
        {"name": "x", "terms": [""]},
        {"name": "x", "terms": ["..."]},
        {"name": "x", "terms": [{"text": "a", "form": "fuzzy"}]},
        {"name": "x", "terms": [{"text": "(a", "form": "regex"}]},
        {"name": "x", "colour": "red"},
    ],
)
def test_it_refuses_what_makes_no_list_and_makes_none(client, wanted):
    assert client.post("/v1/lists", json=wanted).status_code in (413, 422)
    assert client.get("/v1/lists").json["lists"] == []


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_a_list_that_is_not_there_is_not_found(client, method):
    more = {} if method != "patch" else {"json": {"name": "x"}}
    assert getattr(client, method)("/v1/lists/nothing", **more).status_code == 404


def test_another_process_sees_the_change_at_its_next_check(client, made, store, engine):
    elsewhere = Live(store, engine)
    client.patch(f"/v1/lists/{made['id']}", json={"level": "note"})
    before = elsewhere.engine
    elsewhere.look()
    assert elsewhere.engine is not before


def test_another_server_looks_at_most_each_second(client, made, store, engine):
    now = [0.0]
    elsewhere = Live(store, engine, poll_seconds=1.0, clock=lambda: now[0])
    client.patch(f"/v1/lists/{made['id']}", json={"level": "note"})
    before = elsewhere.engine
    elsewhere.look()
    assert elsewhere.engine is before
    now[0] = 1.0
    elsewhere.look()
    assert elsewhere.engine is not before


def test_another_server_that_found_nothing_new_looks_a_second_later_again(client, made, store, engine):
    now = [0.0]
    elsewhere = Live(store, engine, poll_seconds=1.0, clock=lambda: now[0])
    now[0] = 1.0
    elsewhere.look()
    client.patch(f"/v1/lists/{made['id']}", json={"level": "note"})
    before = elsewhere.engine
    now[0] = 1.9
    elsewhere.look()
    assert elsewhere.engine is before
    now[0] = 2.0
    elsewhere.look()
    assert elsewhere.engine is not before
