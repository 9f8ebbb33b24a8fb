"""How a server proves to an extension that it is the one that gave it its token, and what two codes stand for.

Both sides know the SHA-256 of the token: the server keeps it, the extension makes it.  It never
goes over the line; its first 64 bits do, to say which token is meant, and 192 stay unknown.  A proof is
HMAC-SHA-256 over who proves, one fresh word of each side and the address that was dialled, so
that none can be played again, turned round, or passed on by a server of another address.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from sqlalchemy import select

from backend.store.database import Store
from backend.store.secrets import hash_of, new_secret
from backend.store.tables import tokens

SELECTOR = 16
"""Hexadecimal digits of a token's hash that say which one is meant."""
KEY, CODE = b"secondlook proof 1", "secondlook code 1"


def find(store: Store, selector: str) -> str | None:
    """Return the hash of the token that is meant, revoked or not: the server is the same server then."""
    # A range, since it is answered from the index of the hashes.
    query = select(tokens.c.hash).where(tokens.c.hash >= selector, tokens.c.hash < selector + "g").limit(1)
    with store.read() as connection:
        found: str | None = connection.execute(query).scalar()
    return found


def prove(digest: str, theirs: str, ours: str, address: str) -> str:
    """Return the server's proof under a token's hash.

    >>> prove(hash_of("a token"), "their word", "our word", "http://127.0.0.1:8765")
    'N1Iw_i9ib0FAgiwJvr8BXltdY2DhksIaJpZCAqyMnF0'
    """
    key = hmac.digest(bytes.fromhex(digest), KEY, "sha256")
    said = "\n".join(("server", theirs, ours, address)).encode()
    return urlsafe_b64encode(hmac.digest(key, said, "sha256")).decode().rstrip("=")


def answer(store: Store, selector: str, theirs: str, address: str) -> tuple[str, str]:
    """Return our word and a proof; where no token is meant, one of the same form that proves nothing."""
    unknown, ours = secrets.token_hex(32), new_secret()
    return ours, prove(find(store, selector) or unknown, theirs, ours, address)


def code_of(theirs: str, ours: str, address: str) -> str:
    """Return the six digits that a person compares: the extension's word, ours, and the address that was dialled.

    >>> code_of("their word", "our word", "http://127.0.0.1:8765")
    '236 005'
    """
    digest = hashlib.sha256("\n".join((CODE, theirs, ours, address)).encode()).digest()
    digits = f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"
    return f"{digits[:3]} {digits[3:]}"


def keeps(commitment: str, theirs: str) -> bool:
    """Return whether a word is the one that was promised before ours was known."""
    return hmac.compare_digest(commitment, hash_of(theirs))
