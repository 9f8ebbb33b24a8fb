"""Every way to send, in both browsers: held, the page hears nothing; let go, it posts once what was written."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.acting import HOLD, await_state, go_back, goes_untouched, heard, is_held, sent, share_anyway
from tests.e2e.frames import Frame
from tests.e2e.grounds import FORUM
from tests.e2e.inside import press, shown, until

SECRET, FINE = "TOP SECRET//SI//NOFORN, the plan", "Lunch by the lake"
PRESSED = ("click", "pointerdown", "mousedown", "mouseup", "submit", "requestSubmit")
CHROMIUM = pytest.mark.parametrize("either", ["chromium"], indirect=True)
"""Touch screens and input methods cannot be played to Firefox from outside."""
WAYS = (*PRESSED, "enter", "ctrl", "implicit")


def write(tab: Any, way: str, text: str) -> None:
    tab.goto(f"{FORUM}/fixture/sends.html?way={way}")
    tab.locator("[data-test-box]").click()
    tab.keyboard.insert_text(text)


def sending(tab: Any, way: str) -> Any:
    keys = {"enter": "Enter", "ctrl": "Control+Enter"}
    if way == "implicit":  # Enter in another field of the form
        return lambda: (tab.locator("input").click(), tab.keyboard.press("Enter"))
    return (lambda: tab.keyboard.press(keys[way])) if way in keys else tab.locator("button").click


def press_twice(tab: Any) -> None:
    """Click twice without a look in between, as a hand does."""
    x, y, width, height = tab.evaluate(
        "(({ x, y, width, height }) => [x, y, width, height])(document.querySelector('button').getBoundingClientRect())"
    )
    tab.mouse.dblclick(x + width / 2, y + height / 2)


def is_asked_about(tab: Any, send: Any) -> None:
    """Like ``is_held`` where the page hears a press that is no send by itself."""
    send()
    until(tab, lambda now: now.dialog and now.dialog.title == HOLD)
    assert sent(tab) == [] and "submit" not in [event["type"] for event in heard(tab)]


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_is_held_and_goes_out_once(tab: Any, way: str) -> None:
    write(tab, way, SECRET)
    await_state(tab, "stop")
    (is_asked_about if way == "implicit" else is_held)(tab, sending(tab, way))
    share_anyway(tab)
    assert [posted["text"] for posted in sent(tab)] == [SECRET]


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_that_was_found_clear_goes_out_at_once(tab: Any, way: str) -> None:
    write(tab, way, FINE)
    await_state(tab, "clear")
    sending(tab, way)()
    assert [posted["text"] for posted in sent(tab)] == [FINE]
    assert shown(tab).dialog is None


@pytest.mark.parametrize("way", ["click", "pointerdown", "enter", "submit"])
def test_sent_before_it_was_scored_it_goes_out_once_when_it_is_clear(tab: Any, way: str) -> None:
    write(tab, way, FINE)
    sending(tab, way)()
    until(tab, lambda now: sent(tab))
    assert [posted["text"] for posted in sent(tab)] == [FINE]


def test_pressed_twice_it_goes_out_once(tab: Any) -> None:
    write(tab, "click", FINE)
    press_twice(tab)
    until(tab, lambda now: sent(tab))
    assert [posted["text"] for posted in sent(tab)] == [FINE]


def test_pressed_twice_a_held_draft_stays_held(tab: Any) -> None:
    write(tab, "click", SECRET)
    await_state(tab, "stop")
    is_held(tab, lambda: press_twice(tab))
    go_back(tab)
    assert sent(tab) == []


def test_a_draft_that_changed_after_it_was_scored_is_scored_again(tab: Any) -> None:
    """The page itself may write into the box, and no input event tells of it."""
    write(tab, "click", FINE)
    await_state(tab, "clear")
    tab.evaluate(f"document.querySelector('textarea').value = {SECRET!r}")
    is_held(tab, tab.locator("button").click)


def test_what_was_agreed_to_is_not_what_the_page_puts_in_its_place(tab: Any) -> None:
    write(tab, "click", SECRET)
    await_state(tab, "stop")
    is_held(tab, tab.locator("button").click)
    tab.evaluate("document.querySelector('textarea').value += ' 绝密★30年'")
    press(tab, "Share anyway")
    press(tab, "Yes, share it")
    now = until(tab, lambda now: now.dialog and "绝密★30年" in now.dialog.text)
    assert now.dialog and sent(tab) == []


@CHROMIUM
def test_a_touch_is_held_to_its_end(either: Any) -> None:
    """A site may post when the finger is lifted, which comes before the click."""
    page: Page = either.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    write(page, "touchend", SECRET)
    await_state(page, "stop")
    box = page.locator("button").bounding_box()
    assert box
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}

    def tap() -> None:
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    is_held(page, tap)
    share_anyway(page)
    assert [posted["text"] for posted in sent(page)] == [SECRET]
    page.close()


@CHROMIUM
def test_the_enter_that_ends_the_composing_of_a_word_sends_nothing_and_is_not_held(either: Any) -> None:
    page: Page = either.new_page()
    write(page, "enter", SECRET)
    await_state(page, "stop")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "jimi", "selectionStart": 4, "selectionEnd": 4})
    page.keyboard.press("Enter")
    assert [event["type"] for event in heard(page) if event["key"] == "Enter"][:1] == ["keydown"]
    assert shown(page).dialog is None and sent(page) == []
    session.send("Input.insertText", {"text": "机密"})
    is_held(page, lambda: page.keyboard.press("Enter"))
    page.close()


@pytest.mark.parametrize("kind", ["same", "cross", "blank", "srcdoc", "blob"])
def test_a_composer_in_a_frame_is_held(tab: Any, kind: str) -> None:
    tab.goto(f"{FORUM}/fixture/frames.html?kind={kind}")
    tab.wait_for_selector("html[data-ready]")
    frame: Any = Frame(tab)
    until(frame, lambda now: now.alive)
    frame.click("textarea")
    tab.keyboard.insert_text(SECRET)
    await_state(frame, "stop")
    is_held(frame, lambda: frame.click("button"))
    share_anyway(frame)
    assert [posted["text"] for posted in sent(tab)] == [SECRET]


@pytest.mark.parametrize("way", ["click", "pointerdown", "submit", "ctrl", "enter"])
def test_in_a_closed_shadow_root_a_draft_is_held_and_goes_out_once(tab: Any, way: str) -> None:
    tab.goto(f"{FORUM}/fixture/sends.html?way={way}&root=closed")
    box, button = tab.evaluate("places()")
    tab.mouse.click(*box)
    tab.keyboard.insert_text(SECRET)
    await_state(tab, "stop")
    keys = {"enter": "Enter", "ctrl": "Control+Enter"}
    send = (lambda: tab.keyboard.press(keys[way])) if way in keys else (lambda: tab.mouse.click(*button))
    is_held(tab, send)
    go_back(tab)
    assert sent(tab) == []
    is_held(tab, send)
    share_anyway(tab)
    assert [posted["text"] for posted in sent(tab)] == [SECRET]


def test_in_a_closed_shadow_root_a_clear_draft_goes_out_at_once(tab: Any) -> None:
    tab.goto(f"{FORUM}/fixture/sends.html?way=click&root=closed")
    box, button = tab.evaluate("places()")
    tab.mouse.click(*box)
    tab.keyboard.insert_text(FINE)
    assert goes_untouched(tab, lambda: tab.mouse.click(*button))["text"] == FINE


def test_where_the_button_stands_in_another_sites_page_the_chip_is_not_calm(tab: Any) -> None:
    """Neither script can see both: the words are read, and the person is told that nothing is held."""
    tab.goto(f"{FORUM}/fixture/split.html?kind=cross")
    tab.wait_for_selector("html[data-ready]")
    tab.locator("iframe").click()
    Frame(tab).click("textarea")
    tab.keyboard.insert_text(FINE)
    chip = await_state(Frame(tab), "blind").chip  # type: ignore[arg-type]
    assert chip and chip["label"] == "I can't see the send button"


@pytest.mark.parametrize("kind", ["blank", "srcdoc"])
def test_a_box_in_a_frame_with_its_button_outside_is_held(tab: Any, kind: str) -> None:
    tab.goto(f"{FORUM}/fixture/split.html?kind={kind}")
    tab.wait_for_selector("html[data-ready]")
    tab.locator("iframe").click()
    tab.keyboard.insert_text(SECRET)
    await_state(Frame(tab), "stop")  # type: ignore[arg-type]
    is_held(tab, tab.locator("#out").click)
    share_anyway(tab)
    assert [posted["text"] for posted in sent(tab)] == [SECRET]


def test_a_page_that_writes_itself_anew_is_held(tab: Any) -> None:
    """The ears are back when the writing is over; a script that the page writes may listen before them."""
    tab.goto(f"{FORUM}/fixture/reopened.html?way=click")
    tab.wait_for_selector("html[data-ready] [data-test-box]")
    tab.locator("[data-test-box]").click()
    tab.keyboard.insert_text(SECRET)
    await_state(tab, "stop")
    is_asked_about(tab, tab.locator("button").click)
    share_anyway(tab)
    assert [posted["text"] for posted in sent(tab)] == [SECRET]
