"""The settings pages: who sees them, what they say without a session, what they forbid."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.http.services import services
from backend.model import CATEGORIES
from backend.store import lists
from backend.web.pages import link_command
from tests.backend.web.reading import csrf_of

NASTY = '<img src=x onerror="alert(1)">"\'&'
PAGES = ("", "/bench", "/documents", "/happened", "/policy")
ASKED = ("/v1/lists", "/v1/documents", "/v1/folders", "/v1/decisions", "/v1/policy", "/v1/sealed", "/v1/imports/1")


@pytest.fixture
def listed(app: Flask) -> str:
    """The id of a list with a name that would like to be markup."""
    with app.app_context():
        made = lists.create(services().store, NASTY)
        services().live.refresh()
    return made.id


def test_a_one_time_link_opens_the_settings_and_leaves_the_address_bar(
    client: FlaskClient, new_link: Callable[[], str]
) -> None:
    answer = client.get(f"/settings?once={new_link()}")
    assert (answer.status_code, answer.location) == (303, "/settings")
    assert csrf_of(client.get("/settings").text)


@pytest.mark.parametrize("path", PAGES)
def test_without_a_session_a_page_says_how_to_come_in_and_nothing_else(client: FlaskClient, path: str) -> None:
    page = client.get(f"/settings{path}").text
    assert link_command() in page and "csrf-token" not in page
    assert "<table" not in page and "<form" not in page
    assert "knock.js" in page


def test_without_a_session_a_list_is_neither_shown_nor_known(client: FlaskClient, listed: str) -> None:
    known, unknown = client.get(f"/settings/lists/{listed}"), client.get("/settings/lists/none")
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(listed, "none") == unknown.text


@pytest.mark.parametrize("path", ASKED)
def test_without_a_session_no_data_is_given(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/settings/inside", "/settings/rules.json"])
def test_without_a_session_neither_rules_nor_a_session_are_told(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 401


def test_inside_the_page_learns_that_it_is(inside: FlaskClient) -> None:
    assert inside.get("/settings/inside").status_code == 204


def test_a_list_that_is_gone_is_said_to_be(inside: FlaskClient) -> None:
    answer = inside.get("/settings/lists/none")
    assert answer.status_code == 404
    assert "not there any more" in answer.text


def test_a_list_has_its_page_and_its_files(inside: FlaskClient, listed: str) -> None:
    page = inside.get(f"/settings/lists/{listed}").text
    assert f'data-list="{listed}"' in page and NASTY not in page
    for kind in ("txt", "csv", "tsv", "json"):
        assert inside.get(f"/v1/lists/{listed}/export?format={kind}").status_code == 200


def test_rules_are_named_in_the_language_of_the_page(inside: FlaskClient) -> None:
    english, chinese = (
        inside.get("/settings/rules.json", headers={"Accept-Language": tag}).get_json()["rules"] for tag in ("en", "zh")
    )
    assert [one["rule"] for one in english] == [one["rule"] for one in chinese] and len(english) > 300
    assert {one["category"] for one in english} <= set(CATEGORIES)
    assert not [one for one in english if "{" in one["title"]]
    assert [one for one in chinese if one["rule"] == "cn.state-secret"][0]["title"].startswith(("中", "国"))


@pytest.mark.parametrize(
    "method, path, json",
    [
        ("POST", "/v1/lists", {"name": "X"}),
        ("DELETE", "/v1/decisions", None),
        ("PUT", "/v1/policy", {}),
        ("POST", "/v1/folders", {"path": "/"}),
        ("POST", "/v1/documents", {"name": "X", "text": "x"}),
    ],
)
def test_a_change_without_the_word_of_the_page_is_refused(
    inside: FlaskClient, method: str, path: str, json: object
) -> None:
    assert inside.open(path, method=method, json=json).status_code == 401
    assert inside.open(path, method=method, json=json, headers={"X-CSRF-Token": "guessed"}).status_code == 401


def test_the_word_of_another_session_changes_nothing(
    app: Flask, inside: FlaskClient, new_link: Callable[[], str]
) -> None:
    other = app.test_client()
    other.get(f"/settings?once={new_link()}")
    stolen = csrf_of(other.get("/settings").text)
    assert inside.post("/v1/lists", json={"name": "X"}, headers={"X-CSRF-Token": stolen}).status_code == 401


@pytest.mark.parametrize("header", [{"Origin": "http://127.0.0.1:9999"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_page_of_another_place_reads_nothing_with_the_cookie(inside: FlaskClient, header: dict[str, str]) -> None:
    assert inside.get("/v1/lists", headers=header).status_code in (401, 403)
    assert inside.get("/settings/rules.json", headers=header).status_code in (401, 403)


@pytest.mark.parametrize("path", ["%0d%0aSet-Cookie:a=b", "%0aabc", "a%5Cb"])
def test_a_path_that_no_header_may_hold_is_led_back_to_as_it_was(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/settings/lists/{path}?lang=vi")
    assert answer.status_code == 303
    escaped = path.lower().replace("cookie:", "cookie%3a").replace("=", "%3d")
    assert answer.headers["Location"].lower() == f"/settings/lists/{escaped}"


@pytest.mark.parametrize("path", ["/try", "/settings/bench", "/settings/documents", "/settings/lists/{}"])
def test_no_field_for_a_text_is_kept_when_the_browser_restores_a_session(
    inside: FlaskClient, listed: str, path: str
) -> None:
    html = inside.get(path.format(listed)).text
    fields = html.split("<textarea")[1:]
    assert fields and all('autocomplete="off"' in field.partition(">")[0] for field in fields)
