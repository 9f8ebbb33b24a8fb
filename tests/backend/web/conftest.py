"""The pages as the real application serves them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import StrictUndefined

from backend import create_app
from backend.config import Config
from backend.http.services import services
from backend.store import links


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Config(data=tmp_path, warm=False, open_browser=False))
    # A word that a page asks for and no catalogue has must not pass as an empty string.
    app.jinja_env.undefined = StrictUndefined
    yield app
    with app.app_context():
        services().jobs.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def new_link(app: Flask) -> Callable[[], str]:
    return lambda: links.mint(app.extensions["store"])


@pytest.fixture
def inside(client: FlaskClient, new_link: Callable[[], str]) -> FlaskClient:
    """A browser that came in by a one-time link."""
    client.get(f"/welcome?once={new_link()}")
    return client
