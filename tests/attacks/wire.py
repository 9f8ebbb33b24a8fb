"""What an attacker has: a socket, and bytes of their own choosing."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from email.parser import BytesParser
from typing import Any

PATIENCE = 20.0
Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """One answer as it came over the wire."""

    status: int
    head: bytes
    body: bytes

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return BytesParser().parsebytes(self.head.partition(b"\r\n")[2]).get_all(name, [])

    def header(self, name: str) -> str | None:
        """The one value of a header, ``None`` where it is not there."""
        values = self.all(name)
        assert len(values) < 2, f"{name} stands there {len(values)} times"
        return values[0] if values else None

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def problem(self) -> str:
        """The name of the problem, empty where it is none of the product's."""
        with suppress(ValueError, AttributeError):
            return str(self.json.get("type", "")).rpartition(":")[2]
        return ""


def speak(port: int, data: bytes, *, half: bool = False) -> bytes:
    """Send bytes and return all that comes until the server closes; ``half``: say that no more will follow."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as wire:
        with suppress(OSError):  # a server may refuse before all is sent
            wire.sendall(data)
            if half:
                wire.shutdown(socket.SHUT_WR)
        return heard(wire)


def heard(wire: socket.socket) -> bytes:
    """Return what comes until the connection is closed."""
    found = bytearray()
    with suppress(ConnectionError):
        while piece := wire.recv(65536):
            found += piece
    return bytes(found)


def answers(data: bytes) -> list[int]:
    """Return the status of every answer in what was heard."""
    return [int(one) for one in re.findall(rb"(?:\A|\n|})HTTP/1\.[01] (\d{3})", data)]


def ask(
    port: int,
    method: str,
    path: str,
    headers: Headers = (),
    body: bytes = b"",
    *,
    host: str | None = "",
    version: str = "1.1",
) -> Answer:
    """Ask one thing; ``host`` is the header, ``None`` leaves it out."""
    lines = [f"{method} {path} HTTP/{version}", "Connection: close"]
    if host is not None:
        lines.append(f"Host: {host or f'127.0.0.1:{port}'}")
    lines += [f"{name}: {value}" for name, value in headers]
    if body or method in ("POST", "PUT", "PATCH"):
        lines.append(f"Content-Length: {len(body)}")
    data = speak(port, "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body)
    return parsed(data)


def parsed(data: bytes) -> Answer:
    """Return the first answer in what was heard."""
    head, _, body = data.partition(b"\r\n\r\n")
    found = re.match(rb"HTTP/1\.[01] (\d{3})", head)
    assert found, f"no answer: {data[:200]!r}"
    answer = Answer(int(found[1]), head, body)
    if (answer.header("Transfer-Encoding") or "").lower() == "chunked":
        return Answer(answer.status, head, _joined(body))
    return answer


def _joined(body: bytes) -> bytes:
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.partition(b";")[0] or b"0", 16)
        if not length:
            break
        whole, body = whole + body[:length], body[length + 2 :]
    return whole
