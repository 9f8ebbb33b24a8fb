"""A real Chromium with the real extension, the real server, and replicas of the sites under their own names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.e2e import firefox, grounds, opening, replicas
from tests.e2e.serving import Server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where there is no Chromium these tests are skipped, which CI does not allow."""
    if opening.CHROMIUM or os.environ.get("CI") == "true":
        return
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the replicas."""
    with replicas.serve(tmp_path_factory.mktemp("replicas")) as port:
        yield port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server with a data folder of its own."""
    started = Server(tmp_path_factory.mktemp("server"))
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def browser(tools: Playwright, sites: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Chromium with the extension as a newcomer has it: loaded, and nothing more."""
    context = opening.open_browser(tools, tmp_path_factory.mktemp("profile"), hosts=replicas.HOSTS, port=sites)
    yield context
    context.close()


@pytest.fixture(scope="module")
def paired(browser: BrowserContext, server: Server) -> BrowserContext:
    """The browser, paired with the server through settings and welcome page."""
    opening.set_server(browser, server.address)
    opening.pair(browser, server).close()
    return browser


@pytest.fixture
def page(paired: BrowserContext) -> Iterator[Page]:
    """A fresh tab of the paired browser; an error in a page's own scripts fails the test."""
    opened = paired.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(f"{error}\n{error.stack}"))
    yield opened
    opened.close()
    assert errors == []


@pytest.fixture(scope="session")
def grounds_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of all that both browsers are shown."""
    with grounds.serve(tmp_path_factory.mktemp("grounds")) as port:
        yield port


@pytest.fixture(scope="session")
def grounds_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The one server of both browsers."""
    started = Server(tmp_path_factory.mktemp("grounds-server"))
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def either(
    request: pytest.FixtureRequest,
    tools: Playwright,
    grounds_port: int,
    grounds_server: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[grounds.Browser]:
    """Each browser in turn, paired, with every site of the list permitted."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "firefox" and not firefox.PROGRAM:
        pytest.skip("no Firefox on this machine")
    opened = (
        grounds.chromium(tools, folder, grounds_port, grounds_server)
        if request.param == "chromium"
        else grounds.mozilla(folder, grounds_port, grounds_server)
    )
    with opened as browser:
        yield browser


@pytest.fixture
def tab(either: grounds.Browser) -> Iterator[Any]:
    """A fresh tab of either browser; an error in a page's own scripts fails the test."""
    opened = either.new_page()
    yield opened
    errors = opened.evaluate("window.errors ?? []")
    opened.close()
    assert errors == []
