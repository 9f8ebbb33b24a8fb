"""The other side of OpenID Connect: a small provider on the loopback address that signs with a key of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT = "second-look"


class Provider:
    """Gives codes to who asks in the browser's name, and trades each once for a signed statement."""

    def __init__(self) -> None:
        self.key: Any = RSAKey.generate_key(2048, {"kid": "one"})
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        """What the next statements say besides, or otherwise."""
        self.seconds = 300
        self.shown: list[Any] = []
        """Keys that are published; the one it signs with, if empty."""
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.discovery: dict[str, Any] = {}
        self.address = ""
        self.given = 0
        self.secret: bytes | None = None

    def approve(self, address: str) -> tuple[str, str]:
        """Be the person who says yes at the provider; returns code and state."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code" and asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"].split()
        self.given += 1
        code = f"code-{self.given}"
        self.codes[code] = asked
        return code, asked["state"]

    def described(self) -> dict[str, Any]:
        paths = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        told = {name: self.address + path for name, path in paths.items()}
        return {"issuer": self.address, **told, **self.discovery}

    def keys(self) -> dict[str, Any]:
        return KeySet(self.shown or [self.key]).as_dict(private=False)

    def trade(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(form)
        begun = self.codes.pop(form.get("code", ""), None)
        if begun is None:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if _base64(digest) != begun["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self.statement(begun["nonce"])}

    def statement(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": "user-1", "nonce": nonce}
        claims |= {"iat": now, "exp": now + self.seconds, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            return f"{_encoded({'alg': 'none', 'kid': 'one'})}.{_encoded(claims)}."
        if self.secret is not None:
            signed = f"{_encoded({'alg': 'HS256', 'kid': 'one'})}.{_encoded(claims)}"
            return f"{signed}.{_base64(hmac.digest(self.secret, signed.encode(), 'sha256'))}"
        header = {"alg": self.algorithm, "kid": self.key.kid or "one"}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    def sign_with_public_key(self) -> None:
        """Sign with the published half as if it were a shared secret: the old confusion of algorithms."""
        self.shown = [self.key]
        self.secret = self.key.as_pem(private=False)

    def change_key(self) -> None:
        self.key, self.algorithm = ECKey.generate_key("P-256", {"kid": "two"}), "ES256"


def _encoded(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def running() -> Iterator[Provider]:
    """Serve a provider."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/authorize?"):
                code, state = provider.approve(self.path)
                self.send_response(302)
                self.send_header("Location", f"{provider.codes[code]['redirect_uri']}?code={code}&state={state}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            found = {"/.well-known/openid-configuration": provider.described, "/keys": provider.keys}.get(self.path)
            self._answer(200 if found else 404, found() if found else {})

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(*provider.trade({name: values[0] for name, values in parse_qs(text).items()}))

        def _answer(self, status: int, content: dict[str, Any]) -> None:
            data = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
