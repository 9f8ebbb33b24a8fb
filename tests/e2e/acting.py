"""What a person does on a replica, and what the replica's page got to know of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.inside import PATIENCE, Shown, press, settle, shown, until, world
from tests.e2e.tab import Tab

HOLD, LOOK, UNCHECKED = "Hold on a moment", "Take a second look", "This could not be checked"
PRESSES = ("pointerdown", "mousedown", "pointerup", "mouseup", "click", "submit")

ANSWERED = "(() => { const at = site.last(); return at !== null && watch.known(watch.draftOf(at)) !== undefined; })()"


def attach(page: Page, selector: str, *files: Path) -> None:
    """Choose files in an input, by the browser's own trusted events and no others."""
    if isinstance(page, Tab):
        return page.attach(selector, *files)
    session = world(page).session
    found = session.send("Runtime.evaluate", {"expression": f"document.querySelector({json.dumps(selector)})"})
    chosen = {"files": [str(file) for file in files], "objectId": found["result"]["objectId"]}
    session.send("DOM.setFileInputFiles", chosen)


def paste(page: Page, text: str) -> None:
    """Put a text on the clipboard, as copying it elsewhere would, and paste it with the keyboard."""
    allow_clipboard(page)
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def allow_clipboard(page: Page) -> None:
    """Let the page write to the clipboard; Firefox asks nobody after a press."""
    if not isinstance(page, Tab):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def forget(page: Page) -> None:
    """Begin to count anew what the page hears."""
    page.evaluate("heard.length = 0")


def heard(page: Page) -> list[dict[str, Any]]:
    """Return the presses and the Enter keys that reached the page."""
    events: list[dict[str, Any]] = page.evaluate("heard")
    return [event for event in events if event["type"] in PRESSES or event["key"] == "Enter"]


def sent(page: Page) -> list[dict[str, Any]]:
    """Return what the page has posted, a few frames from now, so that a second one would be seen."""
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go))))")
    posted: list[dict[str, Any]] = page.evaluate("sent")
    return posted


def await_state(page: Page, state: str, patience: float = PATIENCE) -> Shown:
    """Wait until the chip has a state; "clear" must be said of all that was written, not of its beginning."""

    def holds(now: Shown) -> bool:
        there = now.chip is not None and now.chip["state"] == state
        return there and (state != "clear" or world(page).evaluate(ANSWERED) is True)

    return until(page, holds, patience)


def is_held(page: Page, send: Callable[[], None], title: str = HOLD, patience: float = PATIENCE) -> Shown:
    """Press send: the dialog asks, and the page has heard and posted nothing."""
    forget(page)
    before = sent(page)
    send()
    now = until(page, lambda now: now.dialog and now.dialog.title == title, patience)
    assert heard(page) == []
    assert sent(page) == before
    return now


def is_clear(page: Page) -> None:
    """Wait until the browser has said that nothing lies over the question: a press counts only then."""
    settle(page)
    until(page, lambda _: world(page).evaluate("cover.isSeen() && !cover.isVeiled()"))


def share_anyway(page: Page) -> None:
    """Take the second step of a held draft."""
    is_clear(page)
    press(page, "Share anyway")
    assert shown(page).dialog, "one press must not be enough"
    press(page, "Yes, share it")
    until(page, lambda now: not now.dialog)


def go_back(page: Page) -> None:
    """Take the safe choice."""
    press(page, "Go back")
    until(page, lambda now: not now.dialog)


def goes_untouched(page: Page, send: Callable[[], None], at: Any = None) -> dict[str, Any]:
    """Send a draft that was found clear: the page gets the person's own events, each once; return what it posted."""
    await_state(at or page, "clear")
    forget(page)
    send()
    posted = sent(page)
    assert len(posted) == 1 and posted[0]["trusted"] is True
    events = heard(page)
    assert events and all(event["trusted"] for event in events)
    assert len({(event["type"], event["key"]) for event in events}) == len(events)
    assert shown(page).dialog is None
    return posted[0]
