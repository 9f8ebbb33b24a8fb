"""Subscriptions over HTTP, from a real publisher to a real verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend import create_app
from tests.backend.api.checked import CheckedClient
from tests.backend.subscriptions.conftest import PACK, pem, publisher  # noqa: F401

DRAFT = {"text": "we start Project Sunbird on Monday"}


@pytest.fixture
def following(config, store, engine, jobs, token):
    """A caller of a server that may fetch, also from this machine."""
    config = replace(config, subscriptions=True, subscriptions_private=True)
    app = create_app(config, store=store, engine=engine, jobs=jobs)
    app.test_client_class = CheckedClient
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def test_a_list_is_followed_from_its_address_to_a_verdict(following, publisher):  # noqa: F811
    publisher.publish(1)
    added = following.post("/v1/subscriptions", json={"url": f"{publisher.url}#{publisher.key}"})
    assert added.status_code == 201 and publisher.asked == []
    path = added.headers["Location"]
    waiting = following.post(f"{path}/check").json["waiting"]
    assert waiting["samples"] == [{"sign": "+", "text": "Project Sunbird"}]
    assert following.post("/v1/checks", json=DRAFT).json["level"] == "clear"
    assert following.post(f"{path}/apply", json={"version": 2}).status_code == 412
    assert following.post(f"{path}/apply", json={"version": 1}).json["version"] == 1
    assert following.post("/v1/checks", json=DRAFT).json["level"] == "stop"
    publisher.files.clear()
    gone = following.post(f"{path}/check", headers={"Accept-Language": "vi"}).json
    assert gone["problem"] == "not_signed" and "Second Look" in gone["message"]
    assert following.post("/v1/checks", json=DRAFT).json["level"] == "stop"
    assert following.delete(path).status_code == 204
    assert following.post("/v1/checks", json=DRAFT).json["level"] == "clear"
    assert following.get(path).status_code == 404


def test_a_pack_speaks_at_the_next_check_and_is_silent_when_it_is_ended(following, publisher):  # noqa: F811
    publisher.put("pack", 1, PACK)
    path = following.post("/v1/subscriptions", json={"url": publisher.url, "key": publisher.key}).headers["Location"]
    following.post(f"{path}/check")
    following.post(f"{path}/apply", json={"version": 1})
    draft = {"text": "HIDE ONLY: nest at the mill"}
    found = following.post("/v1/checks", json=draft, headers={"Accept-Language": "zh"}).json["findings"]
    assert [one["title"] for one in found] == ["仅限观察点"]
    following.delete(path)
    assert following.post("/v1/checks", json=draft).json["level"] == "clear"


def test_nothing_is_fetched_in_the_default_configuration(client, publisher):  # noqa: F811
    assert client.get("/v1/subscriptions").json == {"allowed": False, "subscriptions": []}
    refused = client.post("/v1/subscriptions", json={"url": publisher.url, "key": publisher.key})
    assert refused.status_code == 409 and refused.json["type"].endswith("subscriptions_off")
    assert publisher.asked == []


def test_it_is_refused_where_it_was_subscribed_to_before(client, store, publisher):  # noqa: F811
    from backend.subscriptions.following import subscribe

    one = subscribe(store, publisher.url, publisher.key)
    assert client.post(f"/v1/subscriptions/{one.id}/check").status_code == 409
    assert publisher.asked == []


def test_inner_addresses_are_not_asked_without_leave(config, store, engine, jobs, token, publisher):  # noqa: F811
    app = create_app(replace(config, subscriptions=True), store=store, engine=engine, jobs=jobs)
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    added = client.post("/v1/subscriptions", json={"url": publisher.url, "key": publisher.key})
    assert client.post(f"{added.headers['Location']}/check").json["problem"] == "private_address"
    assert publisher.asked == []


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        ({"url": "http://x.org/", "key": "A" * 43 + "="}, "/url"),
        ({"url": "https://x.org/", "key": "Zanarivogel"}, "/key"),
        ({"url": "https://x.org/"}, "/key"),
    ],
)
def test_what_cannot_be_followed_is_refused(following, wanted, pointer):
    answer = following.post("/v1/subscriptions", json=wanted)
    assert answer.status_code == 422 and answer.json["errors"][0]["pointer"] == pointer
    assert "Zanarivogel" not in answer.get_data(as_text=True)


def test_the_same_address_twice_is_a_conflict(following):
    wanted = {"url": "https://x.org/", "key": "A" * 43 + "="}
    assert following.post("/v1/subscriptions", json=wanted).status_code == 201
    assert following.post("/v1/subscriptions", json=wanted).status_code == 409
