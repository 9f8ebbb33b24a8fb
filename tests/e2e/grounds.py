"""The ground that both browsers stand on: every site may be read, and replicas, structures and fixtures are served.

Each browser is opened once for all tests, paired by clicks, and gives a fresh tab to each test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.e2e import everywhere, firefox, opening, replicas, sockets, structures
from tests.e2e.inside import until
from tests.e2e.serving import Server
from tests.e2e.tab import Tab

FORUM = "https://forum.example.org"
OTHER = "https://social.example.org"
ADDED = (f"{FORUM}/*", f"{OTHER}/*")
FIXTURES = replicas.PAGES / "fixtures"
WAYS = {
    "ckeditor": "div[role='textbox']",
    "codemirror": "div[aria-label='Text']",
    "draft": "div",
    "lexical": "div[role='textbox']",
    "plain": "div[role='textbox']",
    "prosemirror": "div[role='textbox']",
    "quill": "div[role='textbox']",
    "react": "textarea[rows='8']",
    "slate": "div[aria-label='Text']",
    "textarea": "textarea[rows='8']",
    "tinymce": "div",
    "tiptap": "div[role='textbox']",
}
"""The editors, and the element that each is mounted in."""


def editors() -> list[structures.Box]:
    """Return one composer for each editor, on a site that no entry describes: its button says what it does."""
    button = "button[type='button']{Post}"
    common = {"at": f"{FORUM}/write", "around": "section.compose", "send": button, "enter": "ctrl"}
    return [
        structures.Box("editors", number, {**common, "editor": editor, "box": box})
        for number, (editor, box) in enumerate(WAYS.items())
    ]


class _Grounds(structures._Structured):
    """Fixtures by their path, structures by their query, and replicas by their host."""

    posted: list[str] = []

    def do_GET(self) -> None:
        """Answer with what was asked for."""
        path = urlsplit(self.path).path
        if path == "/socket":
            return sockets.listen(self, self.posted)
        if path == "/posted":
            return self._write(json.dumps(self.posted).encode(), ".js")
        fixture = FIXTURES / Path(path).name
        if path.startswith("/fixture/") and fixture.is_file():
            return self._give(fixture)
        structured = "site=" in self.path or path == "/build.js" or path.startswith("/editor/")
        if not structured and self.headers.get("Host", "") in replicas.HOSTS:
            return replicas._Page.do_GET(self)
        super().do_GET()

    def do_POST(self) -> None:
        """Take what is posted, and keep it for who asks."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.posted.append(body.decode("utf-8", "replace"))
        self.send_response(204)
        self.end_headers()

    def _give(self, file: Path) -> None:
        self._write(file.read_bytes(), file.suffix)

    def _write(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", replicas.TYPES[kind])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _file(self, path: str) -> Path | None:
        self.scripts = replicas.bundle()
        return super()._file(path)


@contextmanager
def serve(folder: Path) -> Iterator[int]:
    """Serve all of it over https; yield the port."""
    table = {**structures.load(), "editors": editors()}
    bundles = structures.bundle()
    replicas.bundle()

    class Handler(_Grounds):
        scripts = bundles
        boxes = table

    with replicas.over_https(Handler, folder) as port:
        yield port


def hosts() -> set[str]:
    """Return every name that is served."""
    return {
        *replicas.HOSTS,
        *structures.hosts({**structures.load(), "editors": editors()}),
        urlsplit(OTHER).hostname or "",
    }


class Browser:
    """Either browser, paired; ``name`` tells which, ``base`` is where the extension's own pages are."""

    def __init__(self, name: str, inner: BrowserContext | firefox.Firefox) -> None:
        self.name, self.inner = name, inner
        self.base = (
            f"moz-extension://{firefox.HOST}"
            if isinstance(inner, firefox.Firefox)
            else f"chrome-extension://{opening.extension_id()}"
        )

    def new_page(self) -> Page | Tab:
        return self.inner.new_page()

    def settings(self) -> Any:
        """Open the extension's settings."""
        page = self.new_page()
        page.goto(f"{self.base}/options/options.html")
        page.wait_for_selector("#version:not(:empty)")
        return page

    def popup(self, tab: Any) -> Any:
        """Open the popup's page behind the tab that it is to speak of."""
        page = self.new_page()
        tab.bring_to_front()
        page.goto(f"{self.base}/popup/popup.html")
        page.wait_for_selector("#week:not(:empty)")
        return page

    def in_background(self, function: str) -> Any:
        """Return the JSON value of a function of the global object of the extension's background."""
        if isinstance(self.inner, firefox.Firefox):
            called = f"async () => ({function})(await browser.runtime.getBackgroundPage())"
            return self.inner.bidi.call(self.inner.console, called)
        return opening.worker(self.inner).evaluate(f"({function})(self)")


@contextmanager
def chromium(tools: Playwright, folder: Path, port: int, server: Server) -> Iterator[Browser]:
    """Open Chromium and pair it."""
    context = everywhere.open_browser(tools, folder, port, hosts(), everywhere.copy(folder, ADDED))
    opening.set_server(context, server.address)
    opening.pair(context, server).close()
    yield Browser("chromium", context)
    context.close()


@contextmanager
def mozilla(folder: Path, port: int, server: Server) -> Iterator[Browser]:
    """Open Firefox and pair it."""
    with firefox.open_browser(folder, everywhere.copy(folder, ADDED), port) as browser:
        browser.ask("change", server=server.address)
        page = browser.new_page()
        page.goto(server.link())
        until(page, lambda now: now.banner)  # type: ignore[arg-type]
        page.locator("[data-approve]").click()
        page.wait_for_selector("html[data-secondlook-paired='true']")
        page.close()
        yield Browser("firefox", browser)
