"""A newcomer's first minute: the page notices the extension, pairs it, and lets them try it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e import opening
from tests.e2e.acting import go_back, paste
from tests.e2e.inside import drawn_boxes, press, shown, until
from tests.e2e.serving import Server
from tests.photos.draw import photo

READING = 60.0


@pytest.fixture
def newcomer(tools: Playwright, server: Server, tmp_path: Path) -> Iterator[BrowserContext]:
    context = opening.open_browser(tools, tmp_path)
    opening.set_server(context, server.address)
    yield context
    context.close()


@pytest.fixture
def without(tools: Playwright, server: Server, tmp_path: Path) -> Iterator[Page]:
    """A page of a browser without the extension, let in by a one-time link."""
    context = opening.open_browser(tools, tmp_path, extension=False)
    page = context.new_page()
    page.goto(server.link())
    yield page
    context.close()


def test_a_newcomer_pairs_and_sees_the_example_held(newcomer: BrowserContext, server: Server) -> None:
    page = newcomer.new_page()
    page.goto(server.link())
    expect(page.locator("#load-status")).to_contain_text("The extension is here, version 0.1.0.")
    opening.pair(newcomer, server, page)
    until(page, lambda now: now.banner and now.banner.title == "Connected")
    page.get_by_role("link", name="See it speak up").click()
    expect(page.locator("#mode")).to_contain_text("it speaks up by itself")
    post = page.locator("[data-composer='post']")
    post.get_by_role("button", name="A marked document").click()
    until(page, lambda now: now.chip and now.chip["state"] == "stop")
    dialog = is_quietly_held(page, "post")
    assert "TOP SECRET//NOFORN" in dialog
    press(page, "Share anyway")
    press(page, "Yes, share it")
    expect(post.locator("[data-secondlook-sent]")).to_have_count(1)


def is_quietly_held(page: Page, kind: str) -> str:
    """Press the button of a composer of the try page: nothing appears in its feed; return the dialog's words."""
    page.locator(f"[data-secondlook-send='{kind}']").click()
    now = until(page, lambda now: now.dialog and now.dialog.title == "Hold on a moment", READING)
    expect(page.locator(f"[data-secondlook-feed='{kind}'] [data-secondlook-sent]")).to_have_count(0)
    assert now.dialog
    return now.dialog.text


def test_the_example_photo_is_held_with_its_marking_boxed(newcomer: BrowserContext, server: Server) -> None:
    page = opening.pair(newcomer, server)
    page.goto(f"{server.address}/try")
    page.locator("[data-composer='post']").get_by_role("button", name="A photo of a marked page").click()
    assert "TOP SECRET//NOFORN" in is_quietly_held(page, "post")
    assert min(box[1] for box in drawn_boxes(page)) < 0.3
    go_back(page)
    expect(page.locator("[data-composer='post'] .preview img")).to_have_count(1)


def test_codes_that_differ_pair_nothing_and_a_new_code_can_be_had(newcomer: BrowserContext, server: Server) -> None:
    page = newcomer.new_page()
    page.goto(server.link())
    page.locator("[data-refuse]").click()
    until(page, lambda now: now.banner and "You said that the codes did not match" in now.banner.text)
    assert page.get_attribute("html", "data-secondlook-paired") == "false"
    press(page, "Get a new code")
    code = page.locator("[data-pairing] .code")
    until(page, lambda now: now.banner and code.count() and code.inner_text() in now.banner.text)
    page.locator("[data-approve]").click()
    page.wait_for_selector("html[data-secondlook-paired='true']")


def test_another_page_of_the_machine_learns_nothing(
    newcomer: BrowserContext, tools: Playwright, server: Server
) -> None:
    opening.pair(newcomer, server)
    page = newcomer.new_page()
    page.goto(f"http://localhost:{server.port}/welcome")
    page.wait_for_load_state()
    assert shown(page).banner is None
    assert (
        page.evaluate("Object.keys(document.documentElement.dataset).filter((name) => /secondlook/.test(name))") == []
    )


def test_without_the_extension_pasted_text_is_scored(without: Page, server: Server) -> None:
    without.goto(f"{server.address}/try")
    without.get_by_role("textbox", name="Your message to the AI").click()
    paste(without, "Please shorten: 机密★10年 关于北方站点准备情况的报告")
    result = without.locator("[data-result='ai']")
    expect(result.locator(".headline")).to_have_attribute("data-level", "stop", timeout=15_000)
    expect(result.locator("mark").first).to_contain_text("机密★10年")


def test_without_the_extension_a_dropped_picture_is_scored_and_boxed(
    without: Page, server: Server, tmp_path: Path
) -> None:
    picture = tmp_path / "page.jpg"
    picture.write_bytes(photo("zh", "held", 1))
    without.goto(f"{server.address}/try")
    drop(without, "[data-composer='post'] .composer", picture)
    result = without.locator("[data-result='post']")
    expect(result.locator(".headline")).to_have_attribute("data-level", "stop", timeout=READING * 1000)
    expect(result.locator("svg rect[data-level='stop']").first).to_be_visible()


def drop(page: Page, selector: str, file: Path) -> None:
    """Drag a file from the desktop onto a place and let it go."""
    box = page.locator(selector).bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": step, **at, "data": data})
    session.detach()
