"""What may stand at the server's address in place of a good server: a slow line, or an older version."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.e2e.tunnel import pump


@contextmanager
def slow_line(port: int, to: int, delay: float) -> Iterator[None]:
    """Listen on a port and pass every connection on to another one, ``delay`` seconds late."""
    over = threading.Event()

    def carry(client: socket.socket) -> None:
        if over.wait(delay):
            return client.close()
        with client, socket.create_connection(("127.0.0.1", to)) as server:
            back = threading.Thread(target=pump, args=(server, client), daemon=True)
            back.start()
            pump(client, server)
            back.join()

    def listen() -> None:
        while True:
            try:
                client, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=carry, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", port)) as door:
        threading.Thread(target=listen, daemon=True).start()
        yield
        over.set()
        door.shutdown(socket.SHUT_RDWR)


class _Older(BaseHTTPRequestHandler):
    """A server from before the contract: it knows its name and no checks."""

    def do_GET(self) -> None:
        if self.path == "/v1/status":
            return self._answer(200, b'{"name": "Second Look", "api": 0, "version": "0.0.1"}')
        self._answer(404, b'{"type": "about:blank", "title": "Not Found", "status": 404}')

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(404, b'{"type": "about:blank", "title": "Not Found", "status": 404}')

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def older_server(port: int) -> Iterator[None]:
    """Answer on a port as a version from before the contract would."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Older)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()
