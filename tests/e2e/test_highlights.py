"""Found words are marked in the box itself: at their place, gone with a change, and nothing of it in the page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.acting import await_state
from tests.e2e.grounds import Browser
from tests.e2e.inside import ask, until

WORDS = "TOP SECRET//SI//NOFORN"
TWEET = "[data-testid='tweetTextarea_0']"
WIDTH = """(words) => {
  const box = document.querySelector('textarea');
  const { font, letterSpacing } = getComputedStyle(box);
  const pen = Object.assign(document.createElement('canvas').getContext('2d'), { font, letterSpacing });
  return pen.measureText(words).width;
}"""
RECT = """(() => {
  const box = document.querySelector('textarea');
  const { x, y, width, height } = box.getBoundingClientRect();
  return { x, y, width, height, left: x + box.clientLeft + parseFloat(getComputedStyle(box).paddingLeft) };
})()"""
PLACE = """(words) => {
  const box = document.querySelector("[data-testid='tweetTextarea_0']");
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }
}"""


def marked(page: Any) -> list[dict[str, Any]]:
    """Return the marks that are drawn now."""
    found: list[dict[str, Any]] = ask(page, "inside.marked()") or []
    return found


def await_marks(page: Any) -> list[dict[str, Any]]:
    """Wait until something is marked."""
    until(page, lambda _: marked(page))
    return marked(page)


def bottom(mark: dict[str, Any]) -> float:
    return float(mark["y"] + mark["height"])


def write(page: Any, text: str) -> None:
    page.locator("textarea").click()
    page.keyboard.insert_text(text)
    await_state(page, "stop")


@pytest.fixture
def weibo(tab: Any) -> Any:
    tab.goto("https://weibo.com/")
    return tab


def write_tweet(tab: Any) -> None:
    tab.goto("https://x.com/home")
    tab.locator(TWEET).click()
    tab.keyboard.type(f"See {WORDS} here")
    await_state(tab, "stop")


def test_in_a_textarea_the_words_themselves_are_marked(weibo: Any) -> None:
    write(weibo, f"Lunch by the lake\n{WORDS} and more")
    [mark] = await_marks(weibo)
    box = weibo.evaluate(RECT)
    assert mark["level"] == "stop"
    assert mark["width"] == pytest.approx(weibo.evaluate(WIDTH, WORDS), abs=2)
    assert mark["x"] == pytest.approx(box["left"], abs=2), "the marking begins its line"
    assert box["y"] + mark["height"] / 2 < mark["y"] < box["y"] + box["height"], "the second line"


def test_in_an_editor_the_mark_lies_on_the_words(tab: Any) -> None:
    write_tweet(tab)
    [mark] = await_marks(tab)
    words = tab.evaluate(PLACE, WORDS)
    assert {key: mark[key] for key in words} == pytest.approx(words, abs=1.5)


def test_nothing_of_it_is_in_the_page(tab: Any) -> None:
    write_tweet(tab)
    await_marks(tab)
    assert tab.evaluate("[CSS.highlights.size, document.adoptedStyleSheets.length]") == [0, 0]
    box = f'document.querySelector("{TWEET}")'
    assert WORDS in tab.evaluate(f"{box}.innerText")
    assert tab.evaluate(f"{box}.querySelectorAll('mark, i, [style*=background]').length") == 0
    assert tab.evaluate("getSelection().isCollapsed") is True


def test_a_change_takes_the_mark_away_and_the_next_verdict_brings_it_back(weibo: Any) -> None:
    write(weibo, WORDS)
    [before] = await_marks(weibo)
    weibo.keyboard.press("Home")
    weibo.keyboard.insert_text("The plan: ")
    until(weibo, lambda _: [one["x"] for one in marked(weibo)] not in ([], [before["x"]]))
    [after] = marked(weibo)
    assert after["width"] == pytest.approx(before["width"], abs=1)
    weibo.keyboard.press("Control+A")
    weibo.keyboard.press("Delete")
    until(weibo, lambda _: not marked(weibo))


def test_it_scrolls_with_the_text_and_ends_where_the_box_ends(weibo: Any) -> None:
    write(weibo, f"{WORDS}\n" + "line\n" * 60)
    weibo.evaluate("document.querySelector('textarea').scrollTop = 0")
    [mark] = await_marks(weibo)
    weibo.evaluate("document.querySelector('textarea').scrollTop = 5")
    until(weibo, lambda _: [bottom(one) for one in marked(weibo)] == [pytest.approx(bottom(mark) - 5, abs=1)])
    weibo.evaluate("document.querySelector('textarea').scrollTop = 1e6")
    until(weibo, lambda _: not marked(weibo))


def test_where_the_page_lays_something_over_the_words_no_mark_shows_through(weibo: Any) -> None:
    write(weibo, WORDS)
    await_marks(weibo)
    weibo.evaluate(
        """() => {
          const menu = document.createElement('div');
          menu.style = 'position: fixed; inset: 0; background: white; z-index: 9';
          document.body.append(menu);
          dispatchEvent(new Event('resize'));
        }"""
    )
    until(weibo, lambda _: not marked(weibo))


def test_the_page_cannot_tell_a_press_on_a_mark_from_a_press_on_the_box(weibo: Any) -> None:
    write(weibo, WORDS)
    [mark] = await_marks(weibo)
    at = [mark["x"] + 5, mark["y"] + mark["height"] / 2]
    assert weibo.evaluate("([x, y]) => document.elementFromPoint(x, y).tagName", at) == "TEXTAREA"


def test_switched_off_in_the_settings_nothing_is_marked(weibo: Any, either: Browser) -> None:
    write(weibo, WORDS)
    await_marks(weibo)
    settings = either.settings()
    settings.locator("#marks").click()
    until(weibo, lambda _: not marked(weibo))
    settings.locator("#marks").click()
    until(weibo, lambda _: ask(weibo, "wishes.marks()"))
    settings.close()
