"""The far end of a WebSocket, as much of it as keeps what a page sends."""

from __future__ import annotations

import base64
import hashlib
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase

NAME = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""RFC 6455, section 1.3."""


def listen(request: BaseHTTPRequestHandler, into: list[str]) -> None:
    """Greet, and keep each text that comes until the page goes."""
    key = request.headers["Sec-WebSocket-Key"].encode()
    accepted = base64.b64encode(hashlib.sha1(key + NAME).digest()).decode()
    request.protocol_version = "HTTP/1.1"
    request.send_response(101)
    for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accepted)):
        request.send_header(name, value)
    request.end_headers()
    request.wfile.flush()
    while (text := _frame(request.rfile)) is not None:
        into.append(text)
    request.close_connection = True


def _frame(stream: BufferedIOBase) -> str | None:
    head = stream.read(2)
    if len(head) < 2 or head[0] & 15 != 1:
        return None
    length = head[1] & 127
    if length == 126:
        length = int.from_bytes(stream.read(2), "big")
    mask, body = stream.read(4), stream.read(length)
    return bytes(byte ^ mask[at % 4] for at, byte in enumerate(body)).decode("utf-8", "replace")
