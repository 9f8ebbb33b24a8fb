"""A program that took a server's port: it answers everything as well as it can, and writes down all that it is told.

``python impostor.py PORT FILE``; it says ``listening`` when it does.
"""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CLEAR = {"id": "v", "level": "clear", "score": 0, "findings": [], "gaps": []}
ANSWERS = {
    "/v1/status": {"name": "Second Look", "version": "0.1.0", "contract": 1},
    "/v1/proofs": {"word": "w" * 43, "proof": "p" * 43},
    "/v1/checks": CLEAR,
    "/v1/tokens": {"tokens": []},
    "/v1/people/me": {"id": "1", "name": "An", "role": "member"},
}


@contextmanager
def standing(port: int, heard: Path) -> Iterator[None]:
    """Let it stand at a port, as a process of its own, until the end of the block."""
    command = [sys.executable, __file__, str(port), str(heard)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline().strip() == "listening"
    try:
        yield
    finally:
        process.kill()
        process.communicate(timeout=10)


@contextmanager
def passing_on(port: int, to: int) -> Iterator[None]:
    """Stand between a browser and a server and pass everything on, with the one's address put for the other's."""
    here, there = f"127.0.0.1:{port}".encode(), f"127.0.0.1:{to}".encode()
    assert len(here) == len(there), "lengths of requests stay as they are"

    def carry(source: socket.socket, sink: socket.socket, old: bytes, new: bytes) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data.replace(old, new))
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def stand_between(client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", to)) as server:
            back = threading.Thread(target=carry, args=(server, client, there, here), daemon=True)
            back.start()
            carry(client, server, here, there)
            back.join()

    def listen() -> None:
        with suppress(OSError):
            while True:
                client, _ = door.accept()
                threading.Thread(target=stand_between, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", port)) as door:
        threading.Thread(target=listen, daemon=True).start()
        yield
        door.shutdown(socket.SHUT_RDWR)


class Impostor(BaseHTTPRequestHandler):
    heard = Path()
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Write down the whole request and answer as a server that has nothing to object."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.heard.open("ab") as file:
            file.write(f"{self.requestline}\n{self.headers}".encode() + body + b"\n")
        path = self.path.partition("?")[0]
        answer = ANSWERS.get(path, CLEAR)
        if path == "/v1/proofs":
            answer = {"word": secrets.token_urlsafe(32), "proof": secrets.token_urlsafe(32)}
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
        self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    Impostor.heard = Path(sys.argv[2])
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Impostor)
    print("listening", flush=True)
    server.serve_forever()
