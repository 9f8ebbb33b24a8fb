"""Every site of the list: what is written in each of its boxes is held and goes out once, as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, ElementHandle, Page, Playwright

from tests.e2e import everywhere, structures
from tests.e2e.acting import await_state, go_back, goes_untouched, is_held, sent, share_anyway
from tests.e2e.inside import until
from tests.e2e.opening import EXTENSION
from tests.e2e.structures import Box

TABLE = structures.load()
SITES = {site["id"]: site for site in json.loads((EXTENSION / "sites.json").read_text(encoding="utf-8"))}
ADDED = ("https://forum.example.org/*", "https://social.example.org/*")
BOXES = [pytest.param(box, id=f"{site}-{box.number}") for site, boxes in TABLE.items() for box in boxes]
SECRET = "TOP SECRET//SI//NOFORN, the plan"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with structures.serve(tmp_path_factory.mktemp("structures"), TABLE) as port:
        yield port


@pytest.fixture(scope="module")
def browser(tools: Playwright, sites: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    folder = tmp_path_factory.mktemp("everywhere")
    extension = everywhere.copy(folder, ADDED)
    context = everywhere.open_browser(tools, folder, sites, structures.hosts(TABLE), extension)
    yield context
    context.close()


def element(page: Page, expression: str) -> ElementHandle:
    found = page.evaluate_handle(expression).as_element()
    assert found
    return found


def write(page: Page, text: str) -> None:
    element(page, "box()").click()
    page.keyboard.insert_text(text)


def press_button(page: Page) -> Callable[[], None]:
    return lambda: element(page, "button").click()


def audience(box: Box) -> str:
    return str(SITES[box.site]["audience"])


def open_box(page: Page, box: Box) -> None:
    page.goto(box.address)
    page.wait_for_selector("html[data-built]")


def test_every_site_has_its_structures() -> None:
    assert set(TABLE) == set(SITES) - {"try"}
    for name, boxes in TABLE.items():
        assert len(boxes) >= 1, name


@pytest.mark.parametrize("box", BOXES)
def test_what_is_written_is_held_and_goes_out_once_as_it_was(page: Page, box: Box) -> None:
    open_box(page, box)
    write(page, "Lunch by the lake")
    assert goes_untouched(page, press_button(page))["text"] == "Lunch by the lake"
    page.evaluate("sent.length = 0")
    write(page, SECRET)
    await_state(page, "stop")
    dialog = is_held(page, press_button(page)).dialog
    named = "the people this mail is addressed to" if audience(box) == "mail" else SITES[box.site]["name"]
    assert dialog and (named in dialog.lead or box.site == "any")
    go_back(page)
    assert sent(page) == []
    is_held(page, (lambda: page.keyboard.press(box.key)) if box.key else press_button(page))
    share_anyway(page)
    assert [posted["text"] for posted in sent(page)] == [SECRET]


def test_a_box_that_no_entry_describes_is_said_to_be_unread(page: Page) -> None:
    """A site has changed: the chip says so, and is never calm."""
    open_box(page, TABLE["slack"][0])
    element(page, "box()").evaluate("(box) => { box.className = 'renamed'; box.blur(); }")
    element(page, "box()").click()
    until(page, lambda now: now.chip and now.chip["state"] == "blind")


def test_a_box_without_its_button_in_sight_is_said_so(page: Page) -> None:
    open_box(page, TABLE["mastodon"][0])
    page.evaluate("button.type = 'button'")
    write(page, "Lunch by the lake")
    until(page, lambda now: now.chip and now.chip["state"] == "blind")
