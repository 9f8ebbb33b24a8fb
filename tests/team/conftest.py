"""An empty database for each test, and a whole team's server for the session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.team.team import Team


@pytest.fixture
def database(postgres) -> str:
    return postgres.database()


@pytest.fixture(scope="session")
def team(postgres, redis) -> Iterator[Team]:
    """A team's server with two web processes and a worker; who kills a part of it starts it again."""
    whole = Team(postgres, redis)
    try:
        whole.start()
        yield whole
    finally:
        whole.remove()
