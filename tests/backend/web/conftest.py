"""The pages as the real application serves them, to a test client and to a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import StrictUndefined
from playwright.sync_api import Browser, Page, Playwright
from werkzeug.serving import make_server

from backend import create_app
from backend.config import Config
from backend.http.services import services
from backend.store import Store, links

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
EXTENSION = "chrome-extension://" + "a" * 32
Served = tuple[str, Callable[[], str]]


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


@contextmanager
def serving(data: Path, **settings: Any) -> Iterator[tuple[str, Store]]:
    """Run a server; gives its address and its store."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = Config(port=port, data=data, warm=False, open_browser=False, **settings)
    app = create_app(config, extensions=(EXTENSION,))
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield config.address, app.extensions["store"]
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        services().jobs.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running server: its address, and a way to get one-time links."""
    with serving(tmp_path_factory.mktemp("data")) as (address, store):
        yield address, lambda: links.mint(store)


@pytest.fixture(scope="module")
def browser(tools: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
    started = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser window; an error in the page's own scripts fails the test."""
    context = browser.new_context(locale="en", viewport={"width": 1100, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def entered(page: Page, served: Served) -> Page:
    """A window that came in by a one-time link, at the settings."""
    address, link = served
    page.goto(f"{address}/settings?once={link()}")
    return page
