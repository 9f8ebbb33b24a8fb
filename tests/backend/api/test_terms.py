"""The terms of a list over HTTP."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def path(client) -> str:
    """The address of the terms of an empty list."""
    return f"/v1/lists/{client.post('/v1/lists', json={'name': 'Projects'}).json['id']}/terms"


def texts(client, path: str) -> list[str]:
    """Return the texts of all terms."""
    return [term["text"] for term in client.get(f"{path}?limit=10000").json["terms"]]


def test_it_adds_terms_once(client, path):
    answer = client.post(path, json={"terms": ["Zephyr", "Zephyr", "Blue Heron"]})
    assert (answer.json["added"], answer.json["changed"], answer.json["total"]) == (2, 0, 2)
    again = client.post(path, json={"terms": ["Zephyr", {"text": "Blue Heron", "form": "exact", "level": "warn"}]})
    assert (again.json["added"], again.json["changed"], again.json["total"]) == (0, 1, 2)
    assert client.get(path).json["terms"][1] == {"text": "Blue Heron", "form": "exact", "level": "warn"}


def test_it_removes_and_adds_in_one_step(client, path):
    client.post(path, json={"terms": ["a1", "b1", "c1"]})
    answer = client.patch(path, json={"remove": ["a1", "not there"], "add": ["d1"]})
    assert (answer.json["removed"], answer.json["added"], answer.json["total"]) == (1, 1, 3)
    assert texts(client, path) == ["b1", "c1", "d1"]


def test_it_replaces_all_terms_only_for_who_has_seen_them(client, path):
    client.post(path, json={"terms": ["old"]})
    assert client.put(path, json={"terms": ["new"]}).status_code == 428
    seen = client.get(path).headers["ETag"]
    client.post(path, json={"terms": ["meanwhile"]})
    assert client.put(path, json={"terms": ["new"]}, headers={"If-Match": seen}).status_code == 412
    assert texts(client, path) == ["old", "meanwhile"]
    answer = client.put(path, json={"terms": ["new"]}, headers={"If-Match": "*"})
    assert (answer.json["added"], answer.json["removed"], texts(client, path)) == (1, 2, ["new"])


def test_it_reads_page_by_page(client, path):
    wanted = [f"term {n}" for n in range(25)]
    client.post(path, json={"terms": wanted})
    found, after = [], 0
    while after is not None:
        page = client.get(f"{path}?limit=10&after={after}").json
        found += [term["text"] for term in page["terms"]]
        after = page["next"]
        assert page["total"] == 25
    assert found == wanted


@pytest.mark.parametrize("query", ["limit=0", "limit=10001", "limit=x", "after=-1", "after="])
def test_it_refuses_a_page_that_makes_no_sense(client, path, query):
    assert client.get(f"{path}?{query}").status_code == 422


@pytest.mark.parametrize("bad", ["", "   ", "...", "\u200b", "two\nlines", "a" * 201, "\ud800"])
def test_it_names_the_term_that_cannot_be_used_and_adds_none(client, path, bad):
    body = json.dumps({"terms": ["good", bad]})
    answer = client.post(path, data=body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/terms/1"
    assert texts(client, path) == []


@pytest.mark.parametrize(
    "fine", ["☂", "C++", "é", "风筝", "a" * 200, "  trimmed  ", "Straße", "<b>", "'; DROP TABLE terms;--"]
)
def test_it_takes_every_term_that_has_something_to_see(client, path, fine):
    assert client.post(path, json={"terms": [fine]}).json["added"] == 1
    assert texts(client, path) == [fine.strip()]


def test_a_term_in_parts_is_the_same_term(client, path):
    answer = client.post(path, json={"terms": ["café", "cafe\u0301"]})
    assert answer.json["added"] == 1


def test_it_takes_a_hundred_thousand_terms_at_once(client, path):
    wanted = [f"Codename {n:06}" for n in range(100_000)]
    answer = client.post(path, json={"terms": wanted})
    assert (answer.status_code, answer.json["added"], answer.json["total"]) == (200, 100_000, 100_000)
    assert client.post("/v1/checks", json={"text": "about codename 099999"}).json["level"] == "stop"
    assert client.patch(path, json={"remove": wanted[1:]}).json["removed"] == 99_999


def test_a_list_that_is_not_there_has_no_terms(client):
    for method in ("get", "post", "patch", "put"):
        more = {"json": {"terms": []}} if method in ("post", "put") else {"json": {}} if method == "patch" else {}
        answer = client.open("/v1/lists/x/terms", method=method.upper(), headers={"If-Match": "*"}, **more)
        assert answer.status_code == 404
