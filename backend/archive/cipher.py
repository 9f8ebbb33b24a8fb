"""A file under a passphrase: scrypt makes the key, AES-256-GCM seals it piece by piece.

Pieces are numbered and the last one says so (the STREAM construction of Hoang, Reyhanitabar, Rogaway
and Vizár, 2015), so that none can be left out, moved or cut off.
"""

from __future__ import annotations

import io
import secrets
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"second-look-sealed-backup-1\n"
SALT, NONCE, TAG = 16, 7, 16
PIECE = 1 << 20
COST = 1 << 16
"""scrypt with r=8, p=1: 64 MB and a fifth of a second for each guess."""


class WrongPassphrase(Exception):
    """The passphrase is another one, or the file was changed or cut off."""


class Sealing(io.RawIOBase):
    """A file to write to; what is written goes on sealed.  ``close`` seals the last piece."""

    def __init__(self, target: IO[bytes], passphrase: bytes) -> None:
        """Take the file for what is sealed, and the passphrase."""
        salt, self._nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
        self._target, self._cipher = target, _cipher(passphrase, salt)
        self._waiting, self._number, self._at = bytearray(), 0, 0
        target.write(MAGIC + salt + self._nonce)

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def tell(self) -> int:
        """Return how much was written."""
        return self._at

    def write(self, data: Any) -> int:
        """Take data; whole pieces go on at once."""
        self._waiting += data
        self._at += len(data)
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """Seal the last piece."""
        if not self.closed:
            self._seal(bytes(self._waiting), is_last=True)
        super().close()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._nonce, self._number, is_last), piece, None))
        self._number += 1


def is_sealed(source: IO[bytes]) -> bool:
    """Tell whether a file was sealed; it is at its beginning before and after."""
    begins = source.read(len(MAGIC)) == MAGIC
    source.seek(0)
    return begins


def open_sealed(source: IO[bytes], target: IO[bytes], passphrase: bytes) -> None:
    """Write what was sealed to ``target``; after :class:`WrongPassphrase` what was written counts nothing."""
    source.read(len(MAGIC))
    salt, nonce = source.read(SALT), source.read(NONCE)
    cipher, number = _cipher(passphrase, salt), 0
    piece = source.read(PIECE + TAG)
    while True:
        following = source.read(PIECE + TAG)
        try:
            target.write(cipher.decrypt(_nonce(nonce, number, not following), piece, None))
        except (InvalidTag, ValueError):
            raise WrongPassphrase from None
        if not following:
            return
        piece, number = following, number + 1


def _cipher(passphrase: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt, 32, COST, 8, 1).derive(passphrase))


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])
