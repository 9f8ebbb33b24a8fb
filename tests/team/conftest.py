"""A PostgreSQL and a Redis for the session, and an empty database for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.team.machines import Postgres, Redis, postgres_programs
from tests.team.team import Team


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    machine = Postgres()
    machine.start()
    yield machine
    machine.remove()


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed (Debian: redis-server)")
    machine = Redis()
    machine.start()
    yield machine
    machine.remove()


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
