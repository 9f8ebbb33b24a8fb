"""What stands in Redis of a file, sealed: its bytes, what was read of it, its name and whose it is.

The key is made of the secret that only web processes and workers have.  Each thing opens under its own name alone, so
that whoever can write to Redis cannot hand one person's reading to another.
"""

from __future__ import annotations

import hashlib
import hmac

import msgspec

from backend.jobs import wire
from backend.model import Reading
from backend.team.secret import Secret, Unsealable

__all__ = ["Meta", "Unsealable", "Vault"]

PURPOSE = "attachments"


class Meta(msgspec.Struct):
    """What is known of a submitted file besides its bytes."""

    name: str
    media_type: str
    owner: str
    size: int


class Vault:
    """Seals and opens."""

    def __init__(self, secret: Secret) -> None:
        """Take the secret of the team."""
        self._secret = secret
        self._naming = secret.key("names of attachments")

    def digest(self, data: bytes) -> str:
        """Return a name for bytes that is the same each time, and tells nothing to who has not the key."""
        return hashlib.blake2b(data, key=self._naming, digest_size=20).hexdigest()

    def who(self, owner: str) -> str:
        """Return a name for a person that tells nothing to who has not the key."""
        return hashlib.blake2b(b"who " + owner.encode(), key=self._naming, digest_size=12).hexdigest()

    def is_same(self, one: str, other: str) -> bool:
        """Compare without telling by the time taken where they differ."""
        return hmac.compare_digest(one.encode(), other.encode())

    def seal(self, kind: str, id: str, data: bytes) -> bytes:
        """Seal bytes of a kind for one id."""
        return self._secret.seal(PURPOSE, data, f"{kind} {id}")

    def open(self, kind: str, id: str, sealed: bytes) -> bytes:
        """Open them; raises :class:`Unsealable`."""
        return self._secret.open(PURPOSE, sealed, f"{kind} {id}")

    def seal_meta(self, id: str, meta: Meta) -> bytes:
        """Seal what is known of a submitted file."""
        return self.seal("meta", id, msgspec.json.encode(meta))

    def open_meta(self, id: str, sealed: bytes) -> Meta:
        """Open it; raises :class:`Unsealable`."""
        return msgspec.json.decode(self.open("meta", id, sealed), type=Meta)

    def seal_reading(self, work: str, reading: Reading, *, final: bool) -> bytes:
        """Seal what was read; what was read so far opens under another name than the whole of it."""
        return self.seal("whole" if final else "so far", work, wire.encoded(reading))

    def open_reading(self, work: str, sealed: bytes) -> tuple[Reading, bool]:
        """Open it, and tell whether it is the whole; raises :class:`Unsealable`."""
        try:
            text, is_whole = self.open("whole", work, sealed), True
        except Unsealable:
            text, is_whole = self.open("so far", work, sealed), False
        return msgspec.json.decode(text, type=Reading), is_whole
