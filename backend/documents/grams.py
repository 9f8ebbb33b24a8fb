"""Fingerprints: keyed hashes of runs of twelve units, a few of which are picked.

Of every window of neighbouring runs the smallest is picked (winnowing), so two texts that
share ``GRAM + WINDOW - 1`` units share at least one fingerprint, wherever it stands.  A run is
first summed with secret factors (a universal hash) and the sum then goes through
SipHash-2-4 under a secret key: without the key nobody can tell which words a fingerprint is of.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from backend.documents.units import Units

GRAM = 12
"""Units: two or three words, or six characters of Chinese."""
WINDOW = 16
"""Of registered documents: a fingerprint every eight or nine units."""
EVERY = 1
"""The window that keeps all."""
MOST_REPEATED = 4
"""How often one fingerprint is kept of one document: a table repeats its head on each page."""
LONGEST_PATTERN = 6
"""Units; half of a run, so that what repeats itself does so at least once."""
BITS = 48

Keys = NDArray[np.uint64]
Spots = NDArray[np.uint32]


@dataclass(frozen=True)
class Grams:
    """The fingerprints of one text: their hashes of 48 bits, and the units where they begin."""

    keys: Keys
    places: Spots

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.keys)

    def packed(self) -> bytes:
        """Return them as bytes, ten for each."""
        low = self.keys.astype("<u4").tobytes()
        return low + (self.keys >> np.uint64(32)).astype("<u2").tobytes() + self.places.astype("<u4").tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> Grams:
        """Return what :meth:`packed` gave; raises ``ValueError`` for anything else."""
        count = len(data) // 10
        low = np.frombuffer(data, "<u4", count).astype(np.uint64)
        high = np.frombuffer(data, "<u2", count, count * 4).astype(np.uint64)
        return cls(low | high << np.uint64(32), np.frombuffer(data, "<u4", count, count * 6).astype(np.uint32))


class Fingerprinter:
    """Makes fingerprints under one secret key."""

    def __init__(self, key: bytes) -> None:
        """Draw everything that is secret from ``key``, 32 random bytes."""
        stretched = b"".join(hashlib.blake2b(bytes([part]), key=key, person=b"documents").digest() for part in (0, 1))
        words = np.frombuffer(stretched, "<u8")
        self._factors = words[:GRAM] | np.uint64(1)
        self._key = (words[14], words[15])
        self.id = hashlib.blake2b(b"id", key=key, person=b"documents", digest_size=8).hexdigest()
        """Names the key without telling it."""

    def of(self, units: Units, window: int) -> Grams:
        """Return the fingerprints of a row of units, with one picked of each ``window``."""
        if len(units) < GRAM:
            return Grams(np.zeros(0, np.uint64), np.zeros(0, np.uint32))
        sums, dull = self._sums(units), repeats_itself(units)
        sums[dull] = np.iinfo(np.uint64).max
        picked = winnow(sums, window)
        picked = picked[~dull[picked]]
        return Grams(siphash(sums[picked], self._key) >> np.uint64(64 - BITS), picked.astype(np.uint32))

    def of_document(self, units: Units, window: int = WINDOW) -> Grams:
        """Return the fingerprints to keep of a document: none more than a few times."""
        found = self.of(units, window)
        order = np.argsort(found.keys, kind="stable")
        keys = found.keys[order]
        again = order[MOST_REPEATED:][keys[MOST_REPEATED:] == keys[:-MOST_REPEATED]]
        kept = np.delete(np.arange(len(keys)), again)
        return Grams(found.keys[kept], found.places[kept])

    def _sums(self, units: Units) -> Keys:
        words = units.astype(np.uint64)
        count = len(words) - GRAM + 1
        total: Keys = words[:count] * self._factors[0]
        for at in range(1, GRAM):
            total += words[at : at + count] * self._factors[at]
        return total


def repeats_itself(units: Units) -> NDArray[np.bool_]:
    """Tell which runs are one short pattern again and again, as laughter is: everybody's words and nobody's.

    >>> from backend.documents.units import units
    >>> repeats_itself(units("hahahahahaha sat on")[0]).tolist()
    [True, False, False, False, False, False]
    """
    dull = np.zeros(len(units) - GRAM + 1, np.bool_)
    for period in range(1, LONGEST_PATTERN + 1):
        same = np.concatenate([[0], np.cumsum(units[period:] == units[:-period])])
        long = GRAM - period
        dull |= (same[long:] - same[:-long])[: len(dull)] == long
    return dull


def winnow(values: Keys, window: int) -> NDArray[np.intp]:
    """Return the places of the smallest value of every window; each place once.

    >>> winnow(np.array([77, 74, 42, 17, 98, 50, 17, 98, 8, 88], np.uint64), 4).tolist()
    [3, 6, 8]
    """
    if window == EVERY:
        return np.arange(len(values))
    if len(values) <= window:
        return np.array([int(values.argmin())])
    smallest = sliding_window_view(values, window).argmin(axis=1)
    smallest += np.arange(len(smallest))
    picked: NDArray[np.intp] = smallest[np.append(True, smallest[1:] != smallest[:-1])]
    return picked


def siphash(words: Keys, key: tuple[np.uint64, np.uint64]) -> Keys:
    """Return SipHash-2-4 (Aumasson and Bernstein, 2012) of each word as a message of eight bytes."""
    first, second = key
    v0 = np.full(len(words), first ^ np.uint64(0x736F6D6570736575))
    v1 = np.full(len(words), second ^ np.uint64(0x646F72616E646F6D))
    v2 = np.full(len(words), first ^ np.uint64(0x6C7967656E657261))
    v3 = np.full(len(words), second ^ np.uint64(0x7465646279746573))
    for word in (words, np.uint64(8 << 56)):
        v3 ^= word
        _rounds(v0, v1, v2, v3, 2)
        v0 ^= word
    v2 ^= np.uint64(0xFF)
    _rounds(v0, v1, v2, v3, 4)
    mixed: Keys = v0 ^ v1 ^ v2 ^ v3
    return mixed


def _rounds(v0: Keys, v1: Keys, v2: Keys, v3: Keys, times: int) -> None:
    """Mix the four words of the state in place."""
    for _ in range(times):
        v0 += v1
        _turn(v1, 13)
        v1 ^= v0
        _turn(v0, 32)
        v2 += v3
        _turn(v3, 16)
        v3 ^= v2
        v0 += v3
        _turn(v3, 21)
        v3 ^= v0
        v2 += v1
        _turn(v1, 17)
        v1 ^= v2
        _turn(v2, 32)


def _turn(word: Keys, bits: int) -> None:
    """Rotate to the left in place."""
    over = word >> np.uint64(64 - bits)
    word <<= np.uint64(bits)
    word |= over
