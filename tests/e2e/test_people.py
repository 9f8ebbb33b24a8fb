"""Everybody can use it: keyboard alone, a narrow window, other languages, and a box that only the person knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.acting import await_state, is_held, sent
from tests.e2e.grounds import Browser
from tests.e2e.inside import ask, press, reach, shown, until

WORDS = "TOP SECRET//SI//NOFORN"
OUTSIDE = """[...inside.dialog().querySelectorAll('*')].filter((one) => {
  const { left, right, width } = one.getBoundingClientRect();
  return width && (left < -1 || right > innerWidth + 1);
}).length"""


@pytest.fixture
def weibo(tab: Any, either: Browser) -> Iterator[Any]:
    tab.goto("https://weibo.com/")
    yield tab
    either.in_background("({ chrome }) => chrome.storage.local.remove('quiet')")


def write(tab: Any, text: str) -> None:
    tab.locator("textarea").click()
    tab.keyboard.insert_text(text)


def press_in(settings: Any, button: str) -> None:
    """Press a button of the settings by its words, once it is there, and wait until there is none any more."""
    settings.evaluate(
        """async (words) => {
          const found = () => [...document.querySelectorAll('button')].find((one) => one.textContent === words);
          const painted = () => new Promise((go) => setTimeout(go, 16));
          while (!found()) await painted();
          found().click();
          while (found()) await painted();
        }""",
        button,
    )


def hold(page: Any) -> None:
    write(page, WORDS)
    await_state(page, "stop")
    is_held(page, lambda: page.keyboard.press("Control+Enter"))


def test_by_keyboard_alone_every_button_is_reached_with_a_visible_focus(weibo: Any) -> None:
    hold(weibo)
    dialog = shown(weibo).dialog
    assert dialog and shown(weibo).focused == "Go back", "the safe choice has the focus"
    for name in dialog.buttons:
        reach(weibo, name)
        assert ask(weibo, "getComputedStyle(surface.focused()).outlineStyle") == "solid", name
    reach(weibo, "Share anyway")
    weibo.keyboard.press("Enter")
    reach(weibo, "Yes, share it")
    weibo.keyboard.press("Enter")
    until(weibo, lambda now: not now.dialog)
    assert [posted["text"] for posted in sent(weibo)] == [WORDS]


def test_the_dialog_has_its_names_for_a_screen_reader(weibo: Any) -> None:
    hold(weibo)
    about = ask(
        weibo,
        """(() => {
          const part = inside.dialog();
          const named = (name) => part.querySelector('#' + part.getAttribute(name))?.textContent;
          return [part.getAttribute('role'), named('aria-labelledby'), named('aria-describedby'), part.lang];
        })()""",
    )
    assert about == ["alertdialog", "Hold on a moment", "It would go to everyone on 微博.", "en"]


def test_at_320_pixels_nothing_stands_outside(weibo: Any) -> None:
    weibo.set_viewport_size({"width": 320, "height": 568})
    hold(weibo)
    assert ask(weibo, OUTSIDE) == 0
    press(weibo, "Share anyway")
    assert ask(weibo, OUTSIDE) == 0


def test_in_a_narrow_box_the_chip_leaves_the_words_free(weibo: Any) -> None:
    weibo.evaluate("document.querySelector('textarea').style.inlineSize = '200px'")
    write(weibo, WORDS)
    await_state(weibo, "stop")
    until(weibo, lambda _: ask(weibo, "chip.place().width") < 40)
    weibo.evaluate("document.querySelector('textarea').style.inlineSize = ''")
    until(weibo, lambda _: ask(weibo, "chip.place().width") > 100)


def test_with_reduced_motion_nothing_moves(weibo: Any, either: Browser) -> None:
    # No driver tells Firefox that a person wants less motion; the style that says so is one for both.
    if either.name == "chromium":
        weibo.emulate_media(reduced_motion="reduce")
    hold(weibo)
    reduced = weibo.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert reduced == (either.name == "chromium")
    if reduced:
        assert ask(weibo, "inside.dialog().getRootNode().getAnimations().length") == 0


def test_on_a_page_from_right_to_left_the_chip_stands_at_the_lines_end(weibo: Any) -> None:
    weibo.evaluate("document.documentElement.dir = 'rtl'")
    write(weibo, "שלום לכולם")
    await_state(weibo, "clear")
    middle = weibo.evaluate(
        "(({ x, width }) => x + width / 2)(document.querySelector('textarea').getBoundingClientRect())"
    )
    assert ask(weibo, "chip.place().x") < middle


def test_not_useful_quietens_and_the_settings_bring_it_back(weibo: Any, either: Browser) -> None:
    write(weibo, WORDS)
    until(weibo, lambda now: now.card)
    press(weibo, "Not useful: A classification banner")
    until(weibo, lambda now: now.card and "one step lower" in now.card.text)
    write(weibo, "!")
    await_state(weibo, "warn")
    settings = either.settings()
    press_in(settings, "Speak up again")
    assert settings.evaluate("document.querySelectorAll('#quiet li').length") == 0
    settings.close()


def test_never_for_these_words_here_lets_them_through_untouched(weibo: Any) -> None:
    hold(weibo)
    press(weibo, "Never again for these words on this site: A classification banner")
    until(weibo, lambda now: now.dialog and now.dialog.level == "clear")
    press(weibo, "Share now")
    until(weibo, lambda now: not now.dialog)
    assert [posted["text"] for posted in sent(weibo)] == [WORDS]


def test_a_box_that_nobody_described_is_shown_by_clicking_and_remembered(weibo: Any, either: Browser) -> None:
    rename = """() => {
      const box = document.querySelector('textarea');
      box.className = 'renamed-box';
      document.querySelector('button').className = 'renamed-send';
    }"""
    weibo.evaluate(rename)
    weibo.locator("textarea").click()
    await_state(weibo, "blind")
    press(weibo, "I can't read this box")
    press(weibo, "Show it by clicking")
    until(weibo, lambda now: now.banner and now.banner.title == "Click the box you write in")
    weibo.evaluate("heard.length = 0")
    weibo.locator("textarea").click()
    until(weibo, lambda now: now.banner and now.banner.title == "Now click what sends it")
    weibo.locator("button").click()
    until(weibo, lambda now: now.toast == "Thank you. I can read this box now, here and next time.")
    assert weibo.evaluate("heard.filter(({ type }) => /pointer|mouse|click/.test(type))") == []
    weibo.reload()
    weibo.evaluate(rename)
    write(weibo, WORDS)
    await_state(weibo, "stop")
    is_held(weibo, weibo.locator("button").click)
    settings = either.settings()
    press_in(settings, "Forget them")
    settings.close()
