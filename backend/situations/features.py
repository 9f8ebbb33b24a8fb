"""Turn a draft into features: hashed n-grams of characters and words, the channel, the chat before it, cues.

All n-grams are hashed at once with numpy, so a post costs a fraction of a millisecond.
:class:`Features` keeps where each n-gram stood, by which a score can be explained.
"""

from __future__ import annotations

import hashlib
import re
import threading
import zlib
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
CUE_WEIGHT = 0.15
PAIR_WEIGHT = 0.06
CHARACTERS, WORDS, THREAD_CHARACTERS, THREAD_WORDS = 1, 2, 3, 4
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_FORM = str.maketrans("123456789\n\t\r", "000000000   ")
_TOKEN = re.compile(r"[\u3400-\u9fff]|[a-z'’\u00df-\u024f\u0400-\u04ff\u1e00-\u1eff]+|0+|[^\w\s]")
Hashes = NDArray[np.uint64]
Spans = NDArray[np.int32]
Indexes = NDArray[np.uint32]
Values = NDArray[np.float32]


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


def plain_form(folded: str) -> str:
    """Return the form of a folded view that n-grams are taken of: digits equal, blanks plain; same length."""
    return folded.translate(_FORM)


def extract(text: str, thread: str, channel: str, cues: Iterable[str] = ()) -> Features:
    """Return the features of a draft: ``text`` and ``thread`` in their plain form, the channel, the cues in it."""
    text, thread = text[:LONGEST_TEXT], thread[-LONGEST_THREAD:]
    grams = (characters(text, CHARACTERS), words(text, WORDS))
    blocks = [_block(one.buckets, 1.0) for one in grams]
    if thread:
        before = (characters(thread, THREAD_CHARACTERS), words(thread, THREAD_WORDS))
        blocks.extend(_block(one.buckets, THREAD_WEIGHT) for one in before)
    blocks.append(_named((f"channel={channel}", f"thread={bool(thread)}"), CHANNEL_WEIGHT))
    found = sorted(set(cues))
    pairs = [f"{one}&{other}" for at, one in enumerate(found) for other in found[at + 1 :]]
    blocks.extend((_named(found, CUE_WEIGHT), _named(pairs, PAIR_WEIGHT)))
    buckets = np.concatenate([block for block, _ in blocks])
    return Features(buckets, np.concatenate([values for _, values in blocks]), grams)


def characters(text: str, salt: int) -> Grams:
    """Return the n-grams of characters, with one blank before and after the text."""
    codes = np.frombuffer(f" {text} ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    running = codes
    found: list[tuple[Hashes, int]] = []
    for size in range(2, min(max(NGRAMS), len(codes)) + 1):
        running = _mixed(running[:-1], codes[size - 1 :])
        found.append((running, size))
    return _grams(found, np.arange(-1, len(codes) - 1, dtype=np.int32), None, salt)


def words(text: str, salt: int) -> Grams:
    """Return words, pairs of neighbours, and pairs with one word between them."""
    tokens = [(match.start(), match.end(), zlib.crc32(match.group().encode())) for match in _TOKEN.finditer(text)]
    table = np.array(tokens, dtype=np.uint64).reshape(-1, 3)
    one = _mixed(table[:, 2], np.uint64(salt))
    found = [(one, 1), (_mixed(one[:-1], table[1:, 2]), 2), (_mixed(one[:-2], ~table[2:, 2]), 3)]
    return _grams(found, table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), salt)


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
