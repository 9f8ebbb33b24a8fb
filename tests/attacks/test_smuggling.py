"""Requests whose end is told in two ways: one answer comes, and what was hidden in the body is never asked."""

from __future__ import annotations

import pytest

from tests.attacks import wire
from tests.attacks.target import Target

HIDDEN = "GET /v1/status?hidden HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
CHUNKED = "0\r\n\r\n"
FRAMES = {
    "both lengths": ["Content-Length: {all}", "Transfer-Encoding: chunked"],
    "both lengths, turned": ["Transfer-Encoding: chunked", "Content-Length: {all}"],
    "two lengths": ["Content-Length: 5", "Content-Length: {all}"],
    "two lengths, turned": ["Content-Length: {all}", "Content-Length: 5"],
    "a list of lengths": ["Content-Length: 5, {all}"],
    "a sign": ["Content-Length: +5"],
    "a negative length": ["Content-Length: -1"],
    "a hex length": ["Content-Length: 0x5"],
    "a length with words": ["Content-Length: 5 x"],
    "a length beyond all": ["Content-Length: 99999999999999999999999999"],
    "a length in other digits": ["Content-Length: ٥"],
    "an underscore": ["Content-Length: 5_0"],
    "a space before the colon": ["Transfer-Encoding : chunked", "Content-Length: {all}"],
    "a tab before the colon": ["Transfer-Encoding\t: chunked", "Content-Length: {all}"],
    "a folded line": ["Transfer-Encoding:", " chunked", "Content-Length: {all}"],
    "a null in a name": ["Transfer\x00-Encoding: chunked", "Content-Length: {all}"],
    "a null in a value": ["Transfer-Encoding: chunked\x00", "Content-Length: {all}"],
    "an unknown coding": ["Transfer-Encoding: xchunked"],
    "identity": ["Transfer-Encoding: identity"],
    "chunked twice": ["Transfer-Encoding: chunked, chunked"],
    "chunked with another": ["Transfer-Encoding: chunked, identity", "Content-Length: {all}"],
    "two codings": ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
    "an underscored name": ["Transfer_Encoding: chunked", "Content-Length: {all}"],
    "a vertical tab": ["Transfer-Encoding: \x0bchunked", "Content-Length: {all}"],
    "a bare line feed": ["X: y\nTransfer-Encoding: chunked", "Content-Length: {all}"],
    "a bare carriage return": ["X: y\rTransfer-Encoding: chunked", "Content-Length: {all}"],
}


def request(target: Target, frame: list[str], body: str) -> bytes:
    lines = [f"POST /v1/checks HTTP/1.1\r\nHost: {target.name}", *(f"{a}: {b}" for a, b in target.headers), *frame]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body.encode()


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_request_that_is_framed_in_two_ways_is_one_request(target: Target, frame: list[str]) -> None:
    hidden = HIDDEN.format(host=target.name)
    body = CHUNKED + hidden
    # Behind it stands nothing: a server that waits for more would be told that the caller has gone.
    data = request(target, [line.format(all=len(body)) for line in frame], body)
    statuses = wire.answers(wire.speak(target.port, data, half=True))
    assert len(statuses) <= 1 and all(one >= 400 for one in statuses), statuses


CHUNKS = {
    "a size in other digits": "٣\r\nabc\r\n0\r\n\r\n",
    "a sign": "+3\r\nabc\r\n0\r\n\r\n",
    "a negative size": "-3\r\nabc\r\n0\r\n\r\n",
    "hex with its mark": "0x3\r\nabc\r\n0\r\n\r\n",
    "a size beyond all": "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
    "no line end": "3\r\nabcd\r\n0\r\n\r\n",
    "a bare line feed": "3\nabc\n0\n\n",
    "an extension with a line feed": "3;a\nb\r\nabc\r\n0\r\n\r\n",
    "no size": "\r\nabc\r\n0\r\n\r\n",
    "an underscore": "0_3\r\nabc\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("chunks", CHUNKS.values(), ids=CHUNKS)
def test_broken_chunks_end_the_connection(target: Target, chunks: str) -> None:
    data = request(target, ["Transfer-Encoding: chunked"], chunks + HIDDEN.format(host=target.name))
    statuses = wire.answers(wire.speak(target.port, data, half=True))
    assert len(statuses) <= 1 and all(one >= 400 for one in statuses), statuses


LINES = {
    "no version": b"GET /v1/status\r\n",
    "a version that is none": b"GET /v1/status HTTP/9.9\r\n",
    "spaces": b"GET  /v1/status  HTTP/1.1\r\n",
    "a space in the address": b"GET /v1/status x HTTP/1.1\r\n",
    "a tab": b"GET\t/v1/status\tHTTP/1.1\r\n",
    "a bare carriage return": b"GET /v1/status HTTP/1.1\rX: y\r\n",
    "nothing": b"\r\n\r\n\r\n",
    "a null": b"GET /v1/\x00status HTTP/1.1\r\n",
    "no method": b" /v1/status HTTP/1.1\r\n",
    "a preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n",
    "a greeting of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n",
    "another protocol": b"EHLO evil.example\r\n",
    "bytes": bytes(range(128, 256)) + b"\r\n",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_that_is_no_request_is_refused_and_breaks_nothing(target: Target, line: bytes) -> None:
    heard = wire.speak(target.port, line + b"\r\n", half=True)
    assert all(400 <= status < 600 for status in wire.answers(heard)), heard
    assert target.ask("GET", "/v1/status").status == 200
