"""Turn a draft into features: hashed n-grams of characters and words, the channel, the chat before it, cues.

All n-grams are hashed at once with numpy, so a post costs a fraction of a millisecond.
:class:`Features` keeps where each n-gram stood, by which a score can be explained.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BITS = 19
NGRAMS = (2, 3, 4)
"""Lengths in characters. Measured: shorter and longer ones cost time and add nothing once words are there."""
LONGEST_TEXT = 3_000
"""Characters judged at once; longer drafts are judged window by window."""
LONGEST_THREAD = 1_200
THREAD_WEIGHT = 0.7
CHANNEL_WEIGHT = 0.3
CUE_WEIGHT = 0.1
PAIR_WEIGHT = 0.04
USUAL_LENGTH = 250
"""Characters of a draft up to which its cues count in full."""
CHARACTERS, WORDS, THREAD_CHARACTERS, THREAD_WORDS = 1, 2, 3, 4
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
Hashes = NDArray[np.uint64]
Spans = NDArray[np.int32]
Indexes = NDArray[np.uint32]
Values = NDArray[np.float32]


def _powers(base: int) -> Hashes:
    """Return the powers of ``base`` modulo 2**64, one for each character of the longest row."""
    found, value = [], 1
    for _ in range(LONGEST_TEXT + 3):
        found.append(value)
        value = value * base % 2**64
    return np.array(found, dtype=np.uint64)


_BASE = 0x100000001B3
"""The FNV prime: odd, so that it has an inverse modulo 2**64."""
_POWERS, _INVERSES = _powers(_BASE), _powers(pow(_BASE, -1, 2**64))
_NOTHING = np.zeros(1, dtype=np.uint64)
_BLANK, _LETTER, _DIGIT, _ALONE = 0, 1, 2, 3


def _kinds() -> NDArray[np.uint8]:
    """Return what each of the first code points is: blank, letter, digit, or a sign that stands alone."""
    kinds = np.full(0x2000, _ALONE, dtype=np.uint8)
    for code in range(0x2000):
        character = chr(code)
        if character.isspace():
            kinds[code] = _BLANK
        elif character.isalpha() or character == "'":
            kinds[code] = _LETTER
        elif character.isdigit():
            kinds[code] = _DIGIT
    return kinds


_KINDS = _kinds()


@dataclass(frozen=True)
class Grams:
    """N-grams of one text: bucket, first character and end of each."""

    buckets: Indexes
    starts: Spans
    ends: Spans


@dataclass(frozen=True)
class Features:
    """Buckets and values of one draft, and the n-grams of its text by which a score is explained."""

    buckets: Indexes
    values: Values
    grams: tuple[Grams, ...]


def extract(text: str, thread: str, channel: str, cues: Iterable[str] = ()) -> Features:
    """Return the features of a draft: ``text`` and ``thread`` in the folded view, the channel, the cues in it."""
    text = text[:LONGEST_TEXT]
    row = _codes(text)
    grams = (characters(row, CHARACTERS), words(row, WORDS))
    blocks = [_block(one.buckets, 1.0) for one in grams]
    if thread:
        row = _codes(thread[-LONGEST_THREAD:])
        before = (characters(row, THREAD_CHARACTERS), words(row, THREAD_WORDS))
        blocks.extend(_block(one.buckets, THREAD_WEIGHT) for one in before)
    blocks.append(_named((f"channel={channel}", f"thread={bool(thread)}"), CHANNEL_WEIGHT))
    found = sorted(set(cues))
    pairs = [f"{one}&{other}" for at, one in enumerate(found) for other in found[at + 1 :]]
    # A long text holds every cue by chance.
    density = min(1.0, (USUAL_LENGTH / max(len(text), 1)) ** 0.5)
    blocks.extend((_named(found, CUE_WEIGHT * density), _named(pairs, PAIR_WEIGHT * density)))
    buckets = np.concatenate([block for block, _ in blocks])
    return Features(buckets, np.concatenate([values for _, values in blocks]), grams)


def characters(codes: Hashes, salt: int) -> Grams:
    """Return the n-grams of a row of code points that has one blank before and after the text."""
    running = codes
    found: list[tuple[Hashes, int]] = []
    for size in range(2, min(max(NGRAMS), len(codes)) + 1):
        running = _mixed(running[:-1], codes[size - 1 :])
        found.append((running, size))
    return _grams(found, np.arange(-1, len(codes) - 1, dtype=np.int32), None, salt)


def words(codes: Hashes, salt: int) -> Grams:
    """Return words, pairs of neighbours, and pairs with one word between them, of such a row of code points."""
    starts, ends = _tokens(codes)
    # The hash of a word is a sum over its characters, each times a power that depends on its place in the word.
    sums = np.concatenate([_NOTHING, np.cumsum(codes * _POWERS[: len(codes)])])
    token = (sums[ends] - sums[starts]) * _INVERSES[starts]
    one = _mixed(token, np.uint64(salt))
    found = [(one, 1), (_mixed(one[:-1], token[1:]), 2), (_mixed(one[:-2], ~token[2:]), 3)]
    return _grams(found, (starts - 1).astype(np.int32), (ends - 1).astype(np.int32), salt)


def _tokens(codes: Hashes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where tokens start and end: ideographs and signs one by one, letters and digits in runs."""
    kinds = _KINDS[np.minimum(codes, len(_KINDS) - 1)]
    kinds[(codes >= 0x3400) & (codes <= 0x9FFF)] = _ALONE
    before = np.concatenate([kinds[:1] * 0, kinds[:-1]])
    begins = (kinds != _BLANK) & ((kinds == _ALONE) | (kinds != before))
    starts = np.flatnonzero(begins)
    borders = np.append(np.flatnonzero(begins | (kinds == _BLANK)), len(codes))
    return starts, borders[np.searchsorted(borders, starts, side="right")]


def _codes(text: str) -> Hashes:
    """Return the code points of a text with a blank before and after it, digits made equal and blanks plain."""
    codes = np.frombuffer(f" {text} ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    codes[codes < 14] = 32
    codes[(codes > 48) & (codes < 58)] = 48
    return codes


def _mixed(left: Hashes, right: Hashes | np.uint64) -> Hashes:
    mixed = ((left * _MULTIPLIER) ^ right) * _MULTIPLIER
    return mixed ^ (mixed >> _SHIFT)


def _grams(found: Sequence[tuple[Hashes, int]], starts: Spans, ends: Spans | None, salt: int) -> Grams:
    """Return hashes of several sizes in one row; ``ends`` of single tokens, or ``None`` for characters."""
    last = starts + 1 if ends is None else ends
    salted = [hashes + np.uint64(salt * 1_000_003 + size) for hashes, size in found]
    row = np.concatenate(salted) if salted else np.zeros(0, dtype=np.uint64)
    return Grams(
        ((row * _MULTIPLIER) >> np.uint64(64 - BITS)).astype(np.uint32),
        np.concatenate([starts[: len(hashes)] for hashes, _ in found]),
        np.concatenate([last[size - 1 :][: len(hashes)] for hashes, size in found]),
    )


def _block(buckets: Indexes, weight: float) -> tuple[Indexes, Values]:
    """Return each bucket once, the whole block of length ``weight``."""
    # Sorting would cost more than all the rest: every bucket keeps the last n-gram that fell into it.
    last = _last()
    numbers = np.arange(len(buckets), dtype=np.int32)
    last[buckets] = numbers
    unique = buckets[last[buckets] == numbers]
    return unique, np.full(len(unique), weight / max(len(unique), 1) ** 0.5, dtype=np.float32)


class _Scratch(threading.local):
    """One table a thread, so that checks do not wait for one another."""

    last: Spans | None = None


_SCRATCH = _Scratch()


def _last() -> Spans:
    if _SCRATCH.last is None:
        _SCRATCH.last = np.zeros(1 << BITS, dtype=np.int32)
    return _SCRATCH.last


def _named(names: Sequence[str], weight: float) -> tuple[Indexes, Values]:
    buckets = np.array([hash_name(name) for name in names], dtype=np.uint32)
    return buckets, np.full(len(names), weight, dtype=np.float32)


@lru_cache(maxsize=20_000)
def hash_name(name: str) -> int:
    """Return the bucket of a named feature: the channel, a cue, two cues together."""
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> (64 - BITS)
