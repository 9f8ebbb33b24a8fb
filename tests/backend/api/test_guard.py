"""Who gets in, and who does not."""

from __future__ import annotations

import pytest

from backend.http.origins import extension_id, extension_origins
from backend.store import tokens
from tests.backend.api.conftest import EXTENSION

FIREFOX = "moz-extension://0b7a1b1e-32d5-4a5f-8a3e-5f1a2b3c4d5e"
GUARDED = [
    ("POST", "/v1/checks"),
    ("POST", "/v1/attachments"),
    ("GET", "/v1/attachments/x"),
    ("GET", "/v1/lists"),
    ("POST", "/v1/lists"),
    ("PUT", "/v1/lists/x/terms"),
    ("GET", "/v1/policy"),
    ("GET", "/v1/decisions"),
    ("GET", "/v1/tokens"),
    ("GET", "/metrics"),
    ("GET", "/openapi.json"),
]


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_it_refuses_a_request_without_a_token(stranger, method, path):
    answer = stranger.open(path, method=method)
    assert answer.status_code == 401
    assert answer.json["type"].endswith(":no_token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer", "Bearer wrong", "Basic dTpw", "Bearer \xe9", "bearer  ", "Pairing x"])
def test_it_refuses_a_token_that_it_does_not_know(stranger, header):
    answer = stranger.get("/v1/lists", headers={"Authorization": header})
    assert answer.status_code == 401


def test_it_refuses_a_revoked_token_at_once(client, store):
    assert client.get("/v1/lists").status_code == 200
    tokens.revoke(store, tokens.read_all(store)[0].id)
    assert client.get("/v1/lists").json["type"].endswith(":wrong_token")


def test_it_asks_who_guesses_tokens_to_wait_and_lets_others_in(stranger, client):
    answers = [stranger.get("/v1/lists", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(40)]
    assert answers[0] == 401 and answers[-1] == 429
    assert client.get("/v1/lists").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "10.0.0.1"])
def test_it_does_not_answer_to_a_foreign_host_name(client, host):
    answer = client.get("/v1/status", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.json["type"].endswith(":bad_host")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "localhost"])
def test_it_answers_to_its_own_names(client, host):
    assert client.get("/v1/status", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "",
        "http://127.0.0.1:9999",
        "http://127.0.0.1:8765.evil.example",
        "chrome-extension://" + "p" * 32,
        EXTENSION + "x",
        "moz-extension://anything",
    ],
)
def test_it_refuses_a_foreign_origin_even_with_a_token(client, origin):
    answer = client.post("/v1/checks", json={"text": "hello"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("origin", [EXTENSION, FIREFOX, "http://127.0.0.1:8765", "http://localhost:8765"])
def test_it_answers_known_origins_and_lets_them_read(client, origin):
    answer = client.post("/v1/checks", json={"text": "hello"}, headers={"Origin": origin})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_preflight_needs_no_token_but_a_known_origin(stranger):
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    known = stranger.options("/v1/checks", headers={"Origin": EXTENSION, **asked})
    assert known.status_code == 200
    assert "authorization" in known.headers["Access-Control-Allow-Headers"].lower()
    assert stranger.options("/v1/checks", headers={"Origin": "https://evil.example", **asked}).status_code == 403


def test_a_page_of_the_server_may_ask_with_its_session_and_its_csrf_word(page):
    assert page.post("/v1/checks", json={"text": "hello"}).status_code == 200


def test_a_session_without_the_csrf_word_changes_nothing(page):
    del page.environ_base["HTTP_X_CSRF_TOKEN"]
    assert page.post("/v1/checks", json={"text": "hello"}).status_code == 401
    assert page.post("/v1/lists", json={"name": "x"}).status_code == 401


def test_a_session_is_no_use_to_another_origin(page):
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert page.get("/v1/lists", headers=foreign).status_code == 401


def test_every_answer_forbids_framing_sniffing_and_storing(client, stranger):
    for answer in (client.get("/v1/lists"), stranger.get("/v1/lists"), stranger.get("/nothing")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_what_is_not_there_is_not_found_in_the_language_of_the_caller(stranger):
    answer = stranger.get("/v2/anything", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json["title"].startswith("此处")


def test_a_method_that_is_not_taken_says_which_are(client):
    answer = client.delete("/v1/checks")
    assert answer.status_code == 405
    assert answer.json["type"].endswith(":bad_method")
    assert "POST" in answer.headers["Allow"]


def test_the_pinned_origin_is_the_one_of_the_extension_in_this_repository(tmp_path):
    released = extension_origins(tmp_path / "there-is-no-manifest-here.json")
    assert released == extension_origins()


def test_an_extension_that_is_not_ours_has_another_id():
    assert f"chrome-extension://{extension_id('YSBrZXk=')}" not in extension_origins()
