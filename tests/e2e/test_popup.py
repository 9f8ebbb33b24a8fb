"""The popup: what this tab's box is, what was seen last, the week, and a pause.

No driver sees the toolbar's own popup, so its page is opened behind the tab that it speaks of.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.acting import await_state, go_back, is_held
from tests.e2e.grounds import Browser
from tests.e2e.inside import until, world

WORDS = "TOP SECRET//SI//NOFORN"


@pytest.fixture
def weibo(tab: Any) -> Any:
    tab.goto("https://weibo.com/")
    tab.locator("textarea").click()
    until(tab, lambda now: now.chip)
    return tab


def press(shown: Any, button: str) -> None:
    """Press a button of a page that stands behind another."""
    shown.evaluate("(button) => document.querySelector(button).click()", button)


def says(shown: Any, place: str, words: str) -> None:
    """Wait until a place of the popup holds these words."""
    told = "async ([place, words]) => {{ while (!({})) await new Promise((go) => setTimeout(go, 16)); }}"
    shown.evaluate(told.format("document.querySelector(place).textContent.includes(words)"), [place, words])


def press_send(tab: Any) -> Any:
    return tab.locator("button.send").click


def test_it_tells_what_the_box_of_this_tab_is_and_what_was_seen(weibo: Any, either: Browser) -> None:
    weibo.keyboard.insert_text(WORDS)
    await_state(weibo, "stop")
    is_held(weibo, press_send(weibo))
    go_back(weibo)
    shown = either.popup(weibo)
    says(shown, "#tab-site", "Looks at what you share on 微博")
    says(shown, "#tab-box", "I can read this box")
    says(shown, "#tab-last", "Last look: held for you")
    says(shown, "#week", "went back: ")
    shown.close()
    badges = """async ({ chrome }) => {
      const tabs = await chrome.tabs.query({ url: 'https://weibo.com/*' });
      return Promise.all(tabs.map(({ id }) => chrome.action.getBadgeText({ tabId: id })));
    }"""
    assert either.in_background(badges) == ["!"]


def test_this_site_alone_is_paused_and_resumed(weibo: Any, either: Browser) -> None:
    shown = either.popup(weibo)
    press(shown, "#pause-site")
    until(weibo, lambda now: now.chip and world(weibo).evaluate("site.paused()"))
    shown.close()
    weibo.keyboard.insert_text(WORDS)
    press_send(weibo)()
    until(weibo, lambda _: weibo.evaluate("sent.length"))
    again = either.popup(weibo)
    press(again, "#pause-site")
    says(again, "#tab-site", "Looks at what you share on 微博")
    until(weibo, lambda _: not world(weibo).evaluate("site.paused()"))
    again.close()


def test_a_box_that_cannot_be_read_is_reported_without_a_word_of_it(weibo: Any, either: Browser) -> None:
    weibo.evaluate(
        "(() => { const box = document.querySelector('textarea'); box.className = 'renamed-box'; box.blur(); })()"
    )
    weibo.locator("textarea").click()
    weibo.keyboard.insert_text("my own words")
    await_state(weibo, "blind")
    shown = either.popup(weibo)
    says(shown, "#tab-box", "I can't read this box")
    shown.bring_to_front()
    shown.locator("#tab-report").click()
    says(shown, "#tab-told", "no words of yours")
    weibo.bring_to_front()
    weibo.evaluate("document.querySelector('textarea').value = ''")
    weibo.locator("textarea").click()
    weibo.keyboard.press("Control+v")
    until(weibo, lambda _: weibo.evaluate("document.querySelector('textarea').value"))
    report = weibo.evaluate("document.querySelector('textarea').value")
    assert "textarea.renamed-box" in report and "weibo" in report
    assert "my own words" not in report
    shown.close()
