"""Pictures that come by an input, the clipboard or a drag, in both browsers."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.acting import HOLD, allow_clipboard, attach, await_state, go_back
from tests.e2e.inside import until
from tests.photos.draw import photo

READING = 30.0
CHROMIUM = pytest.mark.parametrize("either", ["chromium"], indirect=True)
PASTE = """async (bytes) => {
  const source = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))]));
  const canvas = new OffscreenCanvas(900, 900 * source.height / source.width);
  canvas.getContext('2d').drawImage(source, 0, 0, canvas.width, canvas.height);
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })]);
}"""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of a marked page."""
    path = tmp_path_factory.mktemp("photos") / "page.jpg"
    path.write_bytes(photo("zh", "held", 1))
    return path


def test_a_photo_attached_before_anything_was_written_is_told_of(tab: Any, marked: Path) -> None:
    """Nobody has been in the box yet: the chip is there all the same, and says what the photo shows."""
    tab.goto("https://weibo.com/")
    attach(tab, "input[type='file']", marked)
    until(tab, lambda now: now.chip and now.chip["state"] == "checking", READING)
    await_state(tab, "stop", READING)


@CHROMIUM
def test_a_pasted_picture_is_held_where_files_go_up_at_once(tab: Any, marked: Path) -> None:
    """Firefox without a screen keeps no picture on its clipboard."""
    tab.goto("https://chatgpt.com/")
    tab.locator("#prompt-textarea").click()
    allow_clipboard(tab)
    copy(tab, marked)
    tab.keyboard.press("Control+v")
    asked(tab)


@CHROMIUM
def test_a_dropped_picture_is_held_where_files_go_up_at_once(tab: Page, marked: Path) -> None:
    """A drag from outside cannot be played to Firefox."""
    tab.goto("https://chatgpt.com/")
    box = tab.locator("#prompt-textarea").bounding_box()
    assert box
    session = tab.context.new_cdp_session(tab)
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(marked)], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": step, **at, "data": data})
    asked(tab)


def copy(tab: Any, picture: Path) -> None:
    """Put a picture on the clipboard."""
    tab.evaluate(PASTE, base64.b64encode(picture.read_bytes()).decode())


def asked(tab: Any) -> None:
    """Wait for the question, take the picture back, and see that the page never had it."""
    until(tab, lambda now: now.dialog and now.dialog.title == HOLD, READING)
    go_back(tab)
    heard = tab.evaluate("heard.filter(({ type }) => ['paste', 'drop', 'change'].includes(type))")
    assert heard == [] and tab.evaluate("uploaded") == []
