"""A team with An, an administrator, and Bao, a member: fixtures for the tests that import them."""

from __future__ import annotations

import pytest

from backend.config import Config
from backend.store import people, tokens
from tests.backend.api.conftest import EXTENSION

__all__ = ["an", "as_person", "bao", "config"]


@pytest.fixture
def config(tmp_path) -> Config:
    return Config(data=tmp_path / "data", open_browser=False, warm=False, team=True)


@pytest.fixture
def as_person(app, store, clock):
    """Return a client for somebody, by name and role."""

    def make(name: str, role: str, person=None):
        person = person or people.add(store, name, role)
        client = app.test_client()
        end = clock.now + tokens.KEEP_DAYS * tokens.DAY
        word = tokens.mint(store, f"{name}'s laptop", EXTENSION, person_id=person.id, role=role, expires=end)[0]
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {word}"
        client.person = person
        return client

    return make


@pytest.fixture
def an(as_person):
    return as_person("An", "administrator")


@pytest.fixture
def bao(as_person):
    return as_person("Bao", "member")
