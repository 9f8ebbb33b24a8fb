"""What another installation sealed holds a post on this one, and a photo of a registered document's page is known."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, Response, expect

from tests.e2e import opening
from tests.e2e.acting import attach, await_state, go_back, goes_untouched, is_held, sent
from tests.e2e.serving import Server
from tests.files.pdfs import pdf
from tests.photos.draw import photograph

READING = 60.0
TWEET = "[data-testid='tweetTextarea_0']"
TWEET_BUTTON = "[data-testid='tweetButtonInline']"
NAME, OTHER = "Umbral Pelican", "青鸾渡口计划"
POST = f"So proud: {NAME} flies next week!"
REPORT = "dredging report.pdf"
PAGES = (
    "Report on the dredging of the eastern basin\n"
    "This paper goes to the four members of the board and to nobody else.\n"
    "It has three pages and replaces the one that was handed round in March.",
    "The channel silts up by eleven centimetres a year, twice what was assumed when\n"
    "the quay was drawn. At the turning circle the soundings of August found seven\n"
    "metres and a half where the chart promises nine. Pilots have begun to wait for\n"
    "the upper third of the tide, which costs each of the ferries a quarter of an\n"
    "hour and the grain ships most of a day.\n"
    "A hopper dredger from the yard at Ostmoor is free from the second week of April.\n"
    "Her owner asks for sixty thousand a week and wants five weeks to be paid even if\n"
    "four should do. We advise to accept, since the next one would come in autumn and\n"
    "the insurer will not wait so long. The mud can lie behind the old breakwater,\n"
    "where nothing grows, as long as the fishermen hear of it from us and not from\n"
    "the newspaper. Their spokesman has been told that something is planned.",
    "The cost is shared as it was for the lock gates, three parts to one.\n"
    "The vote is on the ninth; until then the paper stays in the drawer.",
)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Another installation, with a data folder and a server of its own."""
    started = Server(tmp_path_factory.mktemp("elsewhere"))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def admin(tools: Playwright, elsewhere: Server, tmp_path: Path) -> Iterator[Page]:
    """A page of a browser on that other machine, signed in by its link; it has no extension."""
    context = opening.open_browser(tools, tmp_path / "profile", extension=False)
    opened = context.new_page()
    opened.goto(elsewhere.link())
    yield opened
    context.close()


@pytest.fixture(scope="module")
def report() -> bytes:
    return pdf(PAGES)


@pytest.fixture(scope="module")
def second_page(report: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of 12 megapixels of the printed second page, in the hand."""
    document = pypdfium2.PdfDocument(report)
    sheet = document[1].render(scale=200 / 72).to_pil().convert("RGB")
    document.close()
    picture = photograph(np.asarray(sheet), "held", (3000, 4000), np.random.default_rng(5))
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=88)
    path = tmp_path_factory.mktemp("photos") / "IMG_2041.jpg"
    path.write_bytes(out.getvalue())
    return path


def make_list_under_embargo(page: Page, server: Server) -> None:
    """Make a list of two names with a last day, and try it."""
    page.goto(f"{server.address}/settings")
    page.get_by_label("Name", exact=True).fill("Autumn")
    page.get_by_role("button", name="Make the list").click()
    page.locator("#add-text").fill(f"{NAME}\n{OTHER}")
    page.get_by_text("More: form, level").click()
    page.locator("#add-fields").get_by_label("Until", exact=True).fill((date.today() + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#terms tbody tr")).to_have_count(2)
    page.locator("#bench-text").fill(POST)
    expect(page.locator("#bench-result mark")).to_have_text(NAME)


def seal_it(page: Page, file: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="Seal it").click()
    download.value.save_as(file)


def take_into_use(page: Page, server: Server, file: Path) -> None:
    page.goto(f"{server.address}/settings")
    page.locator("#sealed-drop input[type='file']").set_input_files(file)
    expect(page.locator("#sealed")).to_contain_text("Autumn")


def tells(data: bytes, name: str) -> bool:
    """Say whether bytes hold a name as text is usually written down, in any case."""
    low, written = data.lower(), name.lower()
    forms = (written.encode(), written.encode("utf-16-le"), json.dumps(written)[1:-1].encode())
    return any(form in low for form in forms)


def kept(server: Server) -> list[bytes]:
    """Return what all files of an installation hold."""
    return [path.read_bytes() for path in server.data.rglob("*") if path.is_file()]


def answers(page: Page, server: Server) -> list[bytes]:
    """Return all that the pages of lists, documents, decisions and policy are answered."""
    heard: list[Response] = []

    def hear(response: Response) -> None:
        heard.append(response)

    page.on("response", hear)
    for path in ("/settings", "/settings/documents", "/settings/happened", "/settings/policy", "/openapi.json"):
        page.goto(f"{server.address}{path}", wait_until="networkidle")
    for path in ("/v1/sealed", "/v1/lists", "/v1/decisions", "/v1/metrics"):
        page.goto(f"{server.address}{path}")
    page.remove_listener("response", hear)
    return [page.request.get(one.url).body() for one in heard if one.request.method == "GET"]


def post(page: Page, text: str, picture: Path | None = None) -> None:
    page.goto("https://x.com/home")
    if picture:
        attach(page, "[data-testid='fileInput']", picture)
    page.locator(TWEET).click()
    page.keyboard.insert_text(text)


def test_a_list_sealed_elsewhere_holds_a_post_here_and_its_names_are_nowhere(
    page: Page, admin: Page, server: Server, elsewhere: Server, tmp_path: Path
) -> None:
    post(page, POST)
    goes_untouched(page, page.locator(TWEET_BUTTON).click)
    make_list_under_embargo(admin, elsewhere)
    seal_it(admin, tmp_path / "autumn.sealed")
    take_into_use(page, server, tmp_path / "autumn.sealed")
    for name in (NAME, OTHER):
        assert any(tells(data, name) for data in kept(elsewhere)), "the search would find a name that is kept"
        assert not tells((tmp_path / "autumn.sealed").read_bytes(), name)
        assert not any(tells(answer, name) for answer in answers(page, server))
    for text, name in ((POST, NAME), (f"老公的{OTHER}快要完成了", OTHER)):
        post(page, text)
        await_state(page, "stop")
        dialog = is_held(page, page.locator(TWEET_BUTTON).click).dialog
        assert dialog and dialog.quotes == [name] and "Autumn" in dialog.text
        go_back(page)
        assert sent(page) == []
        assert not any(tells(data, name) for data in [*kept(server), *answers(page, server)])


def test_a_photo_of_the_second_page_of_a_registered_document_is_held(
    page: Page, server: Server, report: bytes, second_page: Path, tmp_path: Path
) -> None:
    assert quoted(server, second_page) == []
    page.goto(f"{server.address}/settings/documents")
    (tmp_path / REPORT).write_bytes(report)
    page.locator("#documents-drop input[type='file']").set_input_files(tmp_path / REPORT)
    expect(page.locator("#documents tbody tr")).to_contain_text("since", timeout=READING * 1000)
    post(page, "Look what I found", second_page)
    await_state(page, "stop", READING)
    dialog = is_held(page, page.locator(TWEET_BUTTON).click).dialog
    assert dialog and REPORT in dialog.text
    assert set(dialog.pictures) == {second_page.name}
    go_back(page)
    assert sent(page) == []
    [finding] = quoted(server, second_page)
    assert REPORT in finding["title"]
    assert finding["score"] >= 80, "it alone would hold the send"


def quoted(server: Server, file: Path) -> list[dict[str, Any]]:
    """Return the quotations that a check of a file on this installation finds."""
    verdict = json.loads(server.run("check", "--json", "--language", "en", str(file), fine=(0, 1)))
    return [finding for finding in verdict["findings"] if finding["category"] == "quotation"]
