"""Find the phrases that a score rests on: the heaviest clauses, from their first heavy word to their last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

MOST_PHRASES = 3
LONGEST = 48
"""Characters of a phrase."""
HEAVY = 0.3
"""A word is heavy when it weighs this share of the heaviest one."""
WORTH = 0.45
"""A clause is worth telling when it weighs this share of the heaviest one."""
_CLAUSE = re.compile(r"[^.!?;:,\n。！？；：，、…]+")
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
Span = tuple[int, int]
Sums = NDArray[np.float64]


def phrases(text: str, weights: NDArray[np.float32]) -> list[Span]:
    """Return the spans of ``text`` that weighed most, heaviest first; at most :data:`MOST_PHRASES`."""
    units = [match.span() for match in _UNIT.finditer(text)]
    if not units:
        return []
    sums = np.concatenate([[0.0], np.cumsum(weights, dtype=np.float64)])
    starts, ends = np.array(units, dtype=np.intp).T
    scores = (sums[ends] - sums[starts]) / (ends - starts)
    least = HEAVY * float(scores.max())
    heavy = [unit for unit, score in zip(units, scores.tolist(), strict=True) if score >= least and score > 0]
    told = sorted(_spans(text, heavy, sums), key=lambda span: sums[span[0]] - sums[span[1]])
    if not told:
        return []
    best = sums[told[0][1]] - sums[told[0][0]]
    return [span for span in told[:MOST_PHRASES] if sums[span[1]] - sums[span[0]] >= WORTH * best]


def _spans(text: str, heavy: list[Span], sums: Sums) -> Iterator[Span]:
    """Yield for every clause that has heavy words the stretch between them, cut where it grows too long."""
    begins = [start for start, _ in heavy]
    for clause in _CLAUSE.finditer(text):
        # A word never reaches over the end of a clause, so where it starts is enough.
        inside = heavy[bisect_left(begins, clause.start()) : bisect_left(begins, clause.end())]
        if inside:
            yield _tightest(inside, sums)


def _tightest(units: list[Span], sums: Sums) -> Span:
    """Return the heaviest stretch from one unit to another that is no longer than :data:`LONGEST`."""
    best = (-np.inf, units[0])
    for at, (start, _) in enumerate(units):
        for _, end in units[at:]:
            if end - start > LONGEST:
                break
            best = max(best, (float(sums[end] - sums[start]), (start, end)))
    return best[1]
