"""Another page can neither read an answer nor drive the server: every route, every method, every kind of answer."""

from __future__ import annotations

import pytest

from tests.attacks.target import EXTENSION, METHODS, Target

EVIL = "https://evil.example"
FIREFOX = "moz-extension://0b7a1b1e-32d5-4a5f-8a3e-5f1a2b3c4d5e"
PAGES = ["/", "/welcome", "/try", "/settings", "/settings/bench", "/settings/lists/x", "/settings/rules.json",
         "/settings/inside", "/favicon.ico", "/web/static/logo.svg", "/web/static/nothing.js", "/nothing",
         "/v1/nothing"]  # fmt: skip
CLOSED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


def everything(target: Target) -> list[tuple[str, str]]:
    found = [*target.operations, *((method, path) for path in PAGES for method in METHODS)]
    return [*found, *((method, path) for _, path in target.operations for method in ("OPTIONS", "TRACE", "FOO"))]


@pytest.mark.parametrize(
    "origin", [EVIL, "null", "http://localhost:1", f"{EXTENSION}.evil.example", "moz-extension://x"]
)
def test_no_answer_lets_a_foreign_origin_read(target: Target, origin: str) -> None:
    asked = ("Access-Control-Request-Method", "DELETE"), ("Access-Control-Request-Headers", "authorization")
    for method, path in everything(target) if origin == EVIL else [*target.operations, ("GET", "/welcome")]:
        answer = target.ask(method, path, ("Origin", origin), *asked, token=target.token)
        named = [line for line in answer.head.lower().split(b"\r\n") if line.startswith(b"access-control-")]
        assert named == [], (method, path)
        assert answer.status in (403, 404, 405, 501), (method, path, answer.status)
        assert not answer.all("Set-Cookie")


def test_no_answer_goes_with_credentials_or_to_all(target: Target) -> None:
    for method, path in everything(target):
        for origin in (EXTENSION, None):
            sent = [("Origin", origin)] if origin else []
            answer = target.ask(method, path, *sent, token=target.token)
            assert "true" not in [one.lower() for one in answer.all("Access-Control-Allow-Credentials")]
            assert answer.all("Access-Control-Allow-Origin") in ([], [EXTENSION]), (method, path)
            assert not answer.all("Access-Control-Allow-Private-Network")


def test_what_one_origin_may_read_is_not_kept_for_another(target: Target) -> None:
    for origin in (EXTENSION, FIREFOX):
        for path in ("/v1/status", "/v1/lists", "/v1/nothing", "/v1/lists/nothing"):
            answer = target.ask("GET", path, ("Origin", origin), token=target.token)
            assert answer.header("Access-Control-Allow-Origin") == origin
            assert "origin" in (answer.header("Vary") or "").lower()
            assert answer.header("Cache-Control") == "no-store"


def test_every_answer_is_closed_to_other_pages(target: Target) -> None:
    """Neither framed, nor sniffed, nor taken into another page as picture, script or style; errors neither."""
    for method, path in everything(target):
        for token in (target.token, ""):
            answer = target.ask(method, path, token=token)
            if answer.status == 501:
                continue
            for name, value in CLOSED.items():
                assert answer.header(name) == value, (method, path, name)
            policy = answer.header("Content-Security-Policy") or ""
            assert "frame-ancestors 'none'" in policy and "default-src 'none'" in policy, (method, path)
            assert "unsafe" not in policy and "*" not in policy and "http" not in policy


def test_every_operation_wants_a_token_but_those_that_must_be_open(target: Target) -> None:
    reached = {
        f"{method} {path}"
        for method, path in target.operations
        if target.ask(method, path, body={} if method in ("POST", "PUT", "PATCH") else None).status != 401
    }
    document = target.document["paths"]
    opened = {
        f"{method.upper()} {path}".replace("{id}", "nothing")
        for path, methods in document.items()
        for method, operation in methods.items()
        if operation.get("security") == [{}]
    }
    assert reached == opened
    assert {one for one in opened if "pairings" not in one} == OPEN


OPEN = {
    "GET /v1/status",
    "GET /healthz",
    "GET /readyz",
    "POST /v1/proofs",
    "POST /v1/joins",
    "POST /v1/joins/here",
    "POST /v1/sign-in",
}
"""Without a token: whether it is there and well, whether it knows a token, and what lets somebody in."""
TOLD_BY_A_TEAM: set[str] = set()
"""What a team's server says of itself besides."""


def test_what_anyone_may_ask_tells_nothing_of_the_person(target: Target) -> None:
    target.owner("POST", "/v1/lists", {"name": "Heronsgate", "terms": ["Heronsgate"]})
    status = target.ask("GET", "/v1/status")
    assert status.status == 200
    assert {"name", "version", "contract"} <= set(status.json) <= {"name", "version", "contract", *TOLD_BY_A_TEAM}
    assert b"Heronsgate" not in status.body
