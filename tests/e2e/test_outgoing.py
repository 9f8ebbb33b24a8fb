"""Where no press is recognised, what a page posts is held on its way out, on the sites that need it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.acting import HOLD, await_state, go_back, share_anyway
from tests.e2e.grounds import FORUM
from tests.e2e.inside import shown, until

SITE = "https://chat.deepseek.com"
SECRET, FINE = "TOP SECRET//SI//NOFORN, “the plan”", "Lunch by the lake"
WAYS = ("fetch", "request", "fields", "bytes", "xhr", "beacon", "socket", "form")


def write(tab: Any, way: str, text: str) -> None:
    tab.goto(f"{SITE}/fixture/posts.html?way={way}")
    tab.wait_for_selector("html[data-ready]")
    tab.locator("[data-test-box]").click()
    tab.keyboard.insert_text(text)


def posted(tab: Any, mark: str) -> list[str]:
    """Return what the server got of this test's drafts."""
    got: list[str] = tab.evaluate("fetch('/posted').then((answer) => answer.json())")
    return [body for body in got if mark in body]


@pytest.mark.parametrize("way", WAYS)
def test_it_is_held_and_goes_out_once(tab: Any, either: Any, way: str) -> None:
    mark = f"{either.name}-{way}"
    write(tab, way, f"{SECRET} {mark}")
    await_state(tab, "stop")
    tab.locator("#out").click()
    until(tab, lambda now: now.dialog and now.dialog.title == HOLD)
    assert posted(tab, mark) == []
    share_anyway(tab)
    until(tab, lambda now: posted(tab, mark))
    assert len(posted(tab, mark)) == 1


@pytest.mark.parametrize("way", ["fetch", "xhr", "blocking"])
def test_the_page_is_told_of_a_failure_when_the_person_goes_back(tab: Any, either: Any, way: str) -> None:
    mark = f"back-{either.name}-{way}"
    write(tab, way, f"{SECRET} {mark}")
    await_state(tab, "stop")
    tab.locator("#out").click()
    until(tab, lambda now: now.dialog and now.dialog.title == HOLD)
    go_back(tab)
    assert until(tab, lambda now: tab.evaluate("failed.length")) and posted(tab, mark) == []


def test_a_clear_draft_goes_out_and_nobody_is_asked(tab: Any, either: Any) -> None:
    write(tab, "fetch", f"{FINE} {either.name}")
    await_state(tab, "clear")
    tab.locator("#out").click()
    until(tab, lambda now: posted(tab, f"{FINE} {either.name}"))
    assert shown(tab).dialog is None


def test_what_the_page_saves_by_itself_and_what_holds_no_draft_goes_out(tab: Any) -> None:
    write(tab, "fetch", SECRET)
    await_state(tab, "stop")
    tab.locator("#pick").click()
    assert tab.evaluate("fetch('/post', { method: 'POST', body: 'the weather' }).then(({ ok }) => ok)")
    assert shown(tab).dialog is None


def test_what_the_page_changes_later_neither_hears_nor_answers(tab: Any, either: Any) -> None:
    """It puts its own functions in the place of those that questions and answers need."""
    mark = f"forged-{either.name}"
    write(tab, "fetch", f"{SECRET} {mark}")
    await_state(tab, "stop")
    tab.evaluate(
        """() => {
          window.overheard = [];
          for (const of of [MessagePort.prototype, EventTarget.prototype]) {
            for (const name of ['postMessage', 'dispatchEvent', 'addEventListener']) {
              const native = of[name];
              if (native) of[name] = function (...given) { overheard.push(name); return native.apply(this, given); };
            }
          }
          Object.defineProperty(Event.prototype, 'defaultPrevented', { get: () => false });
          Object.defineProperty(MessageEvent.prototype, 'data', { get: () => ({ id: 1, goes: true }) });
          for (const id of [1, 2, 3]) window.postMessage({ id, goes: true }, '*');
          dispatchEvent(new Event('second-look-hello'));
          overheard.length = 0;
        }"""
    )
    tab.locator("#out").click()
    until(tab, lambda now: now.dialog and now.dialog.title == HOLD)
    assert tab.evaluate("overheard") == []


def test_other_sites_are_left_alone(tab: Any) -> None:
    tab.goto(f"{FORUM}/fixture/sends.html?way=click")
    heard = """(() => {
      const ports = [];
      addEventListener('second-look-port', () => ports.push(1));
      dispatchEvent(new Event('second-look-hello'));
      return ports.length;
    })()"""
    assert tab.evaluate(heard) == 0
    assert tab.evaluate("fetch.toString()").split() == "function fetch() { [native code] }".split()


def test_a_file_chosen_in_an_input_of_no_document_is_held(tab: Any, either: Any, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(SECRET, encoding="utf-8")
    write(tab, "fetch", "see this")
    if either.name == "chromium":
        with tab.expect_file_chooser() as chooser:
            tab.locator("#pick").click()
        chooser.value.set_files(str(note))
    else:
        tab.choose(lambda: tab.locator("#pick").click(), note)
    until(tab, lambda now: now.dialog)
    assert tab.evaluate("chosen") == []
