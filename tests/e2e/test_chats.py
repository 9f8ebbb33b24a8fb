"""The conversation before a message: looked at only where the person has switched it on, and told apart rightly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e import opening, structures
from tests.e2e.acting import await_state
from tests.e2e.grounds import Browser
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


def open_chat(tab: Any, site: str) -> None:
    """Open the site's chat with two messages in it, and click into its box."""
    known = json.loads((opening.EXTENSION / "sites.json").read_text(encoding="utf-8"))
    [boxes] = [one["boxes"] for one in known if one["id"] == site]
    number = next(number for number, box in enumerate(boxes) if "thread" in box)
    enters = [box for box in TABLE[site] if box.about["enter"] == "send"]
    several = site in ("x", "facebook", "instagram", "linkedin")
    box = enters[-1] if several else TABLE[site][number]
    tab.goto(box.address)
    tab.wait_for_selector("html[data-built]")
    messages = html(site, False, ASKED) + html(site, True, ANSWERED)
    tab.evaluate(
        """(messages) => {
          const list = document.createElement('div');
          list.setAttribute('role', 'main');
          list.innerHTML = messages;
          box().getRootNode().host ? document.body.prepend(list) : box().parentElement.parentElement.prepend(list);
          box().setAttribute('data-test-box', '');
        }""",
        messages,
    )
    tab.locator("[data-test-box]").click()
    until(tab, lambda now: now.chip)


def switch(either: Browser, on: bool, tab: Any) -> None:
    """Switch the reading of chats on or off in the settings, and wait until the tab knows."""
    settings = either.settings()
    if settings.evaluate("document.querySelector('#chats').checked") is not on:
        settings.locator("#chats").click()
    until(tab, lambda _: world(tab).evaluate("wishes.chats()") is on)
    settings.close()
    tab.bring_to_front()


def listen(either: Browser) -> None:
    """Note what the extension asks of the server from now on."""
    either.in_background(
        """(self) => {
          self.really ??= self.fetch.bind(self);
          self.asked = [];
          self.fetch = (url, init) => { self.asked.push([String(url), init?.body]); return self.really(url, init); };
        }"""
    )


def checks(either: Browser) -> list[dict[str, Any]]:
    asked = either.in_background("(self) => JSON.parse(JSON.stringify(self.asked))")
    return [json.loads(body) for url, body in asked if url.endswith("/v1/checks")]


def test_as_it_comes_no_message_of_the_chat_goes_anywhere(tab: Any, either: Browser) -> None:
    open_chat(tab, "whatsapp")
    listen(either)
    tab.keyboard.insert_text("See you at seven")
    await_state(tab, "clear")
    asked = checks(either)
    assert asked and all("thread" not in one for one in asked)
    assert ASKED not in json.dumps(asked)


def test_no_page_and_no_content_script_gets_around_the_switch(tab: Any, either: Browser) -> None:
    open_chat(tab, "whatsapp")
    listen(either)
    forced = {"text": "hello there", "channel": "message", "audience": "one person", "attachments": [], "thread": SAID}
    world(tab).evaluate(f"link.ask('check', {json.dumps(forced)})")
    [asked] = [one for one in checks(either) if one["text"] == "hello there"]
    assert "thread" not in asked


def test_switched_on_the_last_messages_go_with_the_draft_and_off_again_they_do_not(tab: Any, either: Browser) -> None:
    open_chat(tab, "whatsapp")
    switch(either, True, tab)
    listen(either)
    tab.keyboard.insert_text("Tell me more")
    # The answer is harmless; what was asked before it is not.
    await_state(tab, "warn")
    assert [one["thread"] for one in checks(either) if one["text"] == "Tell me more"] == [SAID]
    switch(either, False, tab)
    tab.keyboard.insert_text(" please")
    await_state(tab, "clear")
    assert checks(either)[-1]["text"] == "Tell me more please"
    assert "thread" not in checks(either)[-1]


@pytest.mark.parametrize("site", MESSAGES)
def test_on_every_site_that_says_so_the_messages_are_read_with_who_wrote_them(
    tab: Any, either: Browser, site: str
) -> None:
    open_chat(tab, site)
    switch(either, True, tab)
    assert world(tab).evaluate("thread.of(site.last())") == SAID
    switch(either, False, tab)


def test_the_settings_say_plainly_what_goes_where_and_on_which_sites(either: Browser) -> None:
    settings = either.settings()
    said = settings.evaluate("document.querySelector('#chats-help').textContent")
    for words in ("Off until you switch it on", "go with your draft to your server", "not kept", "WhatsApp", "Zalo"):
        assert words in said
    assert settings.evaluate("document.querySelector('#chats').checked") is False
    settings.close()


def test_every_site_with_messages_is_tried() -> None:
    known = json.loads((opening.EXTENSION / "sites.json").read_text(encoding="utf-8"))
    assert set(MESSAGES) == {site["id"] for site in known if any("thread" in box for box in site["boxes"])}
