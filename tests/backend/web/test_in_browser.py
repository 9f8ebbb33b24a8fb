"""The pages in a real browser, against the real server on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.store.proofs import code_of
from backend.store.secrets import hash_of, new_secret

EXTENSION = "chrome-extension://" + "a" * 32


@pytest.fixture
def inside(page: Page, served: tuple[str, Callable[[], str]]) -> Page:
    address, link = served
    page.goto(f"{address}/welcome?once={link()}")
    return page


def start_pairing(address: str) -> dict[str, Any]:
    """Ask to be paired, as the extension's worker does."""
    word = new_secret()
    wanted = {"name": "Chromium on Linux", "version": "0.1.0", "commitment": hash_of(word)}
    headers = {"Origin": EXTENSION, "Content-Type": "application/json"}
    begun = read_json(Request(f"{address}/v1/pairings", json.dumps(wanted).encode(), headers))
    told = json.dumps({"word": word, "address": address}).encode()
    headers["Authorization"] = f"Pairing {begun['secret']}"
    urlopen(Request(f"{address}/v1/pairings/{begun['id']}/code", told, headers), timeout=20).close()
    return {**begun, "code": code_of(word, begun["secret"], address)}


def announce(page: Page, *, paired: bool = False) -> None:
    """Set the attributes that the extension sets."""
    page.evaluate(
        """paired => {
          document.documentElement.dataset.secondlookExtension = '0.1.0';
          if (paired) document.documentElement.dataset.secondlookPaired = 'true';
        }""",
        paired,
    )


def state_of(address: str, pairing: dict[str, Any]) -> dict[str, Any]:
    """Ask how a pairing stands, as the extension's worker does."""
    headers = {"Authorization": f"Pairing {pairing['secret']}"}
    return read_json(Request(f"{address}/v1/pairings/{pairing['id']}?wait=5", headers=headers))


def read_json(request: Request) -> dict[str, Any]:
    """Ask and read; an answer that is an error fails the test."""
    with urlopen(request, timeout=20) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def test_the_link_leaves_the_address_bar(inside: Page) -> None:
    assert inside.url.endswith("/welcome")


def test_only_one_browser_is_shown_and_arrow_keys_move_between_them(inside: Page) -> None:
    expect(inside.get_by_role("tabpanel")).to_have_count(1)
    inside.get_by_role("tab", name="Chrome", exact=True).click()
    inside.keyboard.press("ArrowRight")
    expect(inside.get_by_role("tab", name="Edge")).to_be_focused()
    expect(inside.get_by_role("tabpanel", name="Edge")).to_contain_text("edge://extensions")


def test_the_folder_is_copied_with_one_click(inside: Page) -> None:
    button = inside.get_by_role("button", name="Copy the folder’s path")
    button.click()
    expect(button).to_have_text("Copied")
    assert Path(inside.evaluate("navigator.clipboard.readText()")).name == "extension"


def test_the_page_notices_the_extension(inside: Page) -> None:
    expect(inside.locator("#load-status")).to_contain_text("Waiting for the extension")
    announce(inside)
    expect(inside.locator("#load-status")).to_contain_text("The extension is here, version 0.1.0.")
    expect(inside.get_by_role("tabpanel")).to_have_count(0)


def test_the_codes_match_and_one_click_pairs(inside: Page, served: tuple[str, Callable[[], str]]) -> None:
    announce(inside)
    pairing = start_pairing(served[0])
    card = inside.locator(f"[data-pairing='{pairing['id']}']")
    expect(card.locator(".code")).to_have_text(pairing["code"])
    card.get_by_role("button", name="The codes match: pair").click()
    state = state_of(served[0], pairing)
    assert state["state"] == "approved" and len(state["token"]) >= 32
    expect(card).to_have_count(0)
    assert state["token"] not in inside.content()
    announce(inside, paired=True)
    expect(inside.locator("#step-done")).to_contain_text("go nowhere but to the server on this machine")
    expect(inside.get_by_role("link", name="See it speak up")).to_have_attribute("href", "/try")


def test_codes_that_differ_are_refused(inside: Page, served: tuple[str, Callable[[], str]]) -> None:
    pairing = start_pairing(served[0])
    inside.locator(f"[data-pairing='{pairing['id']}']").get_by_role("button", name="They differ: refuse").click()
    assert state_of(served[0], pairing) == {"state": "refused"}
    expect(inside.locator("#pair-status")).to_contain_text("Nothing was paired")


def test_without_a_session_nobody_can_pair(page: Page, served: tuple[str, Callable[[], str]]) -> None:
    start_pairing(served[0])
    page.goto(f"{served[0]}/welcome")
    announce(page)
    expect(page.get_by_role("heading", name="Open this page by your one-time link")).to_be_visible()
    expect(page.locator("[data-pairing]")).to_have_count(0)


def test_a_marked_text_is_shown_with_its_words_marked(inside: Page, served: tuple[str, Callable[[], str]]) -> None:
    inside.goto(f"{served[0]}/try")
    inside.get_by_role("textbox", name="Your post").fill("看 😀 机密★10年 关于北方站点准备情况的报告")
    result = inside.locator("[data-result='post']")
    expect(result.locator(".headline")).to_have_attribute("data-level", "stop")
    expect(result.locator("mark").first).to_contain_text("机密★10年")


def test_a_harmless_text_is_quietly_clear(inside: Page, served: tuple[str, Callable[[], str]]) -> None:
    inside.goto(f"{served[0]}/try")
    inside.locator("[data-composer='ai']").get_by_role("button", name="A harmless one").click()
    expect(inside.locator("[data-result='ai'] .headline")).to_have_text("Nothing seen that asks for a second look.")


def test_a_picture_of_a_marked_page_gets_a_box_where_the_marking_stands(
    inside: Page, served: tuple[str, Callable[[], str]]
) -> None:
    inside.goto(f"{served[0]}/try")
    inside.locator("[data-composer='post']").get_by_role("button", name="A photo of a marked page").click()
    result = inside.locator("[data-result='post']")
    expect(result.locator(".headline")).to_have_attribute("data-level", "stop", timeout=60_000)
    ring = result.locator("svg rect[data-level='stop']").first
    expect(ring).to_be_visible()
    frame, box = result.locator(".marked-picture").first.bounding_box(), ring.bounding_box()
    assert frame and box
    assert frame["y"] <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"] / 3


def test_when_the_server_is_gone_nothing_is_called_clear(inside: Page, served: tuple[str, Callable[[], str]]) -> None:
    inside.goto(f"{served[0]}/try")
    inside.route("**/v1/**", lambda route: route.abort())
    inside.get_by_role("textbox", name="Your post").fill("Lunch by the lake")
    result = inside.locator("[data-result='post']")
    expect(result).to_contain_text("Nothing was checked.")
    expect(result).to_contain_text("The server does not answer.")
    expect(result.locator(".headline")).to_have_attribute("data-level", "gap")


def test_enter_sends_in_the_chat_and_stays_on_this_page(inside: Page, served: tuple[str, Callable[[], str]]) -> None:
    inside.goto(f"{served[0]}/try")
    box = inside.get_by_role("textbox", name="Your message to the AI")
    box.fill("one")
    box.press("Shift+Enter")
    box.type("two")
    box.press("Enter")
    said = inside.locator("[data-secondlook-feed='ai'] [data-secondlook-sent] .copy")
    expect(said).to_have_text(["one\ntwo"])
    expect(box).to_have_value("")
    box.press("Enter")
    expect(said).to_have_count(1)


def test_an_enter_that_ends_a_composed_word_does_not_send(inside: Page, served: tuple[str, Callable[[], str]]) -> None:
    inside.goto(f"{served[0]}/try")
    box = inside.get_by_role("textbox", name="Your message to the AI")
    box.fill("ni hao")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(inside.locator("[data-secondlook-sent]")).to_have_count(0)
    box.press("Enter")
    expect(inside.locator("[data-secondlook-sent]")).to_have_count(1)


def test_a_post_keeps_its_lines_and_its_picture(inside: Page, served: tuple[str, Callable[[], str]]) -> None:
    inside.goto(f"{served[0]}/try")
    composer = inside.locator("[data-composer='post']")
    composer.get_by_role("button", name="A marked document").click()
    composer.get_by_role("button", name="A photo of a marked page").click()
    expect(composer.locator(".preview img")).to_have_count(1)
    composer.get_by_role("button", name="Post", exact=True).click()
    sent = composer.locator("[data-secondlook-sent]")
    expect(sent.locator(".copy")).to_contain_text("TOP SECRET//NOFORN\nSubject:", use_inner_text=True)
    expect(sent.locator("img")).to_have_count(1)
    expect(composer.locator(".preview img")).to_have_count(0)


def test_the_page_keeps_quiet_where_the_extension_is_paired(
    inside: Page, served: tuple[str, Callable[[], str]]
) -> None:
    inside.clock.install()
    inside.goto(f"{served[0]}/try")
    announce(inside, paired=True)
    expect(inside.locator("#mode")).to_contain_text("it speaks up by itself")
    asked: list[str] = []
    inside.on("request", lambda request: asked.append(request.url) if "/v1/" in request.url else None)
    box = inside.get_by_role("textbox", name="Your message to the AI")
    box.fill("机密★10年")
    inside.clock.run_for(5_000)
    assert asked == []
    expect(inside.locator("[data-result='ai']")).to_be_hidden()


@pytest.mark.parametrize("path", ["/welcome", "/try"])
@pytest.mark.parametrize("language", ["en", "vi", "zh-CN"])
def test_nothing_sticks_out_of_a_small_screen(
    browser: Browser, served: tuple[str, Callable[[], str]], path: str, language: str
) -> None:
    context = browser.new_context(locale=language, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{served[0]}{path}?once={served[1]()}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("path", ["/welcome", "/try"])
def test_the_keyboard_reaches_everything_in_order_and_its_focus_is_seen(
    inside: Page, served: tuple[str, Callable[[], str]], path: str
) -> None:
    inside.goto(f"{served[0]}{path}")
    unseen = inside.evaluate(
        """async () => {
          const wanted = [...document.querySelectorAll('a[href], button, input, textarea, [contenteditable]')]
            .filter((one) => one.checkVisibility() && one.tabIndex >= 0);
          return wanted.length;
        }"""
    )
    reached: list[str] = []
    for _ in range(unseen):
        inside.keyboard.press("Tab")
        reached.append(
            inside.evaluate(
                """() => {
                  const at = document.activeElement;
                  const ring = at.closest('.attach') ?? (at.matches('.box') ? at.closest('.composer') : at);
                  const seen = getComputedStyle(ring).outlineStyle !== 'none';
                  return `${at.tagName} ${at.ariaLabel ?? at.textContent.trim()} ${seen ? 'seen' : 'UNSEEN'}`;
                }"""
            )
        )
    assert len(reached) == unseen > 8
    assert not [one for one in reached if one.endswith("UNSEEN") or one.startswith("BODY")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accent_stands_out_from_its_ground(
    browser: Browser, served: tuple[str, Callable[[], str]], scheme: Any
) -> None:
    context = browser.new_context(locale="en", color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served[0]}/try")
    pairs = page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const names = [['ink', 'ground'], ['soft', 'ground'], ['soft', 'surface'], ['accent', 'surface'],
            ['accent', 'accent-tint'], ['on-accent', 'accent'], ['on-accent', 'accent-deep'], ['note', 'note-tint'],
            ['warn', 'warn-tint'], ['stop', 'stop-tint'], ['stop', 'ground'], ['warn', 'ground'], ['note', 'ground']];
          return names.map((pair) => pair.map((name) => style.getPropertyValue(`--${name}`).trim()));
        }"""
    )
    context.close()
    assert len(pairs) == 13
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
