"""Every editor in both browsers: its words are read as its model has them; a held draft goes out once, as it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e import grounds
from tests.e2e.acting import await_state, go_back, goes_untouched, is_held, paste, sent, share_anyway
from tests.e2e.frames import Frame
from tests.e2e.inside import press, until, world
from tests.e2e.structures import Box

MARKING = "TOP SECRET//SI//NOFORN"
LINES = ("Notes of today, 笔记", "", f"see {MARKING} here", "Ghi chú 😀")
BOXES = [pytest.param(box, id=box.about["editor"]) for box in grounds.editors()]


def open_box(tab: Any, box: Box) -> None:
    tab.goto(box.address)
    tab.wait_for_selector("html[data-built]")
    tab.evaluate("box().setAttribute('data-test-box', '')")


FOCUSED = """new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => {
  go(document.activeElement !== document.body);
})))"""


def write(tab: Any, *lines: str) -> None:
    # An editor that is still drawing itself may lose the first click's focus.
    until(tab, lambda _: tab.locator("[data-test-box]").click() or tab.evaluate(FOCUSED))
    for number, line in enumerate(lines):
        if number:
            tab.keyboard.press("Enter")
        tab.keyboard.insert_text(line)


def model(tab: Any) -> str:
    """Return the words as the editor itself has them."""
    text: str = tab.evaluate("model.text()")
    return text.replace("\u00a0", " ")


def view(tab: Any, box: Box) -> Any:
    """Return where the box stands: TinyMCE brings its own frame."""
    return Frame(tab) if box.about["editor"] == "tinymce" else tab


def press_post(tab: Any) -> Any:
    return tab.locator("button").click


@pytest.mark.parametrize("box", BOXES)
def test_a_held_draft_goes_back_whole_and_then_out_once_as_it_was(tab: Any, box: Box) -> None:
    open_box(tab, box)
    write(tab, *LINES)
    await_state(view(tab, box), "stop")
    assert model(tab) == "\n".join(LINES)
    assert world(view(tab, box)).evaluate("watch.draftOf(site.last()).text").replace("\u00a0", " ") == model(tab)
    is_held(tab, press_post(tab))
    go_back(tab)
    assert model(tab) == "\n".join(LINES)
    is_held(view(tab, box), lambda: tab.keyboard.press("Control+Enter"))
    share_anyway(view(tab, box))
    [posted] = sent(tab)
    assert posted["text"].replace("\u00a0", " ") == "\n".join(LINES)


@pytest.mark.parametrize("box", BOXES)
def test_words_are_cut_from_the_editors_own_model_and_undo_brings_them_back(tab: Any, box: Box) -> None:
    open_box(tab, box)
    write(tab, *LINES)
    await_state(view(tab, box), "stop")
    is_held(tab, press_post(tab))
    press(tab, "Cut these words")
    until(tab, lambda now: now.dialog and MARKING not in now.dialog.text)
    assert model(tab).split() == "\n".join(LINES).replace(MARKING, "").split()
    go_back(tab)
    assert sent(tab) == []
    tab.keyboard.press("Control+z")
    until(tab, lambda now: model(tab) == "\n".join(LINES))


@pytest.mark.parametrize("box", BOXES)
def test_what_is_pasted_long_after_the_box_was_entered_is_read_and_so_is_its_undoing(tab: Any, box: Box) -> None:
    open_box(tab, box)
    write(tab, "Lunch by the lake ")
    await_state(view(tab, box), "clear")
    paste(tab, MARKING)
    await_state(view(tab, box), "stop")
    tab.keyboard.press("Control+z")
    until(tab, lambda now: MARKING not in model(tab))
    until(view(tab, box), lambda now: now.chip and now.chip["state"] in ("clear", "ready"))


@pytest.mark.parametrize("box", BOXES)
def test_a_clear_draft_goes_out_by_the_persons_own_event(tab: Any, box: Box) -> None:
    open_box(tab, box)
    write(tab, "Lunch by the lake")
    at = view(tab, box)
    if at is not tab:  # the page around the frame, in which the button stands, must know the verdict as well
        inner = "watch.draftOf(site.composerAt(nodes.inside(document.querySelector('iframe')).body))"
        until(tab, lambda now: world(tab).evaluate(f"watch.known({inner})?.level") == "clear")
    assert goes_untouched(tab, press_post(tab), at)["text"] == "Lunch by the lake"
