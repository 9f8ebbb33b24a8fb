"""A frame of a page as the place to look at: what the extension shows in it, pressed where it stands in the page."""

from __future__ import annotations

from typing import Any

from tests.e2e.inside import world


class Frame:
    """The page's first frame.  What the page heard and posted is asked of the page around it."""

    def __init__(self, page: Any, selector: str = "iframe") -> None:
        self.page, self.selector = page, selector
        self.evaluate, self.keyboard = page.evaluate, page.keyboard
        self.world, self.mouse = _World(page), _Mouse(page, selector)

    def click(self, selector: str) -> None:
        """Click the middle of an element of the frame, found in the extension's world."""
        middle = "(({ x, y, width, height }) => [x + width / 2, y + height / 2])"
        found = self.world.evaluate(f"{middle}(document.querySelector({selector!r}).getBoundingClientRect())")
        assert found, "no content script runs in the frame"
        self.mouse.click(*found)


class _World:
    def __init__(self, page: Any) -> None:
        self.inner = world(page)

    def evaluate(self, expression: str) -> Any:
        return self.inner.evaluate(expression, framed=True)


class _Mouse:
    def __init__(self, page: Any, selector: str) -> None:
        self.page, self.selector = page, selector

    def click(self, x: float, y: float) -> None:
        place = "({ x, y }) => [x, y]"
        left, top = self.page.evaluate(
            f"(selector) => ({place})(document.querySelector(selector).getBoundingClientRect())", self.selector
        )
        self.page.mouse.click(left + x, top + y)
