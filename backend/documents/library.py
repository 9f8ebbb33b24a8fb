"""All registered documents behind one question: what of them is quoted here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backend.documents.grams import EVERY, GRAM, Fingerprinter, Keys
from backend.documents.runs import STRONG, Match, Run, merged, quoted
from backend.documents.segment import EMPTY, Numbers, Segment
from backend.documents.units import Places, units

SHORT = 2_000
"""Units up to which all fingerprints of a text are looked up; a photo's page always is."""
THIN = 8
"""The window of longer texts: what documents keep is part of it."""
COMMON = 4
"""Documents in which a passage may stand and still count in full; in more it counts less and less."""
MOST_COPIES = 128
"""A fingerprint that stands oftener is boilerplate and not looked at."""
BLOCK = 8192
"""Fingerprints looked up at a time, so that memory stays bounded whatever the draft."""
FEWEST, LANE = 3, 64
"""Matches at about the same distance (units) that make a document worth a look."""
MOST_DOCUMENTS = 64
"""Documents looked at more closely; a passage that more of them have is boilerplate."""
MOST_MATCHES = 200_000


@dataclass(frozen=True, slots=True)
class Document:
    """A registered document, by what findings say of it."""

    id: str
    name: str
    units: int
    revision: int = 1
    public: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What a text has of one document."""

    document: Document
    amount: float
    """Units, weighed down where many documents have them."""
    spans: tuple[tuple[int, int], ...]
    """Where it stands in the text's ``plain`` view."""
    units: tuple[tuple[int, int], ...]
    """The same in units."""
    there: tuple[tuple[int, int], ...]
    """Where it stands in the document, in units."""


class Library:
    """Documents and the segments that hold their fingerprints; never changed, shared by threads."""

    def __init__(
        self, fingerprinter: Fingerprinter, documents: Sequence[Document], base: Segment, tail: Segment = EMPTY
    ) -> None:
        """Take documents that one of the segments holds; what segments hold beside them is not seen."""
        self._fingerprinter = fingerprinter
        self.documents = tuple(documents)
        numbers = {(one.id, one.revision): number for number, one in enumerate(self.documents)}
        self._public = np.array([one.public for one in self.documents] + [False])
        self._shelves = [_Shelf(segment, numbers) for segment in (base, tail) if len(segment)]

    def quotes(self, plain: str, *, is_read: bool = False) -> list[Quote]:
        """Return what a text in the ``plain`` view has of each document.

        ``is_read``: it was read from pixels, so more of it is looked up.
        """
        row, places = units(plain)
        window = EVERY if is_read or len(row) <= SHORT else THIN
        grams = self._fingerprinter.of(row, window)
        found = self._matches(grams.keys, grams.places.astype(np.int64)) if self._shelves else {}
        runs = {number: quoted(sorted(matches)) for number, matches in found.items()}
        copies = _copies(runs.values(), len(row))
        quotes = [_quote(self.documents[number], own, copies, places) for number, own in runs.items() if own]
        return [quote for quote in quotes if quote.amount >= STRONG]

    def _matches(self, keys: Keys, places: Numbers) -> Mapping[int, list[Match]]:
        """Return the matches of each document that may be quoted, by its number."""
        blocks: list[tuple[Numbers, Numbers, Numbers]] = []
        total = 0
        for first in range(0, len(keys), BLOCK):
            block = slice(first, first + BLOCK)
            blocks.append(self._block(keys[block], places[block]))
            total += len(blocks[-1][0])
            if total > MOST_MATCHES:
                break
        if not total:
            return {}
        number, here, there = (np.concatenate(column) for column in zip(*blocks, strict=True))
        kept = np.isin(number, _likely(number, there - here))
        found: dict[int, list[Match]] = defaultdict(list)
        for owner, *match in zip(*(one[kept].tolist() for one in (number, here, there)), strict=True):
            found[owner].append((match[0], match[1]))
        return found

    def _block(self, keys: Keys, places: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return of each match its document's number and both places."""
        found = [shelf.find(keys) for shelf in self._shelves]
        none = np.zeros(0, np.int64)
        query, number, there = (np.concatenate([none, *column]) for column in zip(*found, strict=True))
        public = np.bincount(query, weights=self._public[number], minlength=len(keys)) > 0
        kept = ~public[query] & (np.bincount(query, minlength=len(keys))[query] <= MOST_COPIES)
        return number[kept], places[query[kept]], there[kept]


def _likely(number: Numbers, distance: Numbers) -> Numbers:
    """Return the documents with some matches at about the same distance, those with the most first.

    Phrases that everybody uses match here and there, each at a distance of its own.
    """
    best: dict[int, int] = {}
    for shift in (0, LANE // 2):
        lane = number << 34 | (distance + (1 << 33) + shift) // LANE
        lanes, counts = np.unique(lane, return_counts=True)
        many = counts >= FEWEST
        for owner, count in zip((lanes[many] >> 34).tolist(), counts[many].tolist(), strict=True):
            best[owner] = max(best.get(owner, 0), count)
    ranked = sorted(best, key=lambda owner: -best[owner])
    return np.array(ranked[:MOST_DOCUMENTS], np.int64)


def _copies(runs: Iterable[Sequence[Run]], length: int) -> Numbers:
    """Return for each unit of a text how many documents have it in a quotation."""
    steps = np.zeros(length + 1, np.int64)
    for own in runs:
        for start, end in merged((run.start, run.end) for run in own):
            steps[start] += 1
            steps[end] -= 1
    return np.cumsum(steps)[:length]


class _Shelf:
    """A segment, and which of its documents are still there."""

    def __init__(self, segment: Segment, numbers: Mapping[tuple[str, int], int]) -> None:
        self._segment = segment
        self._starts = np.array([one.start for one in segment.volumes], np.int64)
        self._numbers = np.array([numbers.get((one.id, one.revision), -1) for one in segment.volumes], np.int64)

    def find(self, keys: Keys) -> tuple[Numbers, Numbers, Numbers]:
        """Return for each match which hash it is of, its document's number and its place in the document."""
        low, high = self._segment.find(keys)
        copies = high - low
        copies[copies > MOST_COPIES] = 0
        query = np.repeat(np.arange(len(keys)), copies)
        ends = np.cumsum(copies)
        entry = np.arange(len(query)) - np.repeat(ends - copies, copies) + np.repeat(low, copies)
        places = self._segment.places[entry].astype(np.int64)
        volume = np.searchsorted(self._starts, places, "right") - 1
        number = self._numbers[volume]
        there = number >= 0
        return query[there], number[there], (places - self._starts[volume])[there]


def _quote(document: Document, runs: Sequence[Run], copies: Numbers, places: Places) -> Quote:
    joined = merged((run.start, run.end) for run in runs)
    there = merged((run.there_start, run.there_last + GRAM) for run in runs)
    spans = tuple((int(places[start]), int(places[end - 1]) + 1) for start, end in joined)
    # Runs lie upon one another where the document says a thing twice; it is quoted once.
    share = sum(end - start for start, end in joined) / sum(run.end - run.start for run in runs)
    amount = share * sum(run.amount * _weight(copies[run.start : run.end]) for run in runs)
    return Quote(document, amount, spans, tuple(joined), tuple(there))


def _weight(copies: Numbers) -> float:
    """Return what a passage weighs that so many documents have: 1, or less where it is boilerplate."""
    return float(np.minimum(1.0, COMMON / np.maximum(copies, 1)).mean())
