"""From the settings to the held post: a person lists a name with its last day, tries it, and registers a document."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e import opening
from tests.e2e.acting import await_state, go_back
from tests.e2e.inside import press, until
from tests.e2e.serving import Server

POST = "[data-secondlook-try='post']"
SEND = "[data-secondlook-send='post']"
FEED = "[data-secondlook-feed='post'] [data-secondlook-sent]"
READING = 60.0
PASSAGE = (
    "The lid of the northern basin is painted pale green every third summer by the apprentices of the yard, "
    "who draw lots for the ladder and keep the brushes in the shed behind the pump house."
)


def day(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


def write_on_try(page: Page, server: Server, text: str) -> None:
    page.goto(f"{server.address}/try")
    page.locator(POST).click()
    page.keyboard.type(text)


def set_last_day(page: Page, term: str, last: str) -> None:
    page.get_by_role("button", name=f"Edit “{term}”").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Until", exact=True).fill(last)
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("#told")).to_contain_text("1 term changed.")


def test_a_name_under_embargo_is_listed_tried_and_holds_a_post_until_its_day(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/settings")
    page.get_by_label("Name", exact=True).fill("Launch")
    page.get_by_role("button", name="Make the list").click()
    page.locator("#add-text").fill("Kestrel Zwei")
    page.get_by_text("More: form, level").click()
    page.locator("#add-fields").get_by_label("Until", exact=True).fill(day(30))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#terms tbody tr")).to_contain_text("until ")
    page.locator("#bench-text").fill("The Kestrel Zwei flies in May.")
    expect(page.locator("#bench-result mark")).to_have_text("Kestrel Zwei")
    list_page = page.url
    write_on_try(page, server, "The Kestrel Zwei flies in May.")
    await_state(page, "stop")
    page.locator(SEND).click()
    now = until(page, lambda now: now.dialog)
    assert now.dialog and "Launch" in now.dialog.text
    expect(page.locator(FEED)).to_have_count(0)
    go_back(page)
    page.goto(list_page)
    set_last_day(page, "Kestrel Zwei", day(-1))
    page.locator("#bench-text").fill("The Kestrel Zwei flies in May.")
    expect(page.locator("#bench-result .headline")).to_have_attribute("data-level", "clear")
    write_on_try(page, server, "The Kestrel Zwei flies in May.")
    await_state(page, "clear")
    page.locator(SEND).click()
    expect(page.locator(FEED)).to_have_count(1)


def test_a_document_is_registered_listed_and_found_in_a_post(page: Page, server: Server, tmp_path: Path) -> None:
    paper = tmp_path / "yard rules.txt"
    paper.write_text(f"{PASSAGE} Nobody remembers why, and nobody has asked.")
    page.goto(f"{server.address}/settings/documents")
    page.locator("#documents-drop input[type='file']").set_input_files(paper)
    row = page.locator("#documents tbody tr")
    expect(row).to_contain_text("yard rules.txt")
    expect(row).to_contain_text("since", timeout=READING * 1000)
    write_on_try(page, server, f"Did you know? {PASSAGE}")
    await_state(page, "stop")
    page.locator(SEND).click()
    now = until(page, lambda now: now.dialog)
    assert now.dialog and "yard rules.txt" in now.dialog.text


def test_what_was_decided_is_told_without_words(page: Page, server: Server) -> None:
    write_on_try(page, server, "TOP SECRET//NOFORN the second site")
    await_state(page, "stop")
    page.locator(SEND).click()
    until(page, lambda now: now.dialog)
    press(page, "Share anyway")
    press(page, "Yes, share it")
    expect(page.locator(FEED)).to_have_count(1)
    page.goto(f"{server.address}/settings/happened")
    expect(page.locator(".chart").first).to_contain_text("shared anyway")
    assert "second site" not in page.content()


def test_the_options_lead_to_the_settings_where_the_session_is_known(paired: BrowserContext, server: Server) -> None:
    options = opening.options_page(paired)
    with paired.expect_page() as opened:
        options.get_by_role("link", name="Lists, documents, policy").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("What should stay inside")
    expect(opened.value.locator("#make")).to_be_visible()
    opened.value.close()
    options.close()
