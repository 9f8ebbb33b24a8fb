"""Sealed lists: terms that are met like any others and cannot be read back.

A sealed list is one file.  It holds a random key and, for each term, a hash under that key
(BLAKE2b); to know where a term may begin without hashing everything, also some bits of a
hash of how each term begins, and the lengths that occur.  Whoever has the file can test a guess,
and nothing else: see ``docs/sealed.md`` for what that withstands.
"""

from __future__ import annotations

from backend.sealed.file import BadSeal, dumps, loads
from backend.sealed.matcher import Sealed
from backend.sealed.seal import SealedList, SealedTerm, lasting, seal

__all__ = ["BadSeal", "Sealed", "SealedList", "SealedTerm", "dumps", "lasting", "loads", "seal"]
