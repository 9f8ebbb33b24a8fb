"""A program that took the server's port gets neither a token nor a draft, and the person is told the truth."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e import opening
from tests.e2e.acting import UNCHECKED, await_state, go_back, goes_untouched, is_held, sent
from tests.e2e.grounds import Browser
from tests.e2e.impostor import passing_on, standing
from tests.e2e.inside import shown
from tests.e2e.serving import Server, free_port

CANARY = "heron-7d1f93ab"
KEPT = """async (world) => {
  const local = await (world.browser ?? world.chrome).storage.local.get('tokens');
  if (local.tokens) return Object.values(local.tokens);
  const done = (request) => new Promise((go) => { request.onsuccess = () => go(request.result); });
  const opened = await done(world.indexedDB.open('second-look', 1));
  return Object.values(await done(opened.transaction('kept').objectStore('kept').get('tokens')));
}"""


@contextmanager
def taken(server: Server, heard: Path) -> Iterator[None]:
    """Let another program stand at the port of a server that was stopped."""
    with standing(server.port, heard):
        yield


@pytest.fixture
def stopped(grounds_server: Server) -> Iterator[Server]:
    """The server, which a test stops; it runs again after it."""
    yield grounds_server
    if grounds_server.process is None:
        grounds_server.start()


def on_weibo(page: Any, text: str) -> None:
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    page.keyboard.insert_text(text)


def press_send(page: Any) -> Any:
    return page.locator("button.send").click


def is_told_the_truth(page: Any) -> None:
    dialog = is_held(page, press_send(page), UNCHECKED).dialog
    assert dialog and "could not prove that it is the server you connected to" in dialog.text
    assert {"Share without a check", "Go back"} <= set(dialog.buttons)
    go_back(page)
    assert sent(page) == []
    chip = shown(page).chip
    assert chip and (chip["state"], chip["label"]) == ("fault", "Not checked")


def heard_nothing(heard: Path, tokens: list[str]) -> None:
    """It was asked for a proof, and learned neither the draft nor a token nor what a proof is made of."""
    text = heard.read_text()
    assert "POST /v1/proofs" in text and "POST /v1/checks" not in text
    assert tokens and CANARY not in text and "Bearer" not in text
    for token in tokens:
        digest = hashlib.sha256(token.encode()).hexdigest()
        for secret in (token, digest, digest[16:32], digest[32:48], digest[48:]):
            assert secret not in text


def test_who_took_the_port_gets_nothing(tab: Any, either: Browser, stopped: Server, tmp_path: Path) -> None:
    tokens = either.in_background(KEPT)
    on_weibo(tab, "A day at the lake")
    await_state(tab, "clear")
    stopped.stop()
    tab.keyboard.insert_text(".")
    await_state(tab, "fault")
    with taken(stopped, tmp_path / "heard"):
        tab.keyboard.insert_text(f" {CANARY}")
        is_told_the_truth(tab)
        settings = either.settings()
        settings.wait_for_selector("#server-state[data-tone='bad']")
        assert "Something else answers" in settings.evaluate("document.querySelector('#server-state').textContent")
        settings.close()
        heard_nothing(tmp_path / "heard", tokens)
    stopped.start()
    tab.keyboard.insert_text("!")
    goes_untouched(tab, press_send(tab))


def test_a_worker_that_wakes_has_the_server_prove_itself_again(
    page: Any, paired: BrowserContext, server: Server, tmp_path: Path
) -> None:
    tokens = opening.worker(paired).evaluate(f"({KEPT})(self)")
    on_weibo(page, "A day at the lake")
    await_state(page, "clear")
    opening.put_to_sleep(paired)
    server.stop()
    try:
        with taken(server, tmp_path / "heard"):
            page.keyboard.insert_text(f" {CANARY}")
            is_told_the_truth(page)
            heard_nothing(tmp_path / "heard", tokens)
    finally:
        server.start()
    page.keyboard.insert_text("!")
    expect(page.locator("textarea")).to_have_value(f"A day at the lake {CANARY}!")
    goes_untouched(page, press_send(page))


def test_who_passes_a_pairing_on_shows_another_code(browser: BrowserContext, server: Server) -> None:
    """A program between extension and server relays every word: the codes differ, and the person says no."""
    port = free_port()
    with passing_on(port, server.port):
        opening.set_server(browser, f"http://127.0.0.1:{port}")
        settings = opening.options_page(browser)
        settings.locator("#pair").click()
        expect(settings.locator("#code")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
        page = browser.new_page()
        page.goto(server.link())
        expect(page.locator("[data-pairing] .code")).to_have_text(re.compile(r"^\d{3}\s\d{3}$"))
        theirs, ours = settings.locator("#code").inner_text(), page.locator("[data-pairing] .code").inner_text()
        assert theirs.split() != ours.split()
        page.locator("[data-refuse]").click()
        expect(settings.locator("#pairing-text")).to_contain_text("did not match")
        page.close()
        settings.close()
