"""What a page learns of the server by trying: in a real browser it looks like a port that nobody listens on."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from tests.attacks.target import Target
from tests.e2e.serving import free_port

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATHS = ["/", "/welcome", "/v1/status", "/v1/lists", "/v1/checks", "/favicon.ico", "/web/static/logo.svg",
         "/web/static/welcome.js", "/web/static/welcome.css", "/nothing", "/%00", "/%", "/?" + "a" * 40_000,
         "/" + "a" * 300_000]  # fmt: skip
TRY = """async ([address, paths, only]) => {
  const ways = {
    fetch: (url) => fetch(url, {mode: 'no-cors'}).then(() => 'answered', () => 'failed'),
    cors: (url) => fetch(url).then(() => 'answered', () => 'failed'),
    include: (url) => fetch(url, {mode: 'no-cors', credentials: 'include', method: 'POST', body: 'x'}).then(
      () => 'answered', () => 'failed'),
    img: (url) => element('img', 'src', url),
    script: (url) => element('script', 'src', url),
    style: (url) => element('link', 'href', url),
    video: (url) => element('video', 'src', url),
    object: (url) => element('object', 'data', url),
    socket: (url) => new Promise((done) => {
      const one = new WebSocket(url.replace('http', 'ws'));
      one.onopen = () => done('answered');
      one.onerror = () => done('failed');
    }),
    events: (url) => new Promise((done) => {
      const one = new EventSource(url);
      one.onopen = () => { one.close(); done('answered'); };
      one.onerror = () => { one.close(); done('failed'); };
    }),
  };
  function element(tag, attribute, url) {
    return new Promise((done) => {
      const one = document.createElement(tag);
      if (tag === 'link') one.rel = 'stylesheet';
      one.onload = one.onloadeddata = () => done('answered');
      one.onerror = () => done('failed');
      one[attribute] = url;
      document.body.append(one);
    });
  }
  const found = {};
  for (const [way, go] of Object.entries(ways)) {
    if (only && !only.includes(way)) continue;
    const seen = await Promise.all(paths.map((path) => go(address + path)));
    found[way] = seen.map((one, place) => `${paths[place].slice(0, 40)} ${one}`);
  }
  return found;
}"""


class Blank(BaseHTTPRequestHandler):
    """A page without anything."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>another page</title><body>")

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def another_page() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Blank)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def foreign(tools: Playwright) -> Iterator[Page]:
    """A page of another port of this machine: nearer to the server than any page of the web can be."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
    with another_page() as port:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://localhost:{port}/")
        yield page
        browser.close()


def test_a_page_that_tries_sees_no_difference_from_a_port_where_nobody_listens(personal: Target, foreign: Page) -> None:
    nobody = foreign.evaluate(TRY, [f"http://127.0.0.1:{free_port()}", PATHS])
    there = foreign.evaluate(TRY, [f"http://127.0.0.1:{personal.port}", PATHS])
    assert there == nobody
    assert all(one.endswith("failed") for seen in nobody.values() for one in seen)


def test_the_page_could_see_a_server_that_does_not_hide(foreign: Page) -> None:
    """That the test above can fail."""
    with another_page() as port:
        seen = foreign.evaluate(TRY, [f"http://127.0.0.1:{port}", ["/", "/v1/status"], ["fetch"]])
    assert seen["fetch"] == ["/ answered", "/v1/status answered"]


def test_a_page_cannot_frame_it_or_look_into_a_window_of_it(personal: Target, foreign: Page) -> None:
    with foreign.expect_popup() as opened:
        foreign.evaluate(
            "(address) => { window.other = window.open(address); }", f"http://127.0.0.1:{personal.port}/welcome"
        )
    opened.value.wait_for_load_state()
    assert foreign.evaluate("window.other.closed") is True, "its own window is out of the reach of who opened it"
    seen = foreign.evaluate(
        """(address) => new Promise((done) => {
             const frame = document.createElement('iframe');
             const look = () => frame.contentDocument ? 'readable' : 'closed';
             frame.onload = () => { try { done(look()); } catch { done('closed'); } };
             frame.src = address;
             document.body.append(frame);
           })""",
        f"http://127.0.0.1:{personal.port}/welcome",
    )
    assert seen == "closed"
    inside = [one for one in foreign.frames if one != foreign.main_frame]
    assert all("Second Look" not in one.content() for one in inside)


def test_waiting_connections_do_not_shut_others_out(target: Target) -> None:
    """Slowloris: two hundred callers who begin and do not go on; one who has something to ask is answered."""
    begun = [socket.create_connection(("127.0.0.1", target.port), 10) for _ in range(200)]
    try:
        for number, one in enumerate(begun):
            head = f"POST /v1/checks HTTP/1.1\r\nHost: {target.name}\r\nContent-Length: 1000\r\n"
            one.sendall((head if number % 2 else head + "\r\n{").encode())
        assert target.owner("POST", "/v1/checks", {"text": "hello"}).json["level"] == "clear"
    finally:
        for one in begun:
            one.close()
