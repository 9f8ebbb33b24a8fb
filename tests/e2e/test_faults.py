"""When something is not as it should be: the person is told the truth, loses nothing, and nothing unread is clear."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e import opening, replicas
from tests.e2e.acting import (
    UNCHECKED,
    attach,
    await_state,
    forget,
    go_back,
    goes_untouched,
    heard,
    is_held,
    sent,
    share_anyway,
)
from tests.e2e.inside import Shown, press, shown, until, world
from tests.e2e.serving import Server, free_port
from tests.e2e.standins import older_server, slow_line
from tests.photos.draw import photo

TEXT = "Lunch by the lake today"
READING = 60.0
LARGEST_MB = 28


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("server"), SECONDLOOK_MAX_FILE_MB=str(LARGEST_MB))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def own(tools: Playwright, sites: int, server: Server, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser for one test, which may harm it."""
    context = opening.open_browser(tools, tmp_path, hosts=replicas.HOSTS, port=sites)
    opening.set_server(context, server.address)
    yield context
    context.close()


def token_ids(server: Server) -> set[str]:
    return {token["id"] for token in json.loads(server.run("token", "list", "--json"))}


def on_weibo(page: Page, text: str = "") -> None:
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    page.keyboard.insert_text(text)


def click_send(page: Page) -> None:
    page.get_by_role("button", name="发送").click()


def click_send_twice(page: Page) -> None:
    """Press at its place, as a hand does: the question may lie over it by the second press."""
    box = page.get_by_role("button", name="发送").bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def is_unchecked(page: Page, words: str, patience: float = 12.0) -> Shown:
    """Send: it is held as unchecked in true words, going back loses nothing, and the chip never calls it clear."""
    before = page.locator("textarea").input_value()
    now = is_held(page, lambda: click_send(page), UNCHECKED, patience)
    assert now.dialog and words in now.dialog.text
    assert {"Share without a check", "Go back"} <= set(now.dialog.buttons)
    go_back(page)
    assert sent(page) == []
    expect(page.locator("textarea")).to_have_value(before)
    chip = shown(page).chip
    assert chip and chip["state"] != "clear" and chip["label"] == "Not checked"
    return now


def test_a_stopped_server_is_named_and_its_return_is_noticed(page: Page, server: Server) -> None:
    server.stop()
    try:
        on_weibo(page, TEXT)
        await_state(page, "fault")
        is_unchecked(page, "server is not running on this machine, so nothing was checked")
    finally:
        server.start()
    page.keyboard.type("!")
    assert goes_untouched(page, lambda: click_send(page))["text"] == TEXT + "!"


def test_an_unchecked_draft_goes_once_when_the_person_says_so(page: Page, server: Server) -> None:
    server.stop()
    try:
        on_weibo(page, TEXT)
        is_held(page, lambda: click_send(page), UNCHECKED)
        press(page, "Share without a check")
        until(page, lambda now: not now.dialog)
        assert [posted["text"] for posted in sent(page)] == [TEXT]
    finally:
        server.start()


def test_a_slow_server_is_not_waited_for_in_silence(page: Page, server: Server) -> None:
    server.stop()
    behind = free_port()
    server.start(port=behind)
    try:
        with slow_line(server.port, behind, delay=5):
            on_weibo(page, TEXT)
            click_send(page)
            waiting = until(page, lambda now: now.dialog).dialog
            assert waiting and waiting.title == "Just a moment" and "Go back" in waiting.buttons
            told = until(page, lambda now: now.dialog and now.dialog.title == UNCHECKED).dialog
            assert told and "did not answer in time, so nothing was checked" in told.text
            go_back(page)
            assert sent(page) == []
            expect(page.locator("textarea")).to_have_value(TEXT)
    finally:
        server.stop()
        server.start()


def test_a_revoked_token_is_named_and_the_browser_can_be_connected_again(own: BrowserContext, server: Server) -> None:
    others = token_ids(server)
    page = opening.pair(own, server)
    [token] = token_ids(server) - others
    server.run("token", "revoke", token)
    on_weibo(page, TEXT)
    is_unchecked(page, "no longer knows this browser")
    settings = opening.options_page(own)
    expect(settings.locator("#server-state")).to_have_attribute("data-tone", "open")
    settings.close()
    opening.pair(own, server).close()
    page.bring_to_front()
    page.locator("textarea").click()
    page.keyboard.type("!")
    assert goes_untouched(page, lambda: click_send(page))["text"] == TEXT + "!"


def test_an_older_server_is_named(page: Page, server: Server) -> None:
    server.stop()
    try:
        with older_server(server.port):
            on_weibo(page, TEXT)
            is_unchecked(page, "older version than this extension")
    finally:
        server.start()


def test_a_sleeping_worker_is_woken_by_the_draft(page: Page, paired: BrowserContext) -> None:
    on_weibo(page, TEXT)
    await_state(page, "clear")
    opening.put_to_sleep(paired)
    page.keyboard.insert_text(" TOP SECRET//SI//NOFORN")
    await_state(page, "stop")
    is_held(page, lambda: click_send(page))


def test_a_page_that_outlived_its_extension_says_so(own: BrowserContext, server: Server) -> None:
    page = opening.pair(own, server)
    on_weibo(page, TEXT)
    await_state(page, "clear")
    reload_extension(own)
    page.bring_to_front()
    page.keyboard.type("!")
    dialog = is_held(page, lambda: click_send(page), UNCHECKED).dialog
    assert dialog and "Reload the page to be checked again" in dialog.text
    go_back(page)
    assert sent(page) == []
    expect(page.locator("textarea")).to_have_value(TEXT + "!")
    on_weibo(page, TEXT)
    await_state(page, "clear")


def reload_extension(context: BrowserContext) -> None:
    """Switch the extension off and on again on the browser's own page, which ends its scripts as an update does."""
    page = context.new_page()
    page.goto("chrome://extensions")
    switch = page.locator(f"extensions-item#{opening.extension_id()} cr-toggle#enableToggle")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    page.close()


def test_a_picture_of_twenty_megabytes_is_read(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(enlarged(photo("zh", "held", 1), 20 << 20))
    on_weibo(page, "第一天上班")
    attach(page, "input[type='file']", path)
    dialog = is_held(page, lambda: click_send(page), patience=READING).dialog
    assert dialog and set(dialog.pictures) == {"large.jpg"}
    share_anyway(page)
    [posted] = sent(page)
    assert posted["files"] == [{"name": "large.jpg", "size": path.stat().st_size}]


def enlarged(jpeg: bytes, size: int) -> bytes:
    """Fill a JPEG up with comments, which a viewer skips."""
    comment = b"\xff\xfe\xff\xff" + b" " * 65533
    return jpeg[:2] + comment * ((size - len(jpeg)) // len(comment) + 1) + jpeg[2:]


def is_gap(page: Page, path: Path, words: str) -> None:
    """Attach and send: the file is named as unread, and going back keeps it."""
    on_weibo(page, TEXT)
    attach(page, "input[type='file']", path)
    dialog = is_held(page, lambda: click_send(page), UNCHECKED, READING).dialog
    assert dialog and f"{path.name}: " in dialog.text and words in dialog.text
    go_back(page)
    assert sent(page) == []
    assert page.evaluate("document.querySelector('input').files[0].name") == path.name
    chip = shown(page).chip
    assert chip and chip["state"] != "clear"


def test_a_file_larger_than_the_server_reads_is_a_gap(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "too-large.jpg"
    path.write_bytes(enlarged(photo("zh", "held", 1), (LARGEST_MB + 2) << 20))
    is_gap(page, path, "larger than the Second Look server reads")


def test_a_broken_picture_is_a_gap(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(photo("zh", "held", 1)[:2000])
    is_gap(page, path, "damaged or incomplete")


def test_a_very_long_draft_is_read_to_its_end(page: Page) -> None:
    text = "A line of an ordinary diary, nothing more.\n" * 2400
    assert len(text) > 100_000
    on_weibo(page, text)
    await_state(page, "clear", 30)
    page.keyboard.insert_text("TOP SECRET//SI//NOFORN")
    await_state(page, "stop", 30)
    is_held(page, lambda: click_send(page))
    share_anyway(page)
    assert [posted["text"] for posted in sent(page)] == [text + "TOP SECRET//SI//NOFORN"]


def test_an_empty_draft_is_nobodys_business(page: Page) -> None:
    on_weibo(page)
    forget(page)
    click_send(page)
    page.locator("textarea").press("Control+Enter")
    assert [event["trusted"] for event in heard(page) if event["type"] in ("click", "keydown")] == [True, True]
    assert sent(page) == []
    assert shown(page).dialog is None


def test_the_enter_that_ends_a_composed_word_is_not_a_send(page: Page) -> None:
    page.goto("https://web.whatsapp.com/")
    page.get_by_role("textbox").click()
    session = world(page).session
    session.send("Input.imeSetComposition", {"text": "jimi", "selectionStart": 4, "selectionEnd": 4})
    forget(page)
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "nativeVirtualKeyCode": 229}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    session.send("Input.insertText", {"text": "机密★10年"})
    assert sent(page) == [] and shown(page).dialog is None
    await_state(page, "stop")
    expect(page.get_by_role("textbox")).to_have_text("机密★10年")
    is_held(page, lambda: page.keyboard.press("Enter"))


def test_a_double_click_on_a_clear_draft_sends_once(page: Page) -> None:
    on_weibo(page, TEXT)
    click_send_twice(page)
    until(page, lambda now: page.evaluate("sent.length"))
    assert [posted["text"] for posted in sent(page)] == [TEXT]


def test_a_double_click_on_a_held_draft_asks_once_and_sends_once(page: Page) -> None:
    on_weibo(page, "TOP SECRET//SI//NOFORN")
    is_held(page, lambda: click_send_twice(page))
    share_anyway(page)
    assert [posted["text"] for posted in sent(page)] == ["TOP SECRET//SI//NOFORN"]
    assert shown(page).dialog is None
