"""What the pages say, in which language, and what they forbid the browser to do."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.web.language import NAMES, TAGS, catalogue
from backend.web.pages import EXTENSION_FOLDER, link_command

PAGES = (
    "/welcome",
    "/try",
    "/settings",
    "/settings/bench",
    "/settings/documents",
    "/settings/happened",
    "/settings/policy",
)
HEADINGS = {"/settings": "heading"} | {f"/settings/{name}": f"{name}_heading" for name in ("bench", "documents")}
HEADINGS |= {f"/settings/{name}": f"{name}_heading" for name in ("happened", "policy")}


class Tags(HTMLParser):
    """All start tags of a page, and the text that stands in script and style elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style") and data.strip():
            self.inline.append(data)

    def values(self, *names: str) -> list[str]:
        return [value for _, attrs in self.tags for name, value in attrs.items() if name in names and value]


def test_the_root_leads_to_the_welcome_page(client: FlaskClient) -> None:
    assert client.get("/").location == "/welcome"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("has_session", [False, True])
def test_every_page_answers_in_every_language(
    client: FlaskClient, inside: FlaskClient, app: Flask, path: str, language: str, has_session: bool
) -> None:
    browser = inside if has_session else app.test_client()
    answer = browser.get(path, headers={"Accept-Language": TAGS[language]})
    assert answer.status_code == 200
    assert f'<html lang="{TAGS[language]}">' in answer.text
    words = catalogue(language)[path.split("/")[1]]
    heading = HEADINGS.get(path, "heading") if has_session else "title" if path in HEADINGS else "heading"
    assert f"<h1>{words[heading]}</h1>" in answer.text
    for tag, name in zip(TAGS.values(), NAMES.values(), strict=True):
        assert f'lang="{tag}"' in answer.text and name in answer.text


@pytest.mark.parametrize(
    "header, tag",
    [("zh-TW,en;q=0.5", "zh-CN"), ("vi-VN", "vi"), ("fr,de;q=0.8", "en"), ("", "en"), ("fr,vi;q=0.3", "vi")],
)
def test_the_browser_says_which_language(client: FlaskClient, header: str, tag: str) -> None:
    assert f'<html lang="{tag}">' in client.get("/welcome", headers={"Accept-Language": header}).text


def test_a_chosen_language_is_remembered(client: FlaskClient) -> None:
    answer = client.get("/try?lang=vi", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.location) == (303, "/try")
    assert '<html lang="vi">' in client.get("/welcome", headers={"Accept-Language": "en"}).text


def test_an_unknown_language_is_passed_over(client: FlaskClient) -> None:
    answer = client.get("/welcome?lang=tlh")
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_but_files_of_this_server(inside: FlaskClient, path: str) -> None:
    answer = inside.get(path)
    page = Tags(answer.text)
    assert page.inline == []
    names = [name for _, attrs in page.tags for name in attrs]
    assert not [name for name in names if name.startswith("on") or name == "style"]
    assert not [value for value in page.values("href", "src", "action") if urlsplit(value).netloc or ":" in value]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_framed_nowhere_stored_nowhere_and_tell_no_one(inside: FlaskClient, path: str) -> None:
    headers = inside.get(path).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_no_link_is_dead(inside: FlaskClient, path: str) -> None:
    page = Tags(inside.get(path).text)
    links = [value for value in page.values("href", "src") if not value.startswith("#")]
    assert len(links) > 5
    for link in links:
        address = f"{path}{link}" if link.startswith("?") else link
        with inside.get(address, follow_redirects=True) as answer:
            assert answer.status_code == 200, link


@pytest.mark.parametrize("path", PAGES)
def test_what_a_label_or_a_tab_points_to_is_there_once(inside: FlaskClient, path: str) -> None:
    page = Tags(inside.get(path).text)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    pointers = [word for value in page.values("aria-labelledby", "aria-controls", "for") for word in value.split()]
    assert (pointers or path == "/settings/bench") and set(pointers) <= set(ids)


@pytest.mark.parametrize("path", PAGES)
def test_everything_to_press_or_fill_has_a_name(inside: FlaskClient, path: str) -> None:
    page = Tags(inside.get(path).text)
    nameless = [
        attrs
        for tag, attrs in page.tags
        if attrs.get("id") not in page.values("for")
        and (tag == "textarea" or attrs.get("role") in ("textbox", "img", "tablist") or tag == "nav")
        and not (attrs.get("aria-label") or attrs.get("aria-labelledby"))
    ]
    assert nameless == []


def test_other_host_names_get_nothing(client: FlaskClient) -> None:
    assert client.get("/welcome", headers={"Host": "rebound.example"}).status_code == 400


def test_the_welcome_page_says_where_the_extension_is(inside: FlaskClient) -> None:
    page = inside.get("/welcome").text
    assert page.count(f'data-copy="{EXTENSION_FOLDER}"') == 3
    assert 'data-copy="edge://extensions"' in page and page.count('data-copy="chrome://extensions"') == 2


def test_without_a_session_it_says_how_to_get_the_link_and_shows_no_paths(client: FlaskClient) -> None:
    page = client.get("/welcome").text
    assert link_command() in page and link_command().endswith("-m backend token --link")
    assert str(EXTENSION_FOLDER) not in page


@pytest.mark.parametrize("path", PAGES)
def test_the_extension_finds_the_server_by_its_mark(client: FlaskClient, path: str) -> None:
    assert '<meta name="secondlook-server" content="1">' in client.get(path).text


def test_the_boxes_of_the_try_page_are_where_the_extension_looks(client: FlaskClient) -> None:
    page = Tags(client.get("/try").text)
    for kind, tag in (("post", "div"), ("ai", "textarea")):
        assert [name for name, attrs in page.tags if attrs.get("data-secondlook-try") == kind] == [tag]
        assert [name for name, attrs in page.tags if attrs.get("data-secondlook-send") == kind] == ["button"]
        assert [name for name, attrs in page.tags if attrs.get("data-secondlook-file") == kind] == ["input"]
