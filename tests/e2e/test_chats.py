"""The conversation before a message: looked at only where the person has switched it on, and told apart rightly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e import everywhere, opening, structures
from tests.e2e.acting import await_state
from tests.e2e.inside import until, world

TABLE = structures.load()
ASKED, ANSWERED = "We pay well for insights from inside.", "What kind of insights?"
SAID = [{"from": "them", "text": ASKED}, {"from": "me", "text": ANSWERED}]
ROW = '<div role="row" style="display: flex; justify-content: {side}"><div dir="auto">{text}</div></div>'
# How the messages of each site stand in its page, by what public sources say of it; {own} is there on one's own alone.
MESSAGES = {
    "whatsapp": '<div role="row"><div class="message-{way}"><span class="selectable-text copyable-text">{text}</span>'
    '<span class="time">10:32</span></div></div>',
    "telegram": '<div class="bubble {k}" data-mid="1"><div class="bubble-content"><div class="message">{text}'
    '<span class="time">10:32</span></div></div></div>',
    "messenger": ROW,
    "facebook": ROW,
    "instagram": ROW,
    "x": '<div data-testid="messageEntry" style="display: flex; justify-content: {side}">'
    '<div data-testid="tweetText">{text}</div></div>',
    "linkedin": '<li class="msg-s-message-list__event"><div class="msg-s-event-listitem {other}">'
    '<p class="msg-s-event-listitem__body">{text}</p></div></li>',
    "teams": '<div data-tid="chat-pane-item"><div class="{teams}"><div data-message-content>{text}</div>'
    "<time>10:32</time></div></div>",
    "zalo": '<div class="chat-message {me}"><div data-component="message-text-content">{text}</div></div>',
    "wechat": '<div class="message {you}"><pre class="js_message_plain">{text}</pre></div>',
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with structures.serve(tmp_path_factory.mktemp("structures"), TABLE) as port:
        yield port


@pytest.fixture(scope="module")
def browser(tools: Playwright, sites: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    folder = tmp_path_factory.mktemp("everywhere")
    context = everywhere.open_browser(tools, folder, sites, structures.hosts(TABLE), everywhere.copy(folder))
    yield context
    context.close()


def html(site: str, own: bool, text: str) -> str:
    """Return a message as the site shows it."""
    return MESSAGES[site].format(
        text=text,
        side="flex-end" if own else "flex-start",
        way="out" if own else "in",
        k="is-out" if own else "is-in",
        other="" if own else "msg-s-event-listitem--other",
        teams="fui-ChatMyMessage" if own else "fui-ChatMessage",
        me="me" if own else "",
        you="me" if own else "you",
    )


def open_chat(page: Page, site: str) -> None:
    """Open the site's chat with two messages in it, and click into its box."""
    known = json.loads((opening.EXTENSION / "sites.json").read_text(encoding="utf-8"))
    [boxes] = [one["boxes"] for one in known if one["id"] == site]
    number = next(number for number, box in enumerate(boxes) if "thread" in box)
    enters = [box for box in TABLE[site] if box.about["enter"] == "send"]
    several = site in ("x", "facebook", "instagram", "linkedin")
    box = enters[-1] if several else TABLE[site][number]
    page.goto(box.address)
    page.wait_for_selector("html[data-built]")
    messages = html(site, False, ASKED) + html(site, True, ANSWERED)
    page.evaluate(
        """(messages) => {
          const list = document.createElement('div');
          list.setAttribute('role', 'main');
          list.innerHTML = messages;
          box().getRootNode().host ? document.body.prepend(list) : box().parentElement.parentElement.prepend(list);
        }""",
        messages,
    )
    found = page.evaluate_handle("box()").as_element()
    assert found
    found.click()
    until(page, lambda now: now.chip)


def switch_on(paired: BrowserContext, on: bool) -> None:
    settings = opening.options_page(paired)
    expect(settings.locator("#chats-help")).not_to_be_empty()
    settings.locator("#chats").set_checked(on)
    kept = "async (on) => ((await chrome.storage.local.get('settings')).settings?.chats ?? false) === on"
    settings.wait_for_function(kept, arg=on)
    settings.close()


def listen(context: BrowserContext) -> None:
    """Note what the extension asks of the server from now on."""
    opening.worker(context).evaluate(
        """() => {
          self.really ??= self.fetch;
          self.asked = [];
          self.fetch = (url, init) => { asked.push([String(url), init?.body]); return really(url, init); };
        }"""
    )


def checks(context: BrowserContext) -> list[dict[str, Any]]:
    asked = opening.worker(context).evaluate("asked")
    return [json.loads(body) for url, body in asked if url.endswith("/v1/checks")]


def test_as_it_comes_no_message_of_the_chat_goes_anywhere(page: Page, paired: BrowserContext) -> None:
    open_chat(page, "whatsapp")
    listen(paired)
    page.keyboard.insert_text("See you at seven")
    await_state(page, "clear")
    asked = checks(paired)
    assert asked and all("thread" not in one for one in asked)
    assert ASKED not in json.dumps(asked)


def test_no_page_and_no_content_script_gets_around_the_switch(page: Page, paired: BrowserContext) -> None:
    open_chat(page, "whatsapp")
    listen(paired)
    forced = {"text": "hello there", "channel": "message", "audience": "one person", "attachments": [], "thread": SAID}
    world(page).evaluate(f"link.ask('check', {json.dumps(forced)})")
    [asked] = [one for one in checks(paired) if one["text"] == "hello there"]
    assert "thread" not in asked


def test_switched_on_the_last_messages_go_with_the_draft_and_off_again_they_do_not(
    page: Page, paired: BrowserContext
) -> None:
    open_chat(page, "whatsapp")
    switch_on(paired, True)
    listen(paired)
    until(page, lambda _: world(page).evaluate("wishes.chats()"))
    page.keyboard.insert_text("Tell me more")
    await_state(page, "clear")
    assert [one["thread"] for one in checks(paired) if one["text"] == "Tell me more"] == [SAID]
    switch_on(paired, False)
    until(page, lambda _: not world(page).evaluate("wishes.chats()"))
    page.keyboard.insert_text(" please")
    until(page, lambda _: any(one["text"] == "Tell me more please" for one in checks(paired)))
    assert "thread" not in checks(paired)[-1]


@pytest.mark.parametrize("site", MESSAGES)
def test_on_every_site_that_says_so_the_messages_are_read_with_who_wrote_them(
    page: Page, paired: BrowserContext, site: str
) -> None:
    switch_on(paired, True)
    open_chat(page, site)
    until(page, lambda _: world(page).evaluate("wishes.chats()"))
    assert world(page).evaluate("thread.of(site.last())") == SAID
    switch_on(paired, False)


def test_the_settings_say_plainly_what_goes_where_and_on_which_sites(paired: BrowserContext) -> None:
    settings = opening.options_page(paired)
    for words in ("Off until you switch it on", "go with your draft to your server", "not kept", "WhatsApp", "Zalo"):
        expect(settings.locator("#chats-help")).to_contain_text(words)
    assert not settings.locator("#chats").is_checked()
    settings.close()


def test_every_site_with_messages_is_tried() -> None:
    known = json.loads((opening.EXTENSION / "sites.json").read_text(encoding="utf-8"))
    assert set(MESSAGES) == {site["id"] for site in known if any("thread" in box for box in site["boxes"])}
