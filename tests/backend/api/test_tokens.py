"""The devices that are let in, over HTTP."""

from __future__ import annotations


def test_it_lists_devices_and_marks_the_one_that_asks(client, other):
    found = client.get("/v1/tokens").json["tokens"]
    assert {one["name"]: one["current"] for one in found} == {"test": True, "other": False}
    assert "last_used" in found[0]


def test_it_shuts_a_device_out_at_once(client, other):
    assert other.get("/v1/lists").status_code == 200
    id = next(one["id"] for one in client.get("/v1/tokens").json["tokens"] if not one["current"])
    assert client.delete(f"/v1/tokens/{id}").status_code == 204
    assert other.get("/v1/lists").status_code == 401
    assert client.delete(f"/v1/tokens/{id}").status_code == 404


def test_only_the_day_of_the_last_use_is_kept(client, clock):
    client.get("/v1/lists")
    clock.now += 3600
    assert client.get("/v1/tokens").json["tokens"][0]["last_used"] == "2027-01-15"
