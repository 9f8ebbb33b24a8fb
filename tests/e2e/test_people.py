"""Everybody can use it: keyboard alone, a narrow window, other languages, and a box that only the person knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e import opening
from tests.e2e.acting import await_state, is_held, sent
from tests.e2e.inside import ask, press, reach, shown, until

WORDS = "TOP SECRET//SI//NOFORN"
OUTSIDE = """[...inside.dialog().querySelectorAll('*')].filter((one) => {
  const { left, right, width } = one.getBoundingClientRect();
  return width && (left < -1 || right > innerWidth + 1);
}).length"""


@pytest.fixture
def weibo(page: Page) -> Iterator[Page]:
    page.goto("https://weibo.com/")
    yield page
    opening.worker(page.context).evaluate("chrome.storage.local.remove('quiet')")


def write(page: Page, text: str) -> None:
    page.locator("textarea").click()
    page.keyboard.insert_text(text)


def hold(page: Page) -> None:
    write(page, WORDS)
    await_state(page, "stop")
    is_held(page, lambda: page.keyboard.press("Control+Enter"))


def test_by_keyboard_alone_every_button_is_reached_with_a_visible_focus(weibo: Page) -> None:
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


def test_the_dialog_has_its_names_for_a_screen_reader(weibo: Page) -> None:
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


def test_at_320_pixels_nothing_stands_outside(weibo: Page) -> None:
    weibo.set_viewport_size({"width": 320, "height": 568})
    hold(weibo)
    assert ask(weibo, OUTSIDE) == 0
    press(weibo, "Share anyway")
    assert ask(weibo, OUTSIDE) == 0


def test_with_reduced_motion_nothing_moves(weibo: Page) -> None:
    weibo.emulate_media(reduced_motion="reduce")
    hold(weibo)
    assert ask(weibo, "inside.dialog().getRootNode().getAnimations().length") == 0


def test_on_a_page_from_right_to_left_the_chip_stands_at_the_lines_end(weibo: Page) -> None:
    weibo.evaluate("document.documentElement.dir = 'rtl'")
    write(weibo, "שלום לכולם")
    await_state(weibo, "clear")
    box = weibo.locator("textarea").bounding_box()
    place = ask(weibo, "chip.place().x")
    assert box and place < box["x"] + box["width"] / 2


def test_not_useful_quietens_and_the_settings_bring_it_back(weibo: Page, paired: BrowserContext) -> None:
    write(weibo, WORDS)
    until(weibo, lambda now: now.card)
    press(weibo, "Not useful: A classification banner")
    until(weibo, lambda now: now.card and "one step lower" in now.card.text)
    write(weibo, "!")
    await_state(weibo, "warn")
    settings = opening.options_page(paired)
    settings.get_by_role("button", name="Speak up again").first.click()
    expect(settings.locator("#quiet li")).to_have_count(0)
    settings.close()


def test_never_for_these_words_here_lets_them_through_untouched(weibo: Page) -> None:
    hold(weibo)
    press(weibo, "Never again for these words on this site: A classification banner")
    until(weibo, lambda now: now.dialog and now.dialog.level == "clear")
    press(weibo, "Share now")
    until(weibo, lambda now: not now.dialog)
    assert [posted["text"] for posted in sent(weibo)] == [WORDS]


def test_a_box_that_nobody_described_is_shown_by_clicking_and_remembered(weibo: Page, paired: BrowserContext) -> None:
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
    weibo.get_by_role("button", name="发送").click()
    until(weibo, lambda now: now.toast == "Thank you. I can read this box now, here and next time.")
    assert weibo.evaluate("heard.filter(({ type }) => /pointer|mouse|click/.test(type))") == []
    weibo.reload()
    weibo.evaluate(rename)
    write(weibo, WORDS)
    await_state(weibo, "stop")
    is_held(weibo, weibo.get_by_role("button", name="发送").click)
    settings = opening.options_page(paired)
    settings.get_by_role("button", name="Forget them").click()
    expect(settings.get_by_role("button", name="Forget them")).to_have_count(0)
    settings.close()
