"""A real server without a socket: real engine, store, readers; every answer is held against its description."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from backend import create_app
from backend.config import Config
from backend.store import Store, links, open_store, tokens
from tests.backend.api.checked import CheckedClient

EXTENSION = "chrome-extension://" + "abcdefgh" * 4


class Clock:
    """Seconds since 1970 that a test moves on."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config(tmp_path) -> Config:
    return Config(data=tmp_path / "data", open_browser=False, warm=False)


@pytest.fixture
def store(config, clock) -> Iterator[Store]:
    config.data.mkdir(mode=0o700)
    store = open_store(config.database_url, clock=clock)
    yield store
    store.close()


@pytest.fixture
def app(config, store, engine, jobs) -> Flask:
    app = create_app(config, store=store, engine=engine, jobs=jobs, extensions=(EXTENSION,))
    app.test_client_class = CheckedClient
    return app


@pytest.fixture
def stranger(app) -> CheckedClient:
    """A caller without a token."""
    return app.test_client()


@pytest.fixture
def token(store) -> str:
    return tokens.mint(store, "test")[0]


@pytest.fixture
def client(app, token) -> CheckedClient:
    """A caller with a token."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


@pytest.fixture
def other(app, store) -> CheckedClient:
    """Another caller with a token of their own."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {tokens.mint(store, 'other')[0]}"
    return client


@pytest.fixture
def page(app, store) -> CheckedClient:
    """One of the server's own pages, opened by a one-time link."""
    client = app.test_client()
    client.get(f"/welcome?once={links.mint(store)}")
    client.environ_base["HTTP_X_CSRF_TOKEN"] = csrf_of(client)
    return client


def csrf_of(client: CheckedClient) -> str:
    """Return the word that the welcome page carries for its scripts."""
    html = client.get("/welcome").get_data(as_text=True)
    return html.partition('name="csrf-token" content="')[2].partition('"')[0]
