"""The popup: what this tab's box is, what was seen last, the week, and a pause.

No driver sees the toolbar's own popup, so its page is opened behind the tab that it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e import opening
from tests.e2e.acting import await_state, go_back, is_held
from tests.e2e.inside import until

WORDS = "TOP SECRET//SI//NOFORN"


@pytest.fixture
def weibo(page: Page) -> Iterator[Page]:
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    until(page, lambda now: now.chip)
    yield page


def popup(context: BrowserContext, page: Page) -> Page:
    """Open the popup's page while another tab is the active one."""
    page.bring_to_front()
    with context.expect_page() as opened:
        opening.worker(context).evaluate("chrome.tabs.create({ url: '/popup/popup.html', active: false })")
    expect(opened.value.locator("#week")).not_to_be_empty()
    return opened.value


def press(shown: Page, button: str) -> None:
    shown.locator(button).evaluate("(button) => button.click()")


def test_it_tells_what_the_box_of_this_tab_is_and_what_was_seen(weibo: Page, paired: BrowserContext) -> None:
    weibo.keyboard.insert_text(WORDS)
    await_state(weibo, "stop")
    is_held(weibo, weibo.get_by_role("button", name="发送").click)
    go_back(weibo)
    shown = popup(paired, weibo)
    expect(shown.locator("#tab-site")).to_have_text("Looks at what you share on 微博")
    expect(shown.locator("#tab-box")).to_have_text("I can read this box")
    expect(shown.locator("#tab-last")).to_have_text("Last look: held for you")
    expect(shown.locator("#week")).to_contain_text("went back: 1")
    badges = """async () => {
      const tabs = await chrome.tabs.query({ url: 'https://weibo.com/*' });
      return Promise.all(tabs.map(({ id }) => chrome.action.getBadgeText({ tabId: id })));
    }"""
    assert opening.worker(paired).evaluate(badges) == ["!"]


def test_this_site_alone_is_paused_and_resumed(weibo: Page, paired: BrowserContext) -> None:
    shown = popup(paired, weibo)
    press(shown, "#pause-site")
    expect(shown.locator("#tab-site")).to_contain_text("微博")
    weibo.keyboard.insert_text(WORDS)
    weibo.get_by_role("button", name="发送").click()
    assert weibo.evaluate("sent.length") == 1, "paused, nothing is held"
    again = popup(paired, weibo)
    press(again, "#pause-site")
    expect(again.locator("#tab-site")).to_have_text("Looks at what you share on 微博")


def test_a_box_that_cannot_be_read_is_reported_without_a_word_of_it(weibo: Page, paired: BrowserContext) -> None:
    paired.grant_permissions(["clipboard-read", "clipboard-write"])
    weibo.locator("textarea").evaluate("(box) => { box.className = 'renamed-box'; box.blur(); }")
    weibo.locator("textarea").click()
    weibo.keyboard.insert_text("my own words")
    await_state(weibo, "blind")
    shown = popup(paired, weibo)
    expect(shown.locator("#tab-box")).to_have_text("I can't read this box")
    shown.bring_to_front()
    shown.locator("#tab-report").click()
    expect(shown.locator("#tab-told")).to_contain_text("no words of yours")
    report = shown.evaluate("navigator.clipboard.readText()")
    assert "textarea.renamed-box" in report and "weibo" in report
    assert "my own words" not in report
