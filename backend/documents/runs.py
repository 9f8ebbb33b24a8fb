"""Tells a quotation from chance: fingerprints that follow one another as they do in the document.

One fingerprint is a phrase that anybody may write.  Fingerprints in the same order and at
about the same distances are a run; runs near one another, here and in the document, are a
region, whatever the order of their sentences.  Only a region with enough in it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from backend.documents.grams import GRAM, WINDOW

Match = tuple[int, int]
"""Where a fingerprint stands in the draft, and where in the document."""

MOST_APART = 64
"""Units between two fingerprints of one run; words put in or left out fall in between."""
DRIFT = 20
"""Units by which the two distances may differ."""
REGION_HERE, REGION_THERE = 240, 1200
"""Units between the runs of one region, in the draft and in the document."""
STRONG, STRONG_COUNT = 44, 4
"""What one run must have: a hundred letters have at least so much, wherever they begin."""
TOGETHER, TOGETHER_COUNT = 84, 7
"""What the shorter runs of one region must have together."""


@dataclass(slots=True)
class Run:
    """Fingerprints in order."""

    start: int
    last: int
    """Where its last fingerprint begins."""
    there_start: int
    there_last: int
    count: int

    @property
    def end(self) -> int:
        """Return the unit after its last."""
        return self.last + GRAM

    @property
    def amount(self) -> int:
        """Return the units that it vouches for: few fingerprints far apart vouch for little."""
        return min(self.end - self.start, GRAM + (self.count - 1) * WINDOW)


def quoted(matches: Sequence[Match]) -> list[Run]:
    """Return the runs of one document that are quotations, in order; ``matches`` are sorted."""
    found: list[Run] = []
    for region in _regions(sorted(_runs(matches), key=lambda run: run.start)):
        if _is_quotation(region):
            found.extend(region)
    return sorted(found, key=lambda run: run.start)


def _runs(matches: Iterable[Match]) -> Iterator[Run]:
    """Yield runs of two fingerprints and more."""
    going: list[Run] = []
    for here, there in matches:
        done = [run for run in going if here - run.last > MOST_APART]
        if done:
            yield from (run for run in done if run.count > 1)
            going = [run for run in going if here - run.last <= MOST_APART]
        fitting = [run for run in going if _continues(run, here, there)]
        if not fitting:
            going.append(Run(here, here, there, there, 1))
            continue
        run = min(fitting, key=lambda one: abs(there - one.there_last - here + one.last))
        run.last, run.there_last = here, there
        run.count += 1
    yield from (run for run in going if run.count > 1)


def _continues(run: Run, here: int, there: int) -> bool:
    step, step_there = here - run.last, there - run.there_last
    return step > 0 and step_there > 0 and abs(step_there - step) <= DRIFT


def _regions(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Yield runs that are near one another; each near to any of its region."""
    regions: list[list[Run]] = []
    for run in runs:
        home = next((region for region in reversed(regions[-8:]) if any(_is_near(run, one) for one in region[-8:])), [])
        if not home:
            regions.append(home)
        home.append(run)
    yield from regions


def _is_near(run: Run, other: Run) -> bool:
    there = max(run.there_start, other.there_start) - min(run.there_last, other.there_last)
    return run.start - other.end <= REGION_HERE and there <= REGION_THERE


def _is_quotation(region: Sequence[Run]) -> bool:
    if any(run.count >= STRONG_COUNT and run.amount >= STRONG for run in region):
        return True
    # Runs may lie upon one another, where a text says a thing again and again.
    covered = sum(end - start for start, end in merged((run.start, run.end) for run in region))
    share = covered / sum(run.end - run.start for run in region)
    return (
        len(region) > 1
        and share * sum(run.count for run in region) >= TOGETHER_COUNT
        and share * sum(run.amount for run in region) >= TOGETHER
    )


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, with those that touch made one.

    >>> merged([(5, 9), (0, 3), (2, 4)])
    [(0, 4), (5, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
