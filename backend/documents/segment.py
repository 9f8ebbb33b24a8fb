"""Millions of fingerprints, sorted, in memory or in a file that is mapped and not loaded.

A hash of 48 bits is kept as its upper 16 (an index of 65,536 shelves) and its lower 32, and
beside it a place: documents lie one behind the other, so one number says which document and
where in it.  Eight bytes a fingerprint.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.documents.grams import Grams, Keys, Spots

SHELVES = 1 << 16
START = b"SLDOCS01"
HEAD = struct.Struct("<8sQ")
LONGEST_HEADER = 64_000_000
MOST_UNITS = (1 << 32) - 1
"""Units of all documents together: thirty-five thousand documents of fifty pages."""
GROUP = 512
"""Shelves merged at a time."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Volume:
    """One document as a segment holds it."""

    id: str
    revision: int
    start: int
    """Its first unit in the row of all documents."""
    units: int
    count: int
    """How many fingerprints it has."""


@dataclass(frozen=True)
class Segment:
    """Sorted fingerprints of some documents; never changed."""

    volumes: tuple[Volume, ...]
    shelves: Numbers
    low: Spots
    places: Spots

    @classmethod
    def of(cls, documents: Sequence[tuple[str, int, int, Grams]]) -> Segment:
        """Return a segment in memory of ``(id, revision, units, grams)``."""
        volumes, start = [], 0
        for id, revision, units, grams in documents:
            volumes.append(Volume(id, revision, start, units, len(grams)))
            start += units
        keys = np.concatenate([np.zeros(0, np.uint64), *(one[3].keys for one in documents)])
        places = np.concatenate(
            [np.zeros(0, np.uint32)]
            + [one[3].places + np.uint32(at.start) for one, at in zip(documents, volumes, strict=True)]
        )
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        return cls(tuple(volumes), _shelves(keys), keys.astype(np.uint32), places[order])

    @property
    def units(self) -> int:
        """Return where a further document would begin."""
        return self.volumes[-1].start + self.volumes[-1].units if self.volumes else 0

    def __len__(self) -> int:
        """Return how many fingerprints there are."""
        return len(self.low)

    def find(self, keys: Keys) -> tuple[Numbers, Numbers]:
        """Return for each hash the first and the one after the last of its fingerprints."""
        shelf = (keys >> np.uint64(32)).astype(np.int64)
        wanted = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
        low = np.concatenate([self.shelves[shelf]] * 2)
        high = np.concatenate([self.shelves[shelf + 1]] * 2)
        least = np.concatenate([wanted, wanted + 1])
        longest = int((high - low).max(initial=0))
        last = max(len(self.low) - 1, 0)
        for _ in range(longest.bit_length()):
            middle = (low + high) >> 1
            under = (low < high) & (self.low[np.minimum(middle, last)] < least)
            low = np.where(under, middle + 1, low)
            high = np.where(under, high, middle)
        return low[: len(keys)], low[len(keys) :]

    def keys(self, first: int, after: int) -> Keys:
        """Return the hashes of a range of shelves."""
        sizes = np.diff(self.shelves[first : after + 1])
        upper = np.repeat(np.arange(first, after, dtype=np.uint64), sizes)
        span = slice(int(self.shelves[first]), int(self.shelves[after]))
        return upper << np.uint64(32) | self.low[span].astype(np.uint64)


def _shelves(keys: Keys) -> Numbers:
    found: Numbers = np.searchsorted(keys, np.arange(SHELVES + 1, dtype=np.uint64) << np.uint64(32)).astype(np.int64)
    return found


def open_file(path: Path) -> Segment:
    """Return the segment of a file, mapped; raises ``ValueError`` or ``OSError`` where it is none."""
    with path.open("rb") as file:
        start, length = HEAD.unpack(file.read(HEAD.size).ljust(HEAD.size))
        if start != START or length > LONGEST_HEADER:
            raise ValueError("not a file of fingerprints")
        header = json.loads(file.read(length))
    volumes = tuple(Volume(*fields) for fields in header["documents"])
    count, at = int(header["count"]), HEAD.size + length
    if path.stat().st_size != at + 4 * (SHELVES + 1) + 8 * count:
        raise ValueError("a file of fingerprints that was cut short")
    whole = np.asarray(np.memmap(path, np.uint8, "r"))  # still mapped, without the cost of the subclass
    shelves = whole[at : at + 4 * (SHELVES + 1)].view("<u4").astype(np.int64)
    at += 4 * (SHELVES + 1)
    low, places = whole[at : at + 4 * count], whole[at + 4 * count :]
    return Segment(volumes, shelves, low.view("<u4"), places.view("<u4"))


def write_file(path: Path, base: Segment, tail: Segment, alive: set[tuple[str, int]]) -> None:
    """Write the documents of two segments that are still ``alive``; memory grows with ``tail`` alone."""
    kept, moves = _layout(base, tail, alive)
    count = sum(volume.count for volume in kept)
    fields = [[one.id, one.revision, one.start, one.units, one.count] for one in kept]
    header = json.dumps({"count": count, "documents": fields}).encode()
    header += b" " * (-(HEAD.size + len(header)) % 8)
    at = HEAD.size + len(header) + 4 * (SHELVES + 1)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(HEAD.pack(START, len(header)) + header)
        sizes = np.zeros(SHELVES + 1, np.uint32)
        done = 0
        for first, keys, places in _merged(base, tail, moves):
            upper = (keys >> np.uint64(32)).astype(np.int64)
            sizes[first + 1 : first + GROUP + 1] = np.bincount(upper - first, minlength=GROUP)
            file.seek(at + 4 * done)
            file.write(keys.astype("<u4").tobytes())
            file.seek(at + 4 * (count + done))
            file.write(places.astype("<u4").tobytes())
            done += len(keys)
        file.seek(at - 4 * (SHELVES + 1))
        file.write(np.cumsum(sizes, dtype=np.uint32).astype("<u4").tobytes())
    os.replace(fresh, path)


Moves = tuple[tuple[Numbers, Numbers], ...]
"""For each segment where its documents begin, and by how much each moves; ``GONE`` for one that is gone."""
GONE = 1 << 40


def _layout(base: Segment, tail: Segment, alive: set[tuple[str, int]]) -> tuple[list[Volume], Moves]:
    kept: list[Volume] = []
    moves, start = [], 0
    for segment in (base, tail):
        starts, by = [], []
        for one in segment.volumes:
            is_kept = (one.id, one.revision) in alive
            starts.append(one.start)
            by.append(start - one.start if is_kept else GONE)
            if is_kept:
                kept.append(Volume(one.id, one.revision, start, one.units, one.count))
                start += one.units
        moves.append((np.array(starts, np.int64), np.array(by, np.int64)))
    return kept, tuple(moves)


def _merged(base: Segment, tail: Segment, moves: Moves) -> Iterator[tuple[int, Any, Any]]:
    """Yield the fingerprints that are kept, sorted, some shelves at a time."""
    for first in range(0, SHELVES, GROUP):
        parts = []
        for segment, (starts, by) in zip((base, tail), moves, strict=True):
            span = slice(int(segment.shelves[first]), int(segment.shelves[first + GROUP]))
            if span.stop == span.start:
                continue
            places = segment.places[span].astype(np.int64)
            step = by[np.searchsorted(starts, places, "right") - 1]
            stays = step != GONE
            parts.append((segment.keys(first, first + GROUP)[stays], (places + step)[stays]))
        if parts:
            keys, places = (np.concatenate(one) for one in zip(*parts, strict=True))
            order = np.argsort(keys, kind="stable")
            yield first, keys[order], places[order]


EMPTY = Segment.of(())
