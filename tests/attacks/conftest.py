"""A real server for all attacks, in each mode: what is tried on one is tried on the other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.attacks.target import Embedded, Target, TeamServer
from tests.team.team import Team

PUBLIC = "look.example.org"
BEHIND_A_PROXY = (("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"))
"""What the proxy before a team's server adds to every request."""


@pytest.fixture(scope="session")
def personal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The embedded default: one person, SQLite, waitress; where new files are open to all unless told otherwise."""
    place = tmp_path_factory.mktemp("attacked")
    temporary = place / "temporary"
    temporary.mkdir()
    server = Embedded(place / "data", SECONDLOOK_WARM="0", TMPDIR=str(temporary))
    before = os.umask(0)
    try:
        server.start()
    finally:
        os.umask(before)
    yield Target(server, "personal")
    server.stop()


@pytest.fixture(scope="session")
def shared(postgres: Any, redis: Any) -> Iterator[Target]:
    """A team's server behind one proxy: PostgreSQL, Redis, gunicorn, a worker."""
    settings = {"SECONDLOOK_PROXIES": "1", "SECONDLOOK_ADDRESS": f"https://{PUBLIC}", "SECONDLOOK_HOSTS": PUBLIC}
    whole = Team(postgres, redis, **settings)
    try:
        whole.start()
        yield Target(TeamServer(whole), "team", BEHIND_A_PROXY, PUBLIC)
    finally:
        whole.remove()


@pytest.fixture(scope="session", params=["personal", "team"])
def target(request: pytest.FixtureRequest) -> Target:
    """Each in turn."""
    found: Target = request.getfixturevalue({"personal": "personal", "team": "shared"}[request.param])
    return found
