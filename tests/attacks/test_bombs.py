"""Requests that are small to send and dear to take."""

from __future__ import annotations

import json
import random
import socket
import time

import pytest

from tests.attacks import wire
from tests.attacks.target import JSON, Target

DEAR = 15.0
"""Seconds, on a machine that is busy with other tests; without its defence each of these takes far longer."""
MULTIPART = ("Content-Type", "multipart/form-data; boundary=b")


def nested(depth: int, opening: str, closing: str, inner: str = "1") -> bytes:
    return ('{"text": ' + opening * depth + inner + closing * depth + "}").encode()


BOMBS = {
    "lists in lists": nested(100_000, "[", "]"),
    "objects in objects": nested(100_000, '{"a":', "}"),
    "never closed": nested(500_000, "[", ""),
    "lists as deep as may be parsed": nested(900, "[", "]"),
    "a number of a million digits": nested(1, "", "", "9" * 1_000_000),
    "a number with a huge power": nested(1, "", "", "1e999999999"),
    "a fraction of a million digits": nested(1, "", "", "0." + "3" * 1_000_000),
    "no number": nested(1, "", "", "NaN"),
    "endless": nested(1, "", "", "-Infinity"),
    "a hundred thousand names": json.dumps({f"k{n}": n for n in range(100_000)}).encode(),
    "one name a hundred thousand times": ("{" + ",".join('"text":"x"' for _ in range(100_000)) + "}").encode(),
    "a million nulls": ("[" + ",".join("0" for _ in range(1_000_000)) + "]").encode(),
    "half characters": ('{"text": "' + "\\ud800" * 100_000 + '"}').encode(),
    "not UTF-8": b'{"text": "\xff\xfe\xc0\x80"}',
    "UTF-16": '{"text": "hello"}'.encode("utf-16"),
    "a mark before it": b'\xef\xbb\xbf{"text": "hello"}',
    "nothing": b"",
    "a null byte": b'{"text": "a\x00b"}',
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_json_that_means_harm_is_refused_or_taken_within_bounds(target: Target, bomb: bytes) -> None:
    began = time.monotonic()
    answer = target.ask("POST", "/v1/checks", JSON, token=target.token, body=bomb)
    assert answer.status in (200, 400, 413, 415, 422), answer.status
    assert time.monotonic() - began < DEAR
    assert target.ask("GET", "/v1/status").status == 200


def test_names_that_collide_cost_no_more_than_others(target: Target) -> None:
    """Strings are hashed with a secret of the process, so that whole numbers that collide are all one may try."""
    period = (1 << 61) - 1
    colliding = json.dumps({str(n * period): 0 for n in range(50_000)}).encode()
    began = time.monotonic()
    answer = target.ask("POST", "/v1/checks", JSON, token=target.token, body=colliding)
    assert answer.status in (200, 422) and time.monotonic() - began < DEAR


def test_many_small_parts_of_a_form_are_refused(target: Target) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n'
    for parts in (
        part * 50_000,
        part + b"X: y\r\n" * 50_000,
        b"--b\r\n" * 100_000,
        b"\r\n" * 100_000,
        b"--b" * 100_000,
    ):
        for path in ("/v1/attachments", "/v1/checks", "/v1/imports", "/v1/documents"):
            began = time.monotonic()
            answer = target.ask("POST", path, MULTIPART, token=target.token, body=parts + b"--b--\r\n")
            assert answer.status in (400, 413, 422), (path, answer.status, parts[:20])
            assert time.monotonic() - began < DEAR


def test_a_boundary_that_means_harm_is_refused(target: Target) -> None:
    for boundary in ("", "a" * 5000, "\t", '"', "--", "b; boundary=c", "(((", "é"):
        kind = ("Content-Type", f"multipart/form-data; boundary={boundary}")
        answer = target.ask("POST", "/v1/attachments", kind, token=target.token, body=b"--b\r\n\r\nx\r\n--b--\r\n" * 50)
        assert 400 <= answer.status < 500, boundary


def test_heads_without_end_are_refused(target: Target) -> None:
    for name, value in (("X", "y" * 400_000), ("Cookie", "a=b; " * 80_000), ("Accept-Language", "zh," * 100_000)):
        assert target.ask("GET", "/v1/status", (name, value)).status in (400, 431), name
    many = [(f"X-{number}", "y") for number in range(30_000)]
    assert target.ask("GET", "/v1/status", *many).status in (400, 431)


@pytest.mark.parametrize(
    "value", ["zh;q=" + "9" * 5000, ";q=" * 5000, ",".join(["zh-CN;q=0.1"] * 5000), "*" * 20_000, "-" * 20_000]
)
def test_wishes_for_languages_without_end_cost_little(target: Target, value: str) -> None:
    began = time.monotonic()
    assert target.ask("GET", "/v1/nothing", ("Accept-Language", value)).status in (400, 404, 431)
    assert target.ask("GET", "/welcome", ("Accept-Language", value)).status in (200, 400, 431)
    assert time.monotonic() - began < DEAR


def test_a_body_that_is_promised_and_not_sent_keeps_no_one_waiting(target: Target) -> None:
    head = f"POST /v1/checks HTTP/1.1\r\nHost: {target.name}\r\nContent-Length: 50000000\r\n\r\n"
    begun = [socket.create_connection(("127.0.0.1", target.port), 10) for _ in range(50)]
    try:
        for one in begun:
            one.sendall(head.encode() + b"x" * random.Random(1).randrange(1, 5000))
        assert target.owner("POST", "/v1/checks", {"text": "hello"}).json["level"] == "clear"
    finally:
        for one in begun:
            one.close()


def test_one_who_does_not_read_keeps_no_one_waiting(target: Target) -> None:
    """Twenty callers who ask for much, one question upon the other, and take nothing."""
    ask = f"GET /openapi.json HTTP/1.1\r\nHost: {target.name}\r\nAuthorization: Bearer {target.token}\r\n\r\n"
    begun = []
    try:
        for _ in range(20):
            one = socket.socket()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            one.settimeout(10)
            one.connect(("127.0.0.1", target.port))
            one.sendall((ask * 5).encode())
            begun.append(one)
        assert target.owner("POST", "/v1/checks", {"text": "hello"}).json["level"] == "clear"
    finally:
        for one in begun:
            one.close()


def test_a_body_larger_than_its_operation_takes_is_refused_unread(target: Target) -> None:
    large = b'{"name": "' + b"x" * 3_000_000 + b'"}'
    for path in ("/v1/decisions", "/v1/policy/own", "/v1/lists"):
        answer = target.ask("POST", path, JSON, token=target.token, body=large)
        assert answer.status in (413, 422), (path, answer.status)
    told = f"POST /v1/checks HTTP/1.1\r\nHost: {target.name}\r\nContent-Length: 9999999999\r\n\r\n"
    assert wire.parsed(wire.speak(target.port, told.encode())).status == 413
