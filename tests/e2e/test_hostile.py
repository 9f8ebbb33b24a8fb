"""A page under a known site's name gets nowhere: it cannot see, read, press, hide or use the extension."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e import opening
from tests.e2e.acting import await_state, is_held, sent, share_anyway
from tests.e2e.inside import press, shown, until, world
from tests.e2e.serving import Server

TEXT = "TOP SECRET//SI//NOFORN"


@pytest.fixture
def hostile(paired: BrowserContext) -> Iterator[Page]:
    page = paired.new_page()
    page.goto("https://m.weibo.com/")
    yield page
    page.close()


def hold_a_draft(page: Page) -> None:
    page.locator("textarea").click()
    page.keyboard.insert_text(TEXT)
    await_state(page, "stop")
    is_held(page, page.get_by_role("button", name="发送").click)


def test_it_finds_nothing_of_the_extension(hostile: Page) -> None:
    assert hostile.evaluate("(id) => attack.spy(id)", opening.extension_id()) == []
    assert hostile.evaluate("attack.strangers()") == 0
    assert hostile.evaluate("Object.keys(document.documentElement.dataset)") == []


def test_it_cannot_read_what_is_shown(hostile: Page) -> None:
    hold_a_draft(hostile)
    dialog = shown(hostile).dialog
    read = hostile.evaluate("attack.read()")
    assert dialog and dialog.title not in read and "banner" not in read and "Second Look" not in read


def test_it_cannot_press_what_is_shown(hostile: Page) -> None:
    hold_a_draft(hostile)
    before = shown(hostile).dialog
    assert hostile.evaluate("attack.pressAll()") >= 1
    assert shown(hostile).dialog == before
    assert sent(hostile) == []
    press(hostile, "Share anyway")
    hostile.evaluate("attack.pressAll()")
    assert sent(hostile) == []


def test_it_cannot_hide_or_restyle_what_is_shown(hostile: Page) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.restyle()")
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_taken_away_it_comes_back_and_nothing_was_sent(hostile: Page) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.remove()")
    assert shown(hostile).dialog is None
    assert until(hostile, lambda now: now.dialog).dialog
    assert sent(hostile) == []
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_it_cannot_reach_the_server(hostile: Page, server: Server) -> None:
    assert hostile.evaluate("(address) => attack.reach(address)", server.address) == []


def test_it_gets_no_answer_to_forged_messages(hostile: Page) -> None:
    assert hostile.evaluate("attack.forge()") == []


def test_a_send_by_a_script_is_the_sites_own_affair_and_shows_no_dialog(hostile: Page) -> None:
    hostile.locator("textarea").click()
    hostile.keyboard.insert_text(TEXT)
    await_state(hostile, "stop")
    hostile.evaluate("document.querySelector('button').click()")
    until(hostile, lambda now: hostile.evaluate("sent.length") == 1)
    assert shown(hostile).dialog is None


def test_no_content_script_holds_the_token(hostile: Page, server: Server) -> None:
    storage = opening.worker(hostile.context).evaluate("chrome.storage.local.get('tokens')")
    [token] = storage["tokens"].values()
    assert len(token) > 30
    tried = world(hostile).evaluate(
        "chrome.storage.local.get().then((found) => JSON.stringify(found), (error) => `refused: ${error.message}`)"
    )
    assert tried.startswith("refused")
