"""What a person sees of the extension, and how they press it.

The chip, the card and the dialog stand in a closed shadow root that neither the page
nor the browser driver can enter.  The debugger can: it evaluates in the world of the
extension's own content scripts;
in Firefox a page of the extension does.  Nothing is pressed from there: a press is a real one,
by the mouse at the button's place or by the keyboard.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import CDPSession, Page

SCRIPT = (Path(__file__).parent / "inside.js").read_text()
PATIENCE = 10.0


@dataclass(frozen=True)
class Panel:
    """A card, a dialog or a banner: its heading, all its words, the words it quotes, its buttons."""

    title: str
    lead: str
    level: str
    text: str
    quotes: list[str]
    pictures: list[str]
    buttons: list[str]


@dataclass(frozen=True)
class Shown:
    """All that the extension shows on a page now."""

    chip: dict[str, str] | None = None
    card: Panel | None = None
    dialog: Panel | None = None
    banner: Panel | None = None
    toast: str = ""
    focused: str = ""
    alive: bool = field(default=False)


class World:
    """The isolated world of the extension in a page's main frame, followed through navigations."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.contexts: dict[int, str] = {}
        self.session.on("Runtime.executionContextCreated", self._created)
        self.session.on("Runtime.executionContextDestroyed", self._destroyed)
        self.session.on("Runtime.executionContextsCleared", lambda _: self.contexts.clear())
        self.session.send("Runtime.enable")
        self.frame = self.session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def _created(self, event: dict[str, Any]) -> None:
        context = event["context"]
        about = context["auxData"]
        if about["type"] == "isolated" and context["origin"].startswith("chrome-extension://"):
            self.contexts[context["id"]] = about["frameId"]

    def _destroyed(self, event: dict[str, Any]) -> None:
        self.contexts.pop(event["executionContextId"], None)

    def evaluate(self, expression: str, framed: bool = False) -> Any:
        """Return the JSON value of an expression in the page or a frame, or None while no content script runs there."""
        ids = [id for id, frame in self.contexts.items() if (frame != self.frame) is framed]
        if not ids:
            return None
        asked = {"expression": expression, "contextId": ids[-1], "awaitPromise": True, "returnByValue": True}
        answer = self.session.send("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")


_worlds: WeakKeyDictionary[Page, World] = WeakKeyDictionary()


def world(page: Any) -> Any:
    """Return the extension's world in a page of Chromium; a tab of Firefox and a frame bring their own."""
    if not isinstance(page, Page):
        return page.world
    if page not in _worlds:
        _worlds[page] = World(page)
    return _worlds[page]


def ask(page: Page, call: str) -> Any:
    """Return the value of an expression over the functions of inside.js."""
    script = SCRIPT.strip().rstrip(";")
    return world(page).evaluate(f"(() => {{ const inside = {script}; return ({call}); }})()")


def shown(page: Page) -> Shown:
    """Return what the extension shows now."""
    now = ask(page, "inside.shown()")
    if not now:
        return Shown()
    panels = {name: Panel(**now[name]) if now[name] else None for name in ("card", "dialog", "banner")}
    return Shown(chip=now["chip"], toast=now["toast"], focused=now["focused"], alive=True, **panels)


def until(page: Page, holds: Callable[[Shown], Any], patience: float = PATIENCE) -> Shown:
    """Look again with every frame that the page paints until something holds; return what is shown then."""
    end = monotonic() + patience
    while not holds(now := shown(page)):
        assert monotonic() < end, f"not seen within {patience} s; shown: {now}"
        page.evaluate("new Promise((painted) => setTimeout(painted, 16))")
    return now


SHARING = ("Share anyway", "Yes, share it", "Share now", "Share without a check")
"""Buttons that count only when the browser has said that nothing lies over them."""


def press(page: Page, name: str, *, beneath: bool = False) -> None:
    """Click the button with this text, or this accessible name, at its place on the screen.

    One that shares is pressed when it can be seen to stand in the open, unless it is to be pressed ``beneath``.
    """
    if name in SHARING and not beneath:
        _insist(page, name)
    else:
        _click(page, name)


def _insist(page: Page, name: str) -> None:
    """Press until it counts, as a person would: right after it was covered a press does not."""
    end = monotonic() + PATIENCE
    while True:
        until(page, lambda now: now.dialog and world(page).evaluate("cover.isSeen() && !cover.isVeiled()"))
        _click(page, name)
        for _ in range(40):
            now = shown(page)
            if now.dialog is None or name not in now.dialog.buttons:
                return
            page.evaluate("new Promise((painted) => setTimeout(painted, 16))")
        assert monotonic() < end, f"“{name}” does not count; shown: {now}"


def _click(page: Page, name: str) -> None:
    place = _resting(page, name)
    assert place, f"no button “{name}” is shown; shown: {shown(page)}"
    page.mouse.click(*place)


def _resting(page: Page, name: str) -> list[float] | None:
    """Return where a button stands once it no longer moves: what comes in slides."""
    before: list[float] | None = None
    for _ in range(50):
        page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
        place: list[float] | None = ask(page, f"inside.place({json.dumps(name)})")
        if place == before:
            return place
        before = place
    return before


def reach(page: Page, name: str, most: int = 30, key: str = "Tab") -> None:
    """Go to the button with this text by the Tab key, or backwards by another."""
    for _ in range(most):
        if shown(page).focused == name:
            return
        page.keyboard.press(key)
    raise AssertionError(f"the Tab key does not lead to “{name}”")


def drawn_boxes(page: Page) -> list[list[float]]:
    """Return the boxes drawn on the dialog's first picture as x, y, width, height in shares of the picture."""
    found: list[list[float]] = ask(page, "inside.drawnBoxes()")
    return found


def settle(page: Page) -> None:
    """Wait until what is shown has stopped moving."""
    ask(page, "inside.settle()")
