"""Every editor: its words are read as its own model has them, and a held draft goes out once, as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.e2e.acting import await_state, go_back, goes_untouched, is_held, sent, share_anyway
from tests.e2e.inside import reach, until, world

LINES = ("Notes of today, 笔记", "", "  TOP SECRET//SI//NOFORN", "Ghi chú 😀")


@dataclass(frozen=True)
class Site:
    """A replica: its box and button, the key that makes a line in it, and the key that sends."""

    address: str
    box: str
    button: str
    line: str = "Enter"
    send: str = ""


SITES = {
    "x": Site(
        "https://x.com/", "[data-testid='tweetTextarea_0']", "[data-testid='tweetButtonInline']", send="Control+Enter"
    ),
    "facebook": Site("https://www.facebook.com/", "[role='textbox']", "[role='button']"),
    "linkedin": Site("https://www.linkedin.com/", ".ql-editor", ".share-actions__primary-action"),
    "weibo": Site("https://weibo.com/", "textarea", "button", send="Control+Enter"),
    "whatsapp": Site("https://web.whatsapp.com/", "[role='textbox']", "button", "Shift+Enter", "Enter"),
    "chatgpt": Site("https://chatgpt.com/", "#prompt-textarea", "[data-testid='send-button']", "Shift+Enter", "Enter"),
    "deepseek": Site("https://chat.deepseek.com/", "#chat-input", "[role='button']", "Shift+Enter", "Enter"),
}
WAYS = [(name, way) for name, site in SITES.items() for way in ("click", "key") if way == "click" or site.send]


def write(page: Page, site: Site, lines: tuple[str, ...]) -> None:
    """Go there and type, line by line."""
    page.goto(site.address)
    page.locator(site.box).click()
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press(site.line)
        page.keyboard.insert_text(line)


def sending(page: Page, site: Site, way: str) -> Callable[[], None]:
    return page.locator(site.button).click if way == "click" else lambda: page.keyboard.press(site.send)


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_a_held_draft_goes_back_whole_and_then_out_once_as_it_was(page: Page, name: str, way: str) -> None:
    site = SITES[name]
    write(page, site, LINES)
    await_state(page, "stop")
    read = world(page).evaluate("watch.draftOf(site.last()).text")
    send = sending(page, site, way)
    is_held(page, send)
    go_back(page)
    assert sent(page) == []
    is_held(page, send)
    share_anyway(page)
    [posted] = sent(page)
    assert posted["text"] == read == "\n".join(LINES)


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_a_clear_draft_goes_out_by_the_persons_own_event(page: Page, name: str, way: str) -> None:
    site = SITES[name]
    write(page, site, ("Lunch by the lake",))
    assert goes_untouched(page, sending(page, site, way))["text"] == "Lunch by the lake"


def test_the_question_is_answered_by_keyboard_alone(page: Page) -> None:
    site = SITES["weibo"]
    write(page, site, LINES)
    is_held(page, sending(page, site, "key"))
    reach(page, "Share anyway")
    page.keyboard.press("Enter")
    reach(page, "Yes, share it")
    page.keyboard.press("Space")
    until(page, lambda now: not now.dialog)
    assert [posted["text"] for posted in sent(page)] == ["\n".join(LINES)]
