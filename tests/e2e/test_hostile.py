"""A page under a known site's name gets nowhere: it cannot see, read, press, hide or use the extension."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.acting import await_state, go_back, is_held, sent, share_anyway
from tests.e2e.grounds import Browser
from tests.e2e.inside import ask, press, settle, shown, until, world
from tests.e2e.serving import Server

TEXT = "TOP SECRET//SI//NOFORN"


@pytest.fixture
def hostile(tab: Any) -> Any:
    tab.goto("https://m.weibo.com/")
    return tab


def write(page: Any) -> None:
    page.locator("textarea").click()
    page.keyboard.insert_text(TEXT)


def press_send(page: Any) -> Any:
    return page.locator("button.send").click


def hold_a_draft(page: Any) -> None:
    write(page)
    await_state(page, "stop")
    is_held(page, press_send(page))


def on_top(page: Any) -> bool:
    """Tell whether the dialog is what a press at its middle meets, with nothing over it."""
    expression = "surface.isOnTop(inside.dialog()) && inside.dialog().matches(':modal') && !cover.isVeiled()"
    return bool(ask(page, expression))


def test_it_finds_nothing_of_the_extension(hostile: Any, either: Browser) -> None:
    assert hostile.evaluate("(base) => attack.spy(base)", either.base) == []
    assert hostile.evaluate("attack.strangers()") == 0
    assert hostile.evaluate("Object.keys(document.documentElement.dataset)") == []


def test_it_cannot_read_what_is_shown(hostile: Any) -> None:
    hold_a_draft(hostile)
    dialog = shown(hostile).dialog
    read = hostile.evaluate("attack.read()")
    assert dialog and dialog.title not in read and "banner" not in read and "Second Look" not in read


def test_it_cannot_press_what_is_shown(hostile: Any) -> None:
    hold_a_draft(hostile)
    before = shown(hostile).dialog
    assert hostile.evaluate("attack.pressAll()") >= 1
    assert shown(hostile).dialog == before
    assert sent(hostile) == []
    press(hostile, "Share anyway")
    hostile.evaluate("attack.pressAll()")
    assert sent(hostile) == []


def test_it_cannot_hide_or_restyle_what_is_shown(hostile: Any) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.restyle()")
    until(hostile, lambda _: on_top(hostile))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_taken_away_it_comes_back_and_nothing_was_sent(hostile: Any) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.remove()")
    assert shown(hostile).dialog is None
    until(hostile, lambda now: now.dialog and on_top(hostile))
    assert sent(hostile) == []
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_what_it_sees_of_the_interface_is_one_bare_element(hostile: Any) -> None:
    hold_a_draft(hostile)
    assert hostile.evaluate("attack.host()") == [["div", 0, 0]]


def test_while_nothing_is_shown_nothing_is_there(hostile: Any) -> None:
    hold_a_draft(hostile)
    go_back(hostile)
    hostile.evaluate("document.querySelector('textarea').remove()")
    hostile.mouse.click(400, 500)
    hostile.evaluate("dispatchEvent(new Event('resize'))")
    until(hostile, lambda _: hostile.evaluate("attack.strangers()") == 0)


def test_it_finds_no_trace_while_the_person_writes(hostile: Any) -> None:
    before = hostile.evaluate("attack.trace()")
    write(hostile)
    await_state(hostile, "stop")
    assert hostile.evaluate("attack.trace()") == before


def test_it_cannot_disable_the_dialog_by_attributes(hostile: Any) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.disable()")
    until(hostile, lambda _: hostile.evaluate("attack.host()") == [["div", 0, 0]] and on_top(hostile))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_moved_out_of_sight_it_comes_back(hostile: Any) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.move()")
    until(hostile, lambda _: hostile.evaluate("attack.strangers()") == 1 and on_top(hostile))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_a_dialog_of_the_pages_own_does_not_stay_above(hostile: Any) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("void attack.fake()")
    until(hostile, lambda _: on_top(hostile))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_a_faked_button_releases_nothing(hostile: Any) -> None:
    hold_a_draft(hostile)
    hostile.evaluate("attack.insist(40)")
    hostile.evaluate("document.querySelector('#fake').click()")
    assert hostile.evaluate("faked") is True
    assert sent(hostile) == []
    until(hostile, lambda _: hostile.evaluate("!document.querySelector('dialog')"))
    until(hostile, lambda now: now.dialog and on_top(hostile))
    go_back(hostile)
    assert sent(hostile) == []


def test_a_press_on_what_the_page_painted_over_the_dialog_shares_nothing(hostile: Any) -> None:
    """The paint lets presses through; one on “Share anyway” beneath it does not count."""
    hold_a_draft(hostile)
    settle(hostile)
    hostile.evaluate("attack.veil()")
    until(hostile, lambda _: world(hostile).evaluate("cover.isVeiled()"))
    press(hostile, "Share anyway", beneath=True)
    dialog = shown(hostile).dialog
    assert dialog and "Yes, share it" not in dialog.buttons
    hostile.evaluate("unveil()")
    until(hostile, lambda _: not world(hostile).evaluate("cover.isVeiled()"))
    share_anyway(hostile)
    assert [posted["text"] for posted in sent(hostile)] == [TEXT]


def test_the_second_press_of_a_double_click_shares_nothing(hostile: Any) -> None:
    hold_a_draft(hostile)
    place = ask(hostile, 'inside.place("Share anyway")')
    hostile.mouse.dblclick(*place)
    dialog = shown(hostile).dialog
    assert dialog and "Yes, share it" in dialog.buttons
    assert sent(hostile) == []
    go_back(hostile)


def test_it_cannot_wait_until_the_question_gives_up(hostile: Any) -> None:
    write(hostile)
    hostile.evaluate("setTimeout(() => attack.stall(5000), 20)")
    is_held(hostile, press_send(hostile))
    hostile.evaluate("attack.stall(2000)")
    assert shown(hostile).dialog
    assert sent(hostile) == []
    go_back(hostile)


def test_it_cannot_reach_the_server(hostile: Any, grounds_server: Server) -> None:
    assert hostile.evaluate("(address) => attack.reach(address)", grounds_server.address) == []


def test_it_gets_no_answer_to_forged_messages(hostile: Any) -> None:
    assert hostile.evaluate("attack.forge()") == []


def test_a_send_by_a_script_is_the_sites_own_affair_and_shows_no_dialog(hostile: Any) -> None:
    write(hostile)
    await_state(hostile, "stop")
    hostile.evaluate("document.querySelector('button').click()")
    until(hostile, lambda now: hostile.evaluate("sent.length") == 1)
    assert shown(hostile).dialog is None


def test_no_content_script_holds_the_token(hostile: Any) -> None:
    """Chromium refuses; what Firefox gives holds neither token nor server."""
    tried = world(hostile).evaluate(
        "chrome.storage.local.get().then((found) => Object.keys(found), (error) => `refused: ${error.message}`)"
    )
    assert tried[:7] == "refused" or not {"tokens", "settings"} & set(tried)
    session = world(hostile).evaluate(
        "Promise.resolve(chrome.storage.session?.get()).then((found) => Object.keys(found ?? {}), () => [])"
    )
    assert session == [], "what a pairing is told by, and which proofs are there, stay in the background"
    databases = world(hostile).evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert databases == []
