"""The secret that a team's web processes and workers share, and the keys made of it.

It lies in a file that its owner alone can read, never in the database or the broker: whoever
has a copy of these alone can read neither attachments nor second factors.  Keys are derived by
HKDF with SHA-256 (RFC 5869), one a purpose; what is sealed is sealed by AES-256-GCM.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.config import Config, StartError

SIZE = 32
NONCE = 12


class Unsealable(Exception):
    """What was to be opened was sealed with another key or for another purpose, or was changed."""


class Secret:
    """Makes keys; holds no other state."""

    def __init__(self, word: bytes) -> None:
        """Take 32 random bytes or more."""
        self._word = word

    def key(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose, the same each time."""
        return HKDF(SHA256(), SIZE, salt=None, info=b"second look: " + purpose.encode()).derive(self._word)

    def seal(self, purpose: str, data: bytes, name: str) -> bytes:
        """Return data encrypted; it opens under the same purpose and ``name`` only."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self.key(purpose)).encrypt(nonce, data, name.encode())

    def open(self, purpose: str, sealed: bytes, name: str) -> bytes:
        """Return what was sealed; raises :class:`Unsealable`."""
        try:
            return AESGCM(self.key(purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())
        except (InvalidTag, ValueError):
            raise Unsealable from None


def read(config: Config) -> Secret:
    """Read the secret; in the data folder it is made at the first need.  Raises :class:`StartError`."""
    path = config.secret_path
    try:
        if config.secret_file is None and not path.exists():
            make(path)
        word = base64.b64decode(path.read_bytes().strip(), validate=True)
        is_open = os.name == "posix" and path.stat().st_mode & 0o027
    except (OSError, ValueError):
        raise StartError(f"The secret cannot be read: {path}. Make one: python -m backend team secret {path}") from None
    if len(word) < SIZE:
        raise StartError(f"The secret is too short: {path}. It holds 32 random bytes or more, in Base64.")
    if is_open:
        raise StartError(f"Other users can read the secret: {path}. Close it: chmod 600 {path}")
    return Secret(word)


def make(path: Path) -> None:
    """Write a new secret; one that is there already stays, also where two make it at once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    file = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(base64.b64encode(secrets.token_bytes(SIZE)) + b"\n")
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
