"""Every replica of a site, in both browsers: its words are read as its model has them; a held draft goes out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.e2e.acting import await_state, go_back, goes_untouched, is_clear, is_held, sent, share_anyway
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


def write(page: Any, site: Site, lines: tuple[str, ...]) -> None:
    """Go there and type, line by line."""
    page.goto(site.address)
    page.locator(site.box).click()
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press(site.line)
        page.keyboard.insert_text(line)


def sending(page: Any, site: Site, way: str) -> Callable[[], None]:
    return page.locator(site.button).click if way == "click" else lambda: page.keyboard.press(site.send)


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_a_held_draft_goes_back_whole_and_then_out_once_as_it_was(tab: Any, name: str, way: str) -> None:
    site = SITES[name]
    write(tab, site, LINES)
    await_state(tab, "stop")
    read = world(tab).evaluate("watch.draftOf(site.last()).text")
    send = sending(tab, site, way)
    is_held(tab, send)
    go_back(tab)
    assert sent(tab) == []
    is_held(tab, send)
    share_anyway(tab)
    [posted] = sent(tab)
    assert posted["text"] == read == "\n".join(LINES)


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_a_clear_draft_goes_out_by_the_persons_own_event(tab: Any, name: str, way: str) -> None:
    site = SITES[name]
    write(tab, site, ("Lunch by the lake",))
    assert goes_untouched(tab, sending(tab, site, way))["text"] == "Lunch by the lake"


def test_the_question_is_answered_by_keyboard_alone(tab: Any) -> None:
    site = SITES["weibo"]
    write(tab, site, LINES)
    is_held(tab, sending(tab, site, "key"))
    is_clear(tab)
    reach(tab, "Share anyway", key="Shift+Tab")
    tab.keyboard.press("Enter")
    reach(tab, "Yes, share it", key="Shift+Tab")
    tab.keyboard.press("Space")
    until(tab, lambda now: not now.dialog)
    assert [posted["text"] for posted in sent(tab)] == ["\n".join(LINES)]
