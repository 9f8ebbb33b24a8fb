"""Join the characters that weighed most into phrases that a person understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

MOST_PHRASES = 3
LONGEST = 40
"""Characters of a phrase."""
SHARE = 0.35
"""A character counts when it weighed at least this share of the heaviest one."""
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
Span = tuple[int, int]


def phrases(text: str, weights: NDArray[np.float32]) -> list[Span]:
    """Return the spans of ``text`` that weighed most, heaviest first; at most :data:`MOST_PHRASES`."""
    units = [match.span() for match in _UNIT.finditer(text)]
    if not units:
        return []
    starts, ends = np.array(units, dtype=np.intp).T
    sums = np.concatenate([[0.0], np.cumsum(weights, dtype=np.float64)])
    scores = ((sums[ends] - sums[starts]) / (ends - starts)).tolist()
    least = SHARE * max(scores)
    chosen = [(unit, score) for unit, score in zip(units, scores, strict=True) if score >= least and score > 0]
    runs = list(_joined(text, [unit for unit, _ in chosen]))
    ranked = sorted(runs, key=lambda run: sums[run[0]] - sums[run[1]])
    long_enough = [run for run in ranked if run[1] - run[0] > 1]
    return long_enough[:MOST_PHRASES]


def _joined(text: str, units: list[Span]) -> Iterator[Span]:
    """Yield runs of units that stand side by side, none longer than :data:`LONGEST`."""
    if not units:
        return
    start, end = units[0]
    for _, (low, high) in pairwise(units):
        if low - end <= 1 and "\n" not in text[end:low] and high - start <= LONGEST:
            end = high
        else:
            yield start, end
            start, end = low, high
    yield start, end
