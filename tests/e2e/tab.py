"""A tab of Firefox, with the few words of a Playwright page that these tests use."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from tests.e2e.bidi import Bidi, Refused

PATIENCE = 10.0
KEYS = {
    "Enter": "\ue007", "Control": "\ue009", "Shift": "\ue008", "Alt": "\ue00a", "Meta": "\ue03d", "Tab": "\ue004",
    "Escape": "\ue00c", "Space": " ", "Backspace": "\ue003", "Delete": "\ue017", "End": "\ue010",
    "Home": "\ue011",
}  # fmt: skip
APPEARS = """async (selector) => {
  while (!document.querySelector(selector)) await new Promise((go) => setTimeout(go, 16));
}"""
PLACE = """(selector, deep) => {
  const roots = [document];
  for (const root of roots) {
    for (const found of root.querySelectorAll(selector)) {
      if (!found.getClientRects().length) continue;
      found.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      const { x, y, width, height } = found.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    }
    for (const host of root.querySelectorAll('*')) if (host.shadowRoot) roots.push(host.shadowRoot);
  }
  return null;
}"""


class Tab:
    """A tab; ``number`` is the extension's name for it, ``console`` the context of the extension's own page."""

    def __init__(self, bidi: Bidi, context: str, console: str, number: int) -> None:
        self.bidi, self.context, self.console, self.number = bidi, context, console, number
        self.keyboard, self.mouse = Keyboard(self), Mouse(self)
        self.world = World(self)

    def goto(self, address: str) -> None:
        self.bidi.send("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        """Return the value of an expression in the page's own world, or of calling it where it is a function."""
        called = f"async (given) => {{ const it = ({expression}); return typeof it === 'function' ? it(given) : it; }}"
        return self.bidi.call(self.context, called, argument)

    def locator(self, selector: str) -> Locator:
        return Locator(self, selector)

    def wait_for_selector(self, selector: str) -> None:
        self.bidi.call(self.context, APPEARS, selector)

    def attach(self, selector: str, *files: Path) -> None:
        """Choose files in an input, as the browser's own window for files does."""
        found = self.bidi.send(
            "browsingContext.locateNodes", context=self.context, locator={"type": "css", "value": selector}
        )
        element = {"sharedId": found["nodes"][0]["sharedId"]}
        self.bidi.send("input.setFiles", context=self.context, element=element, files=[str(file) for file in files])

    def choose(self, press: Callable[[], None], *files: Path) -> None:
        """Press what opens the window for files, and choose some in it."""
        self.bidi.send("session.subscribe", events=["input.fileDialogOpened"])
        press()
        element = {"sharedId": self.bidi.hear("input.fileDialogOpened")["element"]["sharedId"]}
        self.bidi.send("input.setFiles", context=self.context, element=element, files=[str(file) for file in files])

    def set_viewport_size(self, size: dict[str, int]) -> None:
        self.bidi.send("browsingContext.setViewport", context=self.context, viewport=size)

    def reload(self) -> None:
        self.bidi.send("browsingContext.reload", context=self.context, wait="complete")

    def bring_to_front(self) -> None:
        self.bidi.send("browsingContext.activate", context=self.context)

    def perform(self, kind: str, actions: list[dict[str, Any]], **about: Any) -> None:
        source = {"type": kind, "id": f"the {kind}", "actions": actions, **about}
        self.bidi.send("input.performActions", context=self.context, actions=[source])

    def close(self) -> None:
        self.bidi.send("browsingContext.close", context=self.context)


class Locator:
    """The first element in sight that a selector meets, in open shadow roots too."""

    def __init__(self, tab: Tab, selector: str) -> None:
        self.tab, self.selector = tab, selector

    def place(self) -> list[float]:
        """Wait until it is in sight, and return its middle."""
        end = monotonic() + PATIENCE
        while not (place := self.tab.bidi.call(self.tab.context, PLACE, self.selector)):
            assert monotonic() < end, f"no {self.selector} in sight"
            self.tab.evaluate("new Promise((painted) => setTimeout(painted, 16))")
        found: list[float] = place
        return found

    def click(self) -> None:
        self.tab.mouse.click(*self.place())


class Mouse:
    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def click(self, x: float, y: float, *, times: int = 1) -> None:
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.tab.perform("pointer", [{"type": "pointerMove", "x": round(x), "y": round(y)}, *(press * times)])

    def dblclick(self, x: float, y: float) -> None:
        self.click(x, y, times=2)


class Keyboard:
    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def press(self, keys: str) -> None:
        """Press keys that are held together, as in ``Control+Enter``."""
        values = [KEYS.get(key, key) for key in keys.split("+")]
        down = [{"type": "keyDown", "value": value} for value in values]
        self.tab.perform("key", [*down, *({"type": "keyUp", "value": value} for value in reversed(values))])

    def type(self, text: str) -> None:
        self.insert_text(text)

    def insert_text(self, text: str) -> None:
        """Type, each character by its own key."""
        self.tab.perform("key", [{"type": way, "value": one} for one in text for way in ("keyDown", "keyUp")])


class World:
    """The extension's own world in the tab: its page runs a function there, as the browser lets it."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def evaluate(self, expression: str, framed: bool = False) -> Any:
        """Return the JSON value of an expression in the page or a frame, or None while no content script runs there."""
        target = json.dumps({"tabId": self.tab.number, **({"allFrames": True} if framed else {})})
        asked = f"""async () => {{
          const func = async () => JSON.stringify((await ({expression})) ?? null);
          const all = await browser.scripting.executeScript({{ target: {target}, func, injectImmediately: true }});
          const {{ result, error }} = all.findLast(({{ frameId }}) => (frameId !== 0) === {json.dumps(framed)}) ?? {{}};
          return {{ result, error: error && String(error.message ?? error) }};
        }}"""
        told = self.tab.bidi.call(self.tab.console, asked)
        if told.get("error"):
            raise Refused(told["error"])
        return json.loads(told.get("result") or "null")
