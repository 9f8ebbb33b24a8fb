"""Who may use the pages, and what a session is good for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from backend.web.session import Sessions, session_owner
from tests.backend.web.reading import csrf_of

Link = Callable[[], str]


def test_a_link_opens_a_session_and_leaves_the_address_bar(client: FlaskClient, new_link: Link) -> None:
    answer = client.get(f"/welcome?once={new_link()}")
    assert (answer.status_code, answer.location) == (303, "/welcome")
    assert csrf_of(client.get("/welcome").text)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient, new_link: Link) -> None:
    [cookie] = client.get(f"/welcome?once={new_link()}").headers.getlist("Set-Cookie")
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert "Expires" not in cookie and "Max-Age" not in cookie


def test_two_servers_on_one_machine_keep_their_cookies_apart(client: FlaskClient, new_link: Link) -> None:
    answer = client.get(f"/welcome?once={new_link()}", base_url="http://127.0.0.1:8765")
    assert answer.headers["Set-Cookie"].startswith("secondlook_session_8765=")


def test_a_link_works_once(app: Flask, new_link: Link) -> None:
    link = new_link()
    app.test_client().get(f"/welcome?once={link}")
    second = app.test_client().get(f"/welcome?once={link}")
    assert second.status_code == 403
    assert "Set-Cookie" not in second.headers
    assert "has been used already" in second.text


def test_a_used_link_does_not_throw_out_who_is_inside(client: FlaskClient, new_link: Link) -> None:
    link = new_link()
    client.get(f"/welcome?once={link}")
    assert client.get(f"/welcome?once={link}").status_code == 303
    assert csrf_of(client.get("/welcome").text)


def test_an_invented_link_opens_nothing(client: FlaskClient) -> None:
    assert client.get("/welcome?once=invented").status_code == 403
    assert not csrf_of(client.get("/welcome").text)


def test_a_browser_that_only_guesses_ahead_does_not_use_the_link_up(client: FlaskClient, new_link: Link) -> None:
    link = new_link()
    assert client.get(f"/welcome?once={link}", headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 503
    assert client.head(f"/welcome?once={link}").status_code == 503
    assert client.get(f"/welcome?once={link}").status_code == 303


def test_every_session_has_its_own_csrf_word(app: Flask, new_link: Link) -> None:
    words = set()
    for _ in range(2):
        client = app.test_client()
        client.get(f"/try?once={new_link()}")
        words.add(csrf_of(client.get("/try").text))
    assert len(words) == 2 and "" not in words


def _owner(app: Flask, client: FlaskClient, method: str, **headers: str) -> str | None:
    cookie = client.get_cookie("secondlook_session")
    headers["Cookie"] = f"{cookie.key}={cookie.value}"
    with app.test_request_context("/v1/checks", method=method, headers=headers):
        caller = session_owner(request)
        return caller and caller.owner


def test_reading_needs_the_cookie_and_changing_needs_the_csrf_word_too(app: Flask, inside: FlaskClient) -> None:
    csrf = csrf_of(inside.get("/welcome").text)
    owner = _owner(app, inside, "GET")
    assert owner and owner.startswith("session:")
    assert _owner(app, inside, "POST", **{"X-CSRF-Token": csrf}) == owner
    assert _owner(app, inside, "POST") is None
    assert _owner(app, inside, "POST", **{"X-CSRF-Token": csrf + "x"}) is None
    assert _owner(app, inside, "DELETE", **{"X-CSRF-Token": "ü"}) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost:3000"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_or_port_cannot_use_the_session(app: Flask, inside: FlaskClient, headers: dict[str, str]) -> None:
    csrf = csrf_of(inside.get("/welcome").text)
    assert _owner(app, inside, "POST", **{"X-CSRF-Token": csrf, **headers}) is None
    assert _owner(app, inside, "GET", **headers) is None


def test_the_pairing_pages_of_the_api_ask_for_the_session(app: Flask, inside: FlaskClient) -> None:
    assert app.test_client().get("/v1/pairings").status_code == 401
    assert inside.get("/v1/pairings").json == {"pairings": []}


def test_a_session_may_check_a_draft_only_with_its_csrf_word(inside: FlaskClient) -> None:
    csrf = csrf_of(inside.get("/try").text)
    draft = {"text": "机密★10年", "channel": "post"}
    assert inside.post("/v1/checks", json=draft).status_code == 401
    answer = inside.post("/v1/checks", json=draft, headers={"X-CSRF-Token": csrf})
    assert (answer.status_code, answer.json["level"]) == (200, "stop")


def test_a_session_ends_after_its_last_use() -> None:
    now = 0.0
    sessions = Sessions(keep_seconds=10, clock=lambda: now)
    cookie = sessions.start()
    now = 9.0
    assert sessions.find(cookie)
    now = 18.0
    assert sessions.find(cookie)
    now = 29.0
    assert sessions.find(cookie) is None


def test_when_there_are_too_many_the_longest_unused_ends() -> None:
    now = 0.0
    sessions = Sessions(at_most=2, clock=lambda: now)
    first, second = sessions.start(), sessions.start()
    now = 1.0
    sessions.find(first)
    third = sessions.start()
    assert [sessions.find(cookie) is not None for cookie in (first, second, third)] == [True, False, True]
