"""One watched server of each mode, into which the canary has gone by every way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.privacy import carriers, watched
from tests.privacy.watched import Watched
from tests.privacy.ways import CANARY, every_way, from_the_bench
from tests.privacy.wired import Answer, Client

LISTED = "Quellnymphe55b2"
"""A term of a list: lists are kept, since a person edits them."""


@dataclass
class Sung:
    """A server after the canary; ``answers`` are all that were given."""

    watched: Any
    answers: list[Answer] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    """What Redis was told, where there is one."""


def sing(port: int, token: str, link: str, own: dict[str, str]) -> list[Answer]:
    """Send the canary by every way there is, and by files of every kind; return all answers."""
    client = Client(port, {**own, "Authorization": f"Bearer {token}", "Accept-Language": "vi"})
    stranger = Client(port, own)
    assert client.post("/v1/lists", json={"name": "kept", "terms": [LISTED]}).status_code == 201
    for _ in every_way(client, stranger):
        pass
    for name, data in (*carriers.whole(CANARY), *carriers.broken(CANARY)):
        sent = client.post("/v1/attachments", data={"file": (carriers.io.BytesIO(data), name)})
        assert sent.status_code == 202, (name, sent.data)
        seen = client.get(f"/v1/attachments/{sent.json['id']}?wait=30")
        assert seen.json["state"] == "done", name
        client.post(f"/v1/attachments/{sent.json['id']}/copy", json={"strip_metadata": True})
        client.post("/v1/checks", json={"text": CANARY, "attachments": [sent.json["id"]]})
    for _ in from_the_bench(page_of(port, link, own)):
        pass
    return [*client.heard, *stranger.heard]


def page_of(port: int, link: str, own: dict[str, str]) -> Client:
    """One of the server's own pages, opened by a one-time link."""
    entered = Client(port, own).get("/" + link.split("/", 3)[3])
    cookie = entered.headers["Set-Cookie"].partition(";")[0]
    html = Client(port, {**own, "Cookie": cookie}).get("/welcome").data.decode()
    found = re.search(r'name="csrf-token" content="([^"]+)"', html)
    assert found
    return Client(port, {**own, "Cookie": cookie, "X-CSRF-Token": found[1]})


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sung]:
    """The embedded default, under strace, after the canary and after it has crashed."""
    if not watched.STRACE:
        pytest.skip("strace is not installed (Debian: strace)")
    server = Watched(tmp_path_factory.mktemp("watched") / "place")
    try:
        server.start()
        link = re.search(r"http\S+welcome\?once=\S+", server.said())
        assert link
        yield Sung(server, sing(server.port, server.run("token").strip(), link[0], {}))
    finally:
        server.end()
