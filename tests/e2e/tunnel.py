"""A proxy for https that leads every name to one port of this machine, as Chromium's resolver rules do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def pump(source: socket.socket, sink: socket.socket) -> None:
    """Pass on what comes until it ends."""
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        source.close()


def _carry(client: socket.socket, to: int) -> None:
    with client:
        asked = b""
        while b"\r\n\r\n" not in asked:
            if not (data := client.recv(65536)):
                return
            asked += data
        if not asked.startswith(b"CONNECT "):
            return client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        with socket.create_connection(("127.0.0.1", to)) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pump, args=(server, client), daemon=True)
            back.start()
            pump(client, server)
            back.join()


@contextmanager
def dig(to: int) -> Iterator[int]:
    """Open the proxy; yield its port."""
    door = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                client, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=_carry, args=(client, to), daemon=True).start()

    with door:
        threading.Thread(target=listen, daemon=True).start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)
