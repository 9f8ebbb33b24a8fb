"""An administrator presets server, sites and what a person may do, by the browser's own policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e import opening, replicas
from tests.e2e.acting import await_state, is_held, sent
from tests.e2e.inside import until
from tests.e2e.serving import Server

WORDS = "TOP SECRET//SI//NOFORN"


@pytest.fixture(scope="module")
def browser(
    tools: Playwright, sites: int, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser of its own: other tests must not meet its policy."""
    context = opening.open_browser(tools, tmp_path_factory.mktemp("profile"), hosts=replicas.HOSTS, port=sites)
    yield context
    context.close()


def preset(context: BrowserContext, values: dict[str, Any]) -> None:
    """Put a policy for the extension in force, on Chromium's own page for trying policies."""
    page = context.new_page()
    page.goto("chrome://policy/test")
    page.wait_for_selector("#apply-policies")
    entries = [
        {"level": 1, "scope": 1, "source": 3, "namespace": opening.extension_id(), "name": name, "value": value}
        for name, value in values.items()
    ]
    page.evaluate(
        """async (entries) => {
          const { sendWithPromise } = await import('chrome://resources/js/cr.js');
          await sendWithPromise('setLocalTestPolicies', JSON.stringify(entries), '');
        }""",
        entries,
    )
    read = "async () => JSON.stringify(Object.keys(await chrome.storage.managed.get()).sort())"
    wanted = str(sorted(values)).replace("'", '"').replace(" ", "")
    page.close()
    settings = opening.options_page(context)
    settings.wait_for_function(f"async () => (await ({read})()) === {wanted!r}")
    settings.close()


@pytest.fixture
def ruled(paired: BrowserContext, server: Server) -> BrowserContext:
    rules = {"server": server.address, "sitesNever": ["linkedin"], "sitesAlways": ["x"]}
    switches = {"mayShareStopped": False, "mayPause": False, "mayQuieten": False, "mayReadChats": False}
    preset(paired, {**rules, **switches})
    return paired


def test_a_person_sees_what_is_preset_and_cannot_change_it(ruled: BrowserContext) -> None:
    settings = opening.options_page(ruled)
    expect(settings.locator("#preset")).to_be_visible()
    expect(settings.locator("#server")).to_be_disabled()
    expect(settings.locator("#add-server-address")).to_be_disabled()
    expect(settings.locator("#chats")).to_be_disabled()
    linkedin = settings.locator("#sites li", has_text="www.linkedin.com").get_by_role("checkbox")
    expect(linkedin).not_to_be_checked()
    expect(linkedin).to_be_disabled()
    settings.close()


def test_the_popup_offers_no_pause(ruled: BrowserContext) -> None:
    popup = ruled.new_page()
    popup.goto(f"chrome-extension://{opening.extension_id()}/popup/popup.html")
    expect(popup.locator("#week")).not_to_be_empty()
    expect(popup.locator("#pause")).to_be_hidden()
    popup.close()


def test_what_is_stopped_stays_where_the_team_wants_it_so(ruled: BrowserContext, page: Page) -> None:
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    page.keyboard.insert_text(WORDS)
    await_state(page, "stop")
    dialog = is_held(page, page.get_by_role("button", name="发送").click).dialog
    assert dialog and "Share anyway" not in dialog.buttons
    assert "Your team has set" in dialog.text
    assert not [name for name in dialog.buttons if name.startswith("Never again")]
    page.keyboard.press("Escape")
    until(page, lambda now: not now.dialog)
    assert sent(page) == []
