"""OpenID Connect: the way to a provider and back, with the authorization code flow and PKCE.

Sources: OpenID Connect Core 1.0 and Discovery 1.0, RFC 7636 (PKCE), RFC 9700 (best practice).
What comes back is trusted only as far as the provider's own keys have signed it, for this
client, for this try, and not too long ago.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key of which only the provider has the half that signs; none, and no shared secret."""
SCOPE = "openid email profile"
SECONDS = 10
LEEWAY = 60
KEEP_SECONDS = 600.0
LARGEST = 1_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class NotSignedIn(Exception):
    """The provider's answer cannot be trusted, or there was none; the message names the step, nothing of the answer."""


@dataclass(frozen=True, slots=True)
class Started:
    """One try: where the browser goes, and what this server must remember of it."""

    address: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the provider has signed in."""

    subject: str
    """Issuer and subject, with a space between."""
    email: str
    """Empty unless the provider has verified it."""


class Provider:
    """One provider, whose addresses and keys are fetched when they are needed and kept for ten minutes."""

    def __init__(self, issuer: str, client: str, secret_file: Path | None) -> None:
        """Take what the administrator has set; nothing is fetched yet."""
        self.issuer = issuer
        self._client = client
        self._secret_file = secret_file
        self._lock = threading.Lock()
        self._known: tuple[float, dict[str, Any], Any] | None = None

    def start(self, back: str, state: str) -> Started:
        """Begin a try; ``back`` is the address to which the browser returns.  Raises :class:`NotSignedIn`."""
        found = self._discovered()[0]
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        with self._session(back) as session:
            address, _ = session.create_authorization_url(
                found["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return Started(address, nonce, verifier)

    def finish(self, back: str, code: str, nonce: str, verifier: str) -> Known:
        """Trade a code for a signed statement and read it; raises :class:`NotSignedIn`."""
        found, _ = self._discovered()
        try:
            with self._session(back) as session:
                token = session.fetch_token(
                    found["token_endpoint"],
                    code=code,
                    code_verifier=verifier,
                    grant_type="authorization_code",
                    timeout=SECONDS,
                    allow_redirects=False,
                )
            signed = token["id_token"]
        except Exception as error:
            raise NotSignedIn(f"token: {type(error).__name__}") from None
        return self._read(signed, nonce)

    def _read(self, signed: Any, nonce: str) -> Known:
        """Check signature, issuer, audience, times and nonce."""
        from joserfc.errors import JoseError
        from joserfc.jwt import JWTClaimsRegistry

        rules = JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self._discovered()[0]["issuer"]},
            aud={"essential": True, "value": self._client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = self._claims(signed)
            rules.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotSignedIn(f"statement: {type(error).__name__}") from None
        return self._known_by(claims)

    def _known_by(self, claims: dict[str, Any]) -> Known:
        subject, email, party = claims["sub"], claims.get("email"), claims.get("azp", self._client)
        if not isinstance(subject, str) or not 0 < len(subject) <= 255 or len(self.issuer) > 144:
            raise NotSignedIn("statement: subject")
        if party != self._client or isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims:
            raise NotSignedIn("statement: party")
        is_verified = claims.get("email_verified") is True and isinstance(email, str)
        return Known(f"{self.issuer} {subject}", str(email).lower() if is_verified else "")

    def _claims(self, signed: Any) -> dict[str, Any]:
        """Return what a statement says once its signature is proven by a key of the provider."""
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError

        try:
            return jwt.decode(signed, self._discovered()[1], algorithms=ALGORITHMS).claims
        except (InvalidKeyIdError, ValueError):
            # A key that is not known: the provider may have changed its keys since they were fetched.
            return jwt.decode(signed, self._discovered(again=True)[1], algorithms=ALGORITHMS).claims

    def _session(self, back: str) -> OAuth2Session:
        from authlib.integrations.requests_client import OAuth2Session

        secret = self._secret_file.read_text("utf-8").strip() if self._secret_file else None
        method = "client_secret_basic" if secret else "none"
        return OAuth2Session(
            self._client,
            secret,
            token_endpoint_auth_method=method,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
        )

    def _discovered(self, again: bool = False) -> tuple[dict[str, Any], Any]:
        """Return the provider's addresses and keys."""
        from joserfc.jwk import KeySet

        with self._lock:
            if self._known is None or again or time.monotonic() - self._known[0] > KEEP_SECONDS:
                found = self._fetch(f"{self.issuer}/.well-known/openid-configuration")
                if str(found.get("issuer", "")).rstrip("/") != self.issuer:
                    raise NotSignedIn("discovery: issuer")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    self._require_safe(found.get(name))
                keys = KeySet.import_key_set(cast(Any, self._fetch(found["jwks_uri"])))
                self._known = (time.monotonic(), found, keys)
            return self._known[1], self._known[2]

    def _fetch(self, address: str) -> dict[str, Any]:
        """Return a JSON object; nothing is followed elsewhere, and no more is read than such a thing has."""
        import requests

        try:
            with requests.get(address, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
                if answer.status_code != 200:
                    raise NotSignedIn(f"discovery: {answer.status_code}")
                content = answer.raw.read(LARGEST, decode_content=True)
            found = json.loads(content)
        except (requests.RequestException, OSError, ValueError) as error:
            raise NotSignedIn(f"discovery: {type(error).__name__}") from None
        if not isinstance(found, dict):
            raise NotSignedIn("discovery: shape")
        return found

    def _require_safe(self, address: Any) -> None:
        """Raise unless an address is https; a provider on this machine alone may speak http."""
        parts = urlsplit(address if isinstance(address, str) else "")
        is_here = parts.scheme == "http" and urlsplit(self.issuer).hostname in LOOPBACK and parts.hostname in LOOPBACK
        if parts.scheme != "https" and not is_here:
            raise NotSignedIn("discovery: address")
