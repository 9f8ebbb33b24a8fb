"""The four stories that the product is for, each on the editor of the site where it happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import attach, await_state, go_back, goes_untouched, is_held, paste, sent, share_anyway
from tests.e2e.inside import drawn_boxes, press, shown, until
from tests.e2e.serving import Server
from tests.photos.draw import photo

READING = 60.0
TWEET = "[data-testid='tweetTextarea_0']"
PROMPT = "#prompt-textarea"
REPORT = (
    "请帮我写一份总结报告:\n"
    "机密★10年\n"
    "一、试验时间定于十月十二日至十月十九日,地点为三号场区。\n"
    "二、各单位应当在九月底前完成设备检查。"
)


@pytest.fixture(scope="module")
def first_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of 12 megapixels: the marked first page of an invented paper in the hand."""
    path = tmp_path_factory.mktemp("photos") / "first-page.jpg"
    path.write_bytes(photo("zh", "held", 1))
    return path


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "bao-cao.jpg"
    path.write_bytes(photo("vi", "held", 1))
    return path


@pytest.fixture(scope="module")
def listed(server: Server) -> str:
    """A list with the names of a project that is not public yet."""
    server.run("lists", "create", "Projects")
    server.run("lists", "add", "Projects", "Blue Heron", "青鹭计划")
    return "Projects"


def post_on_x(page: Page, text: str, picture: Path | None = None) -> None:
    """Go to the post box, attach a picture and write."""
    page.goto("https://x.com/home")
    if picture:
        attach(page, "[data-testid='fileInput']", picture)
    page.locator(TWEET).click()
    page.keyboard.type(text)


def test_jiang_is_asked_before_the_photo_of_a_marked_page_is_posted(page: Page, first_page: Path) -> None:
    post_on_x(page, "First day at the new job!", first_page)
    await_state(page, "stop", READING)
    button = page.locator("[data-testid='tweetButtonInline']")
    dialog = is_held(page, button.click).dialog
    assert dialog and dialog.lead == "It would go to everyone on X."
    assert "机密★10年" in dialog.text
    assert set(dialog.pictures) == {"first-page.jpg"}
    share_anyway(page)
    [posted] = sent(page)
    assert posted["text"] == "First day at the new job!"
    assert posted["files"] == [{"name": "first-page.jpg", "size": first_page.stat().st_size}]


def test_jiang_sees_where_on_the_photo_the_marking_stands(page: Page, first_page: Path) -> None:
    post_on_x(page, "", first_page)
    is_held(page, page.locator("[data-testid='tweetButtonInline']").click, patience=READING)
    x, y, width, height = min(drawn_boxes(page), key=lambda box: box[1])
    assert x < 0.3 and y < 0.2, "the marking stands at the top left"
    assert 0.05 < width < 0.5 and height < 0.1, "a line, not the page"


def test_what_is_shown_leaves_the_middle_of_the_box_to_the_person(page: Page, first_page: Path) -> None:
    page.goto("https://x.com/home")
    attach(page, "[data-testid='fileInput']", first_page)
    until(page, lambda now: now.card and now.chip and now.chip["state"] == "stop", READING)
    page.locator(TWEET).click()
    page.keyboard.type("First day")
    expect(page.locator(TWEET)).to_have_text("First day")


def test_jiang_goes_back_and_has_lost_nothing(page: Page, first_page: Path) -> None:
    post_on_x(page, "First day", first_page)
    button = page.locator("[data-testid='tweetButtonInline']")
    is_held(page, button.click, patience=READING)
    go_back(page)
    assert sent(page) == []
    expect(page.locator("[data-testid='attachments'] img")).to_have_count(1)
    page.keyboard.type(" at work")
    expect(page.locator(TWEET)).to_have_text("First day at work")
    is_held(page, button.click)


def test_a_harmless_post_goes_out_as_the_persons_own_press(page: Page) -> None:
    post_on_x(page, "Lunch by the lake today")
    posted = goes_untouched(page, page.locator("[data-testid='tweetButtonInline']").click)
    assert posted["text"] == "Lunch by the lake today"


def on_facebook(page: Page, text: str) -> None:
    page.goto("https://www.facebook.com/")
    page.get_by_role("textbox").click()
    page.keyboard.type(text)


def test_tians_family_is_asked_before_the_name_of_the_project_is_out(page: Page, listed: str) -> None:
    text = "So proud: his Blue Heron project is nearly done!"
    on_facebook(page, text)
    await_state(page, "stop")
    dialog = is_held(page, page.get_by_role("button", name="Post").click).dialog
    assert dialog and dialog.lead == "It would go to your friends on Facebook."
    assert dialog.quotes == ["Blue Heron"]
    share_anyway(page)
    assert [posted["text"] for posted in sent(page)] == [text]


def test_tians_family_cuts_the_name_and_shares_the_rest(page: Page, listed: str) -> None:
    on_facebook(page, "So proud of Blue Heron today")
    await_state(page, "stop")
    is_held(page, page.get_by_role("button", name="Post").click)
    press(page, "Cut these words")
    until(page, lambda now: now.dialog and "Share now" in now.dialog.buttons)
    assert sent(page) == []
    press(page, "Share now")
    until(page, lambda now: not now.dialog)
    assert [posted["text"] for posted in sent(page)] == ["So proud of  today"]


@pytest.mark.parametrize("way", ["click", "keys"])
def test_the_name_is_seen_inside_running_chinese(page: Page, listed: str, way: str) -> None:
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    page.keyboard.insert_text("老公的青鹭计划快要完成了")
    await_state(page, "stop")
    button = page.get_by_role("button", name="发送")
    dialog = is_held(page, button.click if way == "click" else lambda: page.keyboard.press("Control+Enter")).dialog
    assert dialog and dialog.quotes == ["青鹭计划"]
    go_back(page)
    assert sent(page) == []
    expect(page.locator("textarea")).to_have_value("老公的青鹭计划快要完成了")


def test_the_marking_on_a_photo_is_covered_and_the_safe_copy_takes_its_place(page: Page, first_page: Path) -> None:
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    page.keyboard.insert_text("第一天上班")
    attach(page, "input[type='file']", first_page)
    is_held(page, page.get_by_role("button", name="发送").click, patience=READING)
    press(page, "Cover these parts")
    name = "document.querySelector('input').files[0].name"
    until(page, lambda now: page.evaluate(name) == "first-page-safe.jpg", READING)
    dialog = until(page, lambda now: now.dialog and "机密★10年" not in now.dialog.text, READING).dialog
    assert dialog and sent(page) == []
    size = "createImageBitmap(document.querySelector('input').files[0]).then(({ width, height }) => [width, height])"
    assert page.evaluate(size) == [3000, 4000]


def test_a_harmless_family_post_goes_out_untouched(page: Page, listed: str) -> None:
    on_facebook(page, "So proud of him today")
    assert goes_untouched(page, page.get_by_role("button", name="Post").click)["text"] == "So proud of him today"


def in_chatgpt(page: Page, text: str) -> None:
    page.goto("https://chatgpt.com/")
    page.locator(PROMPT).click()
    paste(page, text)


def test_li_is_asked_before_a_marked_report_goes_to_an_ai(page: Page) -> None:
    in_chatgpt(page, REPORT)
    await_state(page, "stop")
    dialog = is_held(page, lambda: page.keyboard.press("Enter")).dialog
    assert dialog and dialog.lead == "It would go to ChatGPT, an AI service outside your machine."
    assert "机密★10年" in dialog.quotes
    share_anyway(page)
    assert [posted["text"] for posted in sent(page)] == [REPORT]


def test_li_goes_back_and_the_prompt_is_as_it_was(page: Page) -> None:
    in_chatgpt(page, REPORT)
    is_held(page, page.get_by_test_id("send-button").click)
    go_back(page)
    assert sent(page) == []
    assert page.locator(f"{PROMPT} p").all_inner_texts() == REPORT.split("\n")
    page.keyboard.press("Control+Z")
    expect(page.locator(PROMPT)).to_have_text("")


def test_li_is_asked_before_the_photo_of_a_report_is_uploaded(page: Page, first_page: Path) -> None:
    page.goto("https://chatgpt.com/")
    page.locator(PROMPT).click()
    attach(page, "input[type='file']", first_page)
    dialog = until(page, lambda now: now.dialog and now.dialog.title == "Hold on a moment", READING).dialog
    assert dialog and dialog.pictures
    assert page.evaluate("[uploaded, heard.filter(({ type }) => type === 'change')]") == [[], []]
    go_back(page)
    assert page.evaluate("[uploaded, document.querySelector('input').files.length]") == [[], 0]


def test_a_harmless_prompt_goes_out_untouched(page: Page) -> None:
    in_chatgpt(page, "What should I see in Hue in two days?")
    posted = goes_untouched(page, lambda: page.keyboard.press("Enter"))
    assert posted["text"] == "What should I see in Hue in two days?"


def in_whatsapp(page: Page, text: str, picture: Path | None = None) -> None:
    page.goto("https://web.whatsapp.com/")
    page.get_by_role("textbox").click()
    if picture:
        attach(page, "input[type='file']", picture)
    page.keyboard.type(text)


@pytest.mark.parametrize("way", ["click", "Enter"])
def test_a_paper_asked_for_in_a_chat_is_held(page: Page, stamped: Path, way: str) -> None:
    in_whatsapp(page, "Here is the paper", stamped)
    button = page.get_by_role("button", name="Send", exact=True)
    send = button.click if way == "click" else lambda: page.keyboard.press("Enter")
    dialog = is_held(page, send, patience=READING).dialog
    assert dialog and dialog.lead == "It would go to the people in this chat on WhatsApp."
    assert set(dialog.pictures) == {"bao-cao.jpg"} and drawn_boxes(page)
    share_anyway(page)
    [posted] = sent(page)
    assert (posted["text"], [file["name"] for file in posted["files"]]) == ("Here is the paper", ["bao-cao.jpg"])


def test_the_chat_reply_can_be_taken_back(page: Page, stamped: Path) -> None:
    in_whatsapp(page, "Here is the paper", stamped)
    is_held(page, lambda: page.keyboard.press("Enter"), patience=READING)
    page.keyboard.press("Escape")
    until(page, lambda now: not now.dialog)
    assert sent(page) == []
    expect(page.get_by_role("textbox")).to_have_text("Here is the paper")
    expect(page.locator(".attachments img")).to_have_count(1)


def test_a_harmless_reply_goes_out_untouched(page: Page) -> None:
    in_whatsapp(page, "See you at seven")
    assert goes_untouched(page, lambda: page.keyboard.press("Enter"))["text"] == "See you at seven"
    assert shown(page).card is None
