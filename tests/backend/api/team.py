"""A team with An, an administrator, and Bao, a member: fixtures for the tests that import them."""

from __future__ import annotations

import pytest

from backend.config import Config
from backend.store import links, people, tokens
from tests.backend.api.conftest import EXTENSION, csrf_of

__all__ = ["HERE", "PASSWORD", "an", "as_person", "bao", "browser", "config", "sign_in"]


@pytest.fixture
def config(tmp_path) -> Config:
    return Config(data=tmp_path / "data", open_browser=False, warm=False, team=True, public="http://localhost")


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


HERE = {"Origin": "http://localhost"}
"""As a browser says it for the scripts of the server's own pages."""
PASSWORD = "correct horse battery"


@pytest.fixture
def browser(app, store):
    """Return a browser that came in by a link of somebody's, or as whoever has the server's machine."""

    def make(person=None):
        client = app.test_client()
        word = links.mint(store, person_id=person.id if person else None)
        client.get(f"/welcome?once={word}")
        client.environ_base["HTTP_X_CSRF_TOKEN"] = csrf_of(client)
        return client

    return make


@pytest.fixture
def sign_in(app):
    """Return a way to type name and password on the page for signing in, in a browser of its own."""

    def type_in(name: str, password: str = PASSWORD, code: str = "", **headers: str):
        client = app.test_client()
        told = {"sign_in": name, "password": password, "code": code}
        answer = client.post("/v1/sign-in", json=told, headers={**HERE, **headers})
        if answer.status_code == 204:
            client.environ_base["HTTP_X_CSRF_TOKEN"] = csrf_of(client)
        return client, answer

    return type_in
