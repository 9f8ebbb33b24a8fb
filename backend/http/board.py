"""Memory that the processes of one server share: each writes what it has counted at a place of its own.

It lies in no file.  What a process had counted stays when it ends, so that a sum never falls.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections import Counter
from collections.abc import Mapping

SIZE = 256 * 1024
"""Bytes of a place: some two thousand series, ten times what there are."""
HEAD = struct.Struct(">II")
PAST = 0
"""The place of those who have ended."""
TRIES = 5


class Board:
    """Made before the first fork."""

    def __init__(self, places: int) -> None:
        """Take how many processes may write at once."""
        self._memory = mmap.mmap(-1, SIZE * (places + 1))
        self._taken = [False] * (places + 1)
        self._taken[PAST] = True

    def take(self) -> int:
        """Return a free place; the master asks for it before it forks."""
        place = self._taken.index(False)
        self._taken[place] = True
        self._wipe(place)
        return place

    def leave(self, place: int) -> None:
        """Add what a process has counted, which has ended, to the past."""
        past = Counter(self._read(PAST))
        past.update(self._read(place))
        self.write(PAST, past)
        self._wipe(place)
        self._taken[place] = False

    def write(self, place: int, counted: Mapping[str, float]) -> None:
        """Write at a place."""
        text = json.dumps(counted).encode()
        if len(text) > SIZE - HEAD.size:
            return
        start = place * SIZE
        self._memory[start + HEAD.size : start + HEAD.size + len(text)] = text
        self._memory[start : start + HEAD.size] = HEAD.pack(len(text), zlib.crc32(text))

    def sums(self) -> dict[str, float]:
        """Return the sum of all."""
        total: Counter[str] = Counter()
        for place in range(len(self._taken)):
            total.update(self._read(place))
        return dict(total)

    def processes(self) -> int:
        """Return how many have written something and have not ended."""
        return sum(1 for place in range(1, len(self._taken)) if self._length(place))

    def _length(self, place: int) -> int:
        return int(HEAD.unpack(self._memory[place * SIZE : place * SIZE + HEAD.size])[0])

    def _read(self, place: int) -> dict[str, float]:
        start = place * SIZE
        for _ in range(TRIES):  # another may be writing
            length, check = HEAD.unpack(self._memory[start : start + HEAD.size])
            text = self._memory[start + HEAD.size : start + HEAD.size + length]
            if length and zlib.crc32(text) == check:
                return dict(json.loads(text))
        return {}

    def _wipe(self, place: int) -> None:
        self._memory[place * SIZE : place * SIZE + HEAD.size] = HEAD.pack(0, 0)
