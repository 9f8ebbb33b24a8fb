"""Signatures of what is published: Ed25519 (RFC 8032), keys and signatures as base64."""

from __future__ import annotations

import base64
import binascii

SIZE = 32
CONTEXT = b"second-look-subscription-1\n"
"""Begins what is signed, so that a signature of something else means nothing here."""


class BadKey(ValueError):
    """What should be a key is none."""


def new_key() -> tuple[str, str]:
    """Return a new secret key and its public one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = Ed25519PrivateKey.generate().private_bytes_raw()
    return _text(secret), public_of(_text(secret))


def public_of(secret: str) -> str:
    """Return the public key of a secret one; raises :class:`BadKey`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return _text(Ed25519PrivateKey.from_private_bytes(raw(secret)).public_key().public_bytes_raw())


def sign(secret: str, payload: str) -> str:
    """Return the signature of a payload; raises :class:`BadKey`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return _text(Ed25519PrivateKey.from_private_bytes(raw(secret)).sign(CONTEXT + payload.encode()))


def is_signed(public: str, payload: str, signature: str) -> bool:
    """Tell whether a payload was signed with the secret of a public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        found = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(raw(public)).verify(found, CONTEXT + payload.encode())
    except (InvalidSignature, BadKey, ValueError):
        return False
    return True


def raw(key: str) -> bytes:
    """Return the bytes of a key; raises :class:`BadKey`."""
    try:
        found = base64.b64decode(key.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise BadKey("a key is 32 bytes as base64") from None
    if len(found) != SIZE:
        raise BadKey("a key is 32 bytes as base64")
    return found


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
