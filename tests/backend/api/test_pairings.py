"""Pairing: two codes are compared, the token is given once, to the extension alone."""

from __future__ import annotations

import threading

import pytest

from backend.store.proofs import code_of
from backend.store.secrets import hash_of, new_secret
from tests.backend.api.conftest import EXTENSION

HERE = "http://127.0.0.1:8765"
WORD = "an-extensions-word-of-256-bits-as-43-letters"[:43]
ASK = {"name": "Chromium on Linux", "version": "0.1.0", "commitment": hash_of(WORD)}
FROM_EXTENSION = {"Origin": EXTENSION}


@pytest.fixture
def begun(stranger) -> dict:
    """A pairing that an extension has begun; it has not told its word yet."""
    return stranger.post("/v1/pairings", json=ASK, headers=FROM_EXTENSION).json


@pytest.fixture
def asked(stranger, begun) -> dict:
    """A pairing of which both sides know the code."""
    assert tell(stranger, begun).status_code == 204
    return {**begun, "code": code_of(WORD, begun["secret"], HERE)}


def tell(stranger, begun: dict, **other):
    """Tell the word, as the extension does, or another than was promised."""
    headers = {**FROM_EXTENSION, "Authorization": f"Pairing {begun['secret']}"}
    json = {"word": WORD, "address": HERE, **other}
    return stranger.post(f"/v1/pairings/{begun['id']}/code", json=json, headers=headers)


def state(stranger, asked: dict, secret: str | None = None, wait: float = 0) -> dict:
    """Ask how the pairing stands, as the extension does."""
    headers = {**FROM_EXTENSION, "Authorization": f"Pairing {secret or asked['secret']}"}
    return stranger.get(f"/v1/pairings/{asked['id']}?wait={wait}", headers=headers)


def test_the_page_and_the_extension_show_the_same_code(asked, page):
    shown = page.get("/v1/pairings").json["pairings"]
    assert [(one["id"], one["code"], one["name"]) for one in shown] == [(asked["id"], asked["code"], ASK["name"])]
    assert asked["expires_in"] == shown[0]["expires_in"] == 120


def test_before_the_word_is_told_there_is_nothing_to_compare_or_approve(begun, page):
    assert "code" not in begun
    assert page.get("/v1/pairings").json["pairings"] == []
    assert page.post(f"/v1/pairings/{begun['id']}/approve").status_code == 404


def test_a_word_that_was_not_promised_ends_it(stranger, begun, page):
    assert tell(stranger, begun, word=new_secret()).status_code == 422
    assert tell(stranger, begun).status_code == 422
    assert page.get("/v1/pairings").json["pairings"] == []
    assert state(stranger, begun).json == {"state": "refused"}


def test_a_word_told_twice_ends_it(stranger, asked, page):
    assert tell(stranger, asked).status_code == 422
    assert page.post(f"/v1/pairings/{asked['id']}/approve").status_code == 404


def test_another_servers_address_makes_no_code(stranger, begun, page):
    for address in ("http://127.0.0.1:8766", "https://team.example.org", "http://127.0.0.1:8765.evil.example"):
        answer = tell(stranger, begun, address=address)
        assert (answer.status_code, answer.json["type"]) == (403, "urn:secondlook:problem:wrong_address")
    assert page.get("/v1/pairings").json["pairings"] == []


def test_who_passes_a_pairing_on_under_another_address_shows_another_code(asked):
    passed_on = {code_of(WORD, asked["secret"], f"http://127.0.0.1:{port}") for port in range(9000, 9050)}
    assert asked["code"] not in passed_on and len(passed_on) == 50


def test_only_the_one_who_asked_can_tell_the_word(stranger, begun):
    assert tell(stranger, {**begun, "secret": new_secret()}).status_code == 404
    assert tell(stranger, begun).status_code == 204


def test_after_a_yes_the_extension_gets_a_token_once(stranger, asked, page):
    assert state(stranger, asked).json == {"state": "waiting"}
    assert page.post(f"/v1/pairings/{asked['id']}/approve").json["state"] == "approved"
    given = state(stranger, asked).json
    assert given["state"] == "approved"
    assert stranger.get("/v1/lists", headers={"Authorization": f"Bearer {given['token']}"}).status_code == 200
    assert state(stranger, asked).json == {"state": "expired"}
    assert page.get("/v1/pairings").json["pairings"] == []


def test_the_token_is_named_after_the_device(stranger, asked, page):
    page.post(f"/v1/pairings/{asked['id']}/approve")
    state(stranger, asked)
    found = [(one["name"], one["origin"]) for one in page.get("/v1/tokens").json["tokens"]]
    assert found == [(ASK["name"], EXTENSION)]


def test_after_a_no_it_gets_none(stranger, asked, page):
    assert page.post(f"/v1/pairings/{asked['id']}/refuse").json["state"] == "refused"
    assert state(stranger, asked).json == {"state": "refused"}
    assert page.post(f"/v1/pairings/{asked['id']}/approve").status_code == 404


def test_it_ends_by_itself(stranger, asked, page, clock):
    clock.now += 121
    assert page.get("/v1/pairings").json["pairings"] == []
    assert page.post(f"/v1/pairings/{asked['id']}/approve").status_code == 404
    assert state(stranger, asked).json == {"state": "expired"}


def test_a_yes_that_is_not_collected_in_time_gives_no_token(stranger, asked, page, clock):
    page.post(f"/v1/pairings/{asked['id']}/approve")
    clock.now += 121
    assert state(stranger, asked).json == {"state": "expired"}


def test_the_wait_ends_with_the_decision(app, stranger, asked, page):
    found = {}
    waiter = threading.Thread(target=lambda: found.update(state(app.test_client(), asked, wait=20).json))
    waiter.start()
    page.post(f"/v1/pairings/{asked['id']}/approve")
    waiter.join(10)
    assert not waiter.is_alive() and found["state"] == "approved" and found["token"]


def test_only_the_one_who_asked_can_ask_how_it_stands(stranger, asked, page):
    page.post(f"/v1/pairings/{asked['id']}/approve")
    assert state(stranger, asked, secret="guess").status_code == 404
    assert stranger.get(f"/v1/pairings/{asked['id']}").status_code == 404
    assert state(stranger, {"id": "nothing", "secret": "x"}).status_code == 404
    assert state(stranger, asked).json["token"], "the guesses have not used it up"


@pytest.mark.parametrize("origin", [None, "http://127.0.0.1:8765", "https://evil.example"])
def test_only_the_extension_may_ask_to_be_let_in(stranger, origin):
    headers = {"Origin": origin} if origin else {}
    assert stranger.post("/v1/pairings", json=ASK, headers=headers).status_code == 403


def test_only_a_session_of_the_page_may_decide(client, stranger, asked, page):
    for caller in (client, stranger):
        assert caller.get("/v1/pairings").status_code == 401
        assert caller.post(f"/v1/pairings/{asked['id']}/approve").status_code == 401
    del page.environ_base["HTTP_X_CSRF_TOKEN"]
    assert page.post(f"/v1/pairings/{asked['id']}/approve").status_code == 401
    assert state(stranger, asked).json == {"state": "waiting"}


def test_it_lets_only_a_few_wait_at_once(stranger):
    answers = [stranger.post("/v1/pairings", json=ASK, headers=FROM_EXTENSION).status_code for _ in range(7)]
    assert answers == [201] * 5 + [429] * 2


def test_it_lets_nobody_ask_too_often(stranger, page):
    answers = []
    for _ in range(12):
        answer = stranger.post("/v1/pairings", json=ASK, headers=FROM_EXTENSION)
        answers.append(answer.status_code)
        if answer.status_code == 201:
            tell(stranger, answer.json)
            page.post(f"/v1/pairings/{answer.json['id']}/refuse")
    assert answers == [201] * 10 + [429] * 2
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("name", ["", "a" * 101, "line\nbreak", 7])
def test_it_refuses_a_name_that_is_none(stranger, name):
    answer = stranger.post("/v1/pairings", json={**ASK, "name": name}, headers=FROM_EXTENSION)
    assert answer.status_code in (413, 422)
