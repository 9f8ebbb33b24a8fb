"""DNS rebinding: a page whose name points to this machine asks under its own name, and gets nothing."""

from __future__ import annotations

import pytest

from tests.attacks import wire
from tests.attacks.target import Target

FOREIGN = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "localhost.evil.example",
    "127.0.0.1.:{port}",
    "localhost.",
    "localhost..",
    "127.1:{port}",
    "2130706433:{port}",
    "0x7f000001:{port}",
    "0177.0.0.1",
    "0.0.0.0:{port}",
    "[::]:{port}",
    "[::ffff:127.0.0.1]:{port}",
    "[::1%lo]:{port}",
    "[::1]evil.example",
    "::1",
    "127.0.0.1:{port}:{port}",
    "127.0.0.1:{port}@evil.example",
    "evil.example@127.0.0.1:{port}",
    "user:secret@127.0.0.1",
    "127.0.0.1:x",
    "127.0.0.1:",
    "127.0.0.1:999999",
    "127.0.0.1:-1",
    "127.0.0.1/",
    "127.0.0.1#",
    "127.0.0.1?evil.example",
    "127.0.0.1\\evil.example",
    "127.0.0.1, evil.example",
    "127.0.0.1 evil.example",
    "evil.example\t127.0.0.1",
    "\xa0127.0.0.1",
    "127。0。0。1",
    "ⓛocalhost",
    "localhost\x00",
    "*",
    "null",
    " ",
]


def test_no_foreign_name_is_answered(target: Target) -> None:
    for host in FOREIGN:
        for path in ("/v1/status", "/v1/lists", "/welcome", "/web/static/logo.svg", "/nothing", "/"):
            answer = target.ask("GET", path, token=target.token, host=host.format(port=target.port) or " ")
            assert answer.status == 400, (host, path)
            assert answer.problem in ("bad_host", ""), (host, path)
            assert not answer.all("Set-Cookie") and not answer.all("Location")


def test_a_request_without_a_name_is_not_answered(target: Target) -> None:
    for version in ("1.0", "1.1"):
        assert target.ask("GET", "/v1/status", host=None, version=version).status == 400
    assert wire.parsed(wire.speak(target.port, b"GET /v1/status\r\n\r\n")).status in (400, 505)


@pytest.mark.parametrize("order", [("evil.example", "own"), ("own", "evil.example"), ("own", "own")])
def test_two_names_are_not_answered(target: Target, order: tuple[str, str]) -> None:
    first, second = (target.name if one == "own" else one for one in order)
    assert target.ask("GET", "/v1/status", ("Host", second), host=first).status == 400


def test_a_foreign_name_in_the_request_line_opens_nothing(target: Target) -> None:
    for line in (
        "http://evil.example/v1/lists",
        f"http://{target.name}@evil.example/v1/lists",
        "//evil.example/v1/lists",
    ):
        answer = target.ask("GET", line, host="evil.example", token=target.token)
        assert answer.status == 400, line
    own = target.ask("GET", "http://evil.example/v1/pairings", token="")
    assert own.status in (400, 401), "the name in the line counts for nothing, and without a token nothing is told"


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "X-Original-Host", "Forwarded", "X-Original-URL"]
)
def test_no_header_of_a_proxy_stands_in_for_the_name(target: Target, name: str) -> None:
    claimed = f"host={target.name}" if name == "Forwarded" else target.name
    assert target.ask("GET", "/v1/status", (name, claimed), host="evil.example").status == 400


def test_no_answer_repeats_a_name_that_was_claimed(target: Target) -> None:
    claims = [("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example;proto=https")]
    for path in ("/", "/welcome", "/settings?lang=en", "/v1/status", "/nothing"):
        answer = target.ask("GET", path, *claims, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/evil"))
        assert b"evil" not in answer.head + answer.body, path
