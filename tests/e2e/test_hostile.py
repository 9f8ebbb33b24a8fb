"""A page under a known site's name gets nowhere: it cannot see, read, press, hide or use the extension."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e import opening
from tests.e2e.acting import await_state, go_back, is_held, sent, share_anyway
from tests.e2e.inside import ask, press, settle, shown, until, world
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


def on_top(page: Page) -> bool:
    """Tell whether the dialog is what a press at its middle meets, with nothing over it."""
    expression = "surface.isOnTop(inside.dialog()) && inside.dialog().matches(':modal') && !cover.isVeiled()"
    return bool(ask(page, expression))


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
    until(hostile, lambda _: on_top(hostile))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_taken_away_it_comes_back_and_nothing_was_sent(hostile: Page) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.remove()")
    assert shown(hostile).dialog is None
    until(hostile, lambda now: now.dialog and on_top(hostile))
    assert sent(hostile) == []
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_what_it_sees_of_the_interface_is_one_bare_element(hostile: Page) -> None:
    hold_a_draft(hostile)
    assert hostile.evaluate("attack.host()") == [["<div></div>", 0]]


def test_while_nothing_is_shown_nothing_is_there(hostile: Page) -> None:
    hold_a_draft(hostile)
    go_back(hostile)
    hostile.locator("textarea").fill("")
    hostile.locator("textarea").evaluate("(box) => box.remove()")
    hostile.mouse.click(400, 500)
    hostile.evaluate("dispatchEvent(new Event('resize'))")
    until(hostile, lambda _: hostile.evaluate("attack.strangers()") == 0)


def test_it_finds_no_trace_while_the_person_writes(hostile: Page) -> None:
    before = hostile.evaluate("attack.trace()")
    hostile.locator("textarea").click()
    hostile.keyboard.insert_text(TEXT)
    await_state(hostile, "stop")
    assert hostile.evaluate("attack.trace()") == before


def test_it_cannot_disable_the_dialog_by_attributes(hostile: Page) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.disable()")
    until(hostile, lambda _: hostile.evaluate("attack.host()") == [["<div></div>", 0]] and on_top(hostile))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_moved_out_of_sight_it_comes_back(hostile: Page) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.move()")
    until(hostile, lambda _: hostile.evaluate("attack.strangers()") == 1 and on_top(hostile))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_a_dialog_of_the_pages_own_does_not_stay_above(hostile: Page) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("void attack.fake()")
    until(hostile, lambda _: on_top(hostile))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_a_faked_button_releases_nothing(hostile: Page) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.insist(40)")
    hostile.evaluate("document.querySelector('#fake').click()")
    assert hostile.evaluate("faked") is True
    assert sent(hostile) == []
    hostile.wait_for_function("!document.querySelector('dialog')")
    until(hostile, lambda now: now.dialog and on_top(hostile))
    go_back(hostile)
    assert sent(hostile) == []


def test_a_press_on_what_the_page_painted_over_the_dialog_shares_nothing(hostile: Page) -> None:
    """The paint lets presses through; one on “Share anyway” beneath it does not count."""
    hold_a_draft(hostile)
    settle(hostile)
    hostile.evaluate("attack.veil()")
    until(hostile, lambda _: world(hostile).evaluate("cover.isVeiled()"))
    press(hostile, "Share anyway")
    dialog = shown(hostile).dialog
    assert dialog and "Yes, share it" not in dialog.buttons
    hostile.evaluate("unveil()")
    until(hostile, lambda _: not world(hostile).evaluate("cover.isVeiled()"))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_the_second_press_of_a_double_click_shares_nothing(hostile: Page) -> None:
    hold_a_draft(hostile)
    place = ask(hostile, 'inside.place("Share anyway")')
    hostile.mouse.dblclick(*place)
    dialog = shown(hostile).dialog
    assert dialog and "Yes, share it" in dialog.buttons
    assert sent(hostile) == []
    go_back(hostile)


def test_it_cannot_wait_until_the_question_gives_up(hostile: Page) -> None:
    hostile.locator("textarea").click()
    hostile.keyboard.insert_text(TEXT)
    hostile.evaluate("setTimeout(() => attack.stall(5000), 20)")
    is_held(hostile, hostile.get_by_role("button", name="发送").click)
    hostile.evaluate("attack.stall(2000)")
    assert shown(hostile).dialog
    assert sent(hostile) == []
    go_back(hostile)


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
