"""A team's real server behind https, as a reverse proxy stands before it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.e2e import replicas
from tests.e2e.replicas import _Page

SINGLE = ("connection", "keep-alive", "transfer-encoding", "content-length")


@contextmanager
def serve(folder: Path, host: str, to: int) -> Iterator[int]:
    """Answer for ``host`` by the server on the port ``to``, and for all other names by the replicas; yield the port."""
    bundles = replicas.bundle()

    class Front(_Page):
        protocol_version = "HTTP/1.1"
        scripts = bundles

        def do_GET(self) -> None:
            if self.headers.get("Host", "").split(":")[0] == host:
                return pass_on(self, to)
            self.close_connection = True
            super().do_GET()

        do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET

    with replicas.over_https(Front, folder) as port:
        yield port


def pass_on(asked: BaseHTTPRequestHandler, to: int) -> None:
    """Ask the server the same and answer as it does."""
    body = asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
    line = http.client.HTTPConnection("127.0.0.1", to, timeout=60)
    sent = {**dict(asked.headers), "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
    line.request(asked.command, asked.path, body or None, sent)
    answer = line.getresponse()
    data = answer.read()
    line.close()
    asked.send_response(answer.status)
    for name, value in answer.getheaders():
        if name.lower() not in SINGLE:
            asked.send_header(name, value)
    asked.send_header("Content-Length", str(len(data)))
    asked.end_headers()
    asked.wfile.write(data)
