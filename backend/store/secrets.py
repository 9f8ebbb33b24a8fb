"""Random secrets and the form in which they are kept."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """Return 256 random bits as a word that fits into an address or a header."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """Return a random id that nobody can guess, though it opens nothing by itself."""
    return secrets.token_hex(8)


def hash_of(secret: str) -> str:
    """Return what is kept of a secret.  No salt is needed: nobody can list 2^256 values."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
