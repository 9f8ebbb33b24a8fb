"""A publisher of the test's own: HTTPS on this machine, with a certificate that the test trusts."""

from __future__ import annotations

import datetime
import http.server
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.subscriptions import parcel, signing

PACK = """\
[pack]
id = "birds"
description = "Marks of a society of bird watchers."
languages = ["en"]
sources = []

[[rule]]
id = "birds.hide"
category = "marking"
score = 70
anchors = ["hide only"]
patterns = [{ match = "HIDE ONLY" }]
hits = ["HIDE ONLY: nest at the mill"]
misses = ["they hide only in spring"]
title = { en = "For the hide only", vi = "Chỉ trong chòi", zh = "仅限观察点" }
reason = { en = "It says {words}.", vi = "Có ghi {words}.", zh = "上面写着{words}。" }
advice = { en = "Keep it there.", vi = "Hãy giữ lại đó.", zh = "请留在那里。" }
"""


@dataclass
class Publisher:
    """What is published where, and who asked."""

    port: int
    secret: str
    key: str
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    """Other statuses and headers, by path."""
    drip: threading.Event = field(default_factory=threading.Event)
    """Set when a slow answer may end."""

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/list.json"

    def publish(self, version: int, terms=("Project Sunbird",), level: str = "stop", **about: str) -> None:
        content = {"level": level, "terms": [{"text": one} for one in terms]}
        self.put("list", version, content, **about)

    def put(self, kind: str, version: int, content, name: str = "Birds", secret: str = "") -> None:
        self.files["/list.json"] = parcel.seal(secret or self.secret, kind, name, version, content)


def certificate(folder: Path) -> Path:
    """Write a certificate for this machine with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "publisher")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "publisher.pem"
    path.write_bytes(secret + made.public_bytes(pem))
    return path


@pytest.fixture(scope="session")
def pem(tmp_path_factory) -> Path:
    return certificate(tmp_path_factory.mktemp("publisher"))


@pytest.fixture
def publisher(pem, monkeypatch) -> Iterator[Publisher]:
    """A publisher that answers with ETags, as web servers do."""
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    secret, key = signing.new_key()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    found = server.publisher = Publisher(server.server_address[1], secret, key)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.drip.set()
    server.shutdown()
    thread.join()
    server.server_close()


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers from what is published."""

    def do_GET(self) -> None:
        publisher: Publisher = self.server.publisher  # type: ignore[attr-defined]
        publisher.asked.append(dict(self.headers.items()))
        status, headers = publisher.answers.get(self.path, (200, {}))
        data = publisher.files.get(self.path, b"")
        etag = f'"{hash(data)}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, data = 304, b""
        self.send_response(status)
        for name, value in {"ETag": etag, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.path == "/slow":
            publisher.drip.wait(30)
        try:
            self.wfile.write(data)
        except OSError:
            return

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
