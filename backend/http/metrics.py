"""Counters in the text form that Prometheus reads.

Labels are routes, statuses and levels from fixed sets, so that neither words nor
an unbounded number of series can get in.  Where several processes answer, each writes
what it has counted onto a board of memory that all share, and whoever is asked tells the sum.
"""

from __future__ import annotations

import bisect
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping

from backend.http.board import Board

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0)
PUBLISH_SECONDS = 1.0
NAMES = ("requests", "verdicts", "gaps")


class Metrics:
    """What the server has done since it started."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._verdicts: Counter[tuple[str, str]] = Counter()
        self._gaps: Counter[str] = Counter()
        self._buckets = [0] * (len(SECONDS) + 1)
        self._seconds = 0.0
        self._board: Board | None = None
        self._place = 0
        self._published = 0.0

    def request(self, method: str, route: str, status: int) -> None:
        """Count a request by its route's pattern."""
        with self._lock:
            self._requests[method, route, status] += 1

    def verdict(self, channel: str, level: str, gaps: tuple[str, ...], seconds: float) -> None:
        """Count a verdict, its gaps and the time it took."""
        with self._lock:
            self._verdicts[channel, level] += 1
            self._gaps.update(gaps)
            self._buckets[bisect.bisect_left(SECONDS, seconds)] += 1
            self._seconds += seconds

    def share(self, board: Board, place: int) -> None:
        """Count from now on as one of several processes, at a place of its own on their board."""
        self._board, self._place = board, place

    def publish(self, *, now: bool = False) -> None:
        """Write onto the board what was counted, each second at most."""
        if self._board is not None and (now or time.monotonic() - self._published >= PUBLISH_SECONDS):
            self._published = time.monotonic()
            self._board.write(self._place, self.counted())

    def counted(self) -> dict[str, float]:
        """Return every series of this process and its value; buckets are those of the verdicts up to their bound."""
        with self._lock:
            found: dict[str, float] = {}
            for (method, route, status), count in self._requests.items():
                labels = f'method="{method}",route="{route}",status="{status}"'
                found[f"secondlook_requests_total{{{labels}}}"] = count
            for (channel, level), count in self._verdicts.items():
                found[f'secondlook_verdicts_total{{channel="{channel}",level="{level}"}}'] = count
            for reason, count in self._gaps.items():
                found[f'secondlook_gaps_total{{reason="{reason}"}}'] = count
            total = 0
            for bound, count in zip((*SECONDS, "+Inf"), self._buckets, strict=True):
                total += count
                found[f'secondlook_check_seconds_bucket{{le="{bound}"}}'] = total
            return {**found, "secondlook_check_seconds_sum": self._seconds, "secondlook_check_seconds_count": total}

    def text(self, more: Iterable[str] = ()) -> str:
        """Return all of it as Prometheus reads it, with more lines behind."""
        self.publish(now=True)
        sums = self.counted() if self._board is None else self._board.sums()
        processes = 1 if self._board is None else self._board.processes()
        lines = [*_counters(sums), *_histogram(sums)]
        lines += ["# TYPE secondlook_processes gauge", f"secondlook_processes {processes}"]
        return "\n".join([*lines, *more]) + "\n"


def _counters(sums: Mapping[str, float]) -> Iterable[str]:
    for name in NAMES:
        yield f"# TYPE secondlook_{name}_total counter"
        for series in sorted(one for one in sums if one.startswith(f"secondlook_{name}_total")):
            yield f"{series} {sums[series]:.0f}"


def _histogram(sums: Mapping[str, float]) -> Iterable[str]:
    yield "# TYPE secondlook_check_seconds histogram"
    for bound in (*SECONDS, "+Inf"):
        series = f'secondlook_check_seconds_bucket{{le="{bound}"}}'
        yield f"{series} {sums.get(series, 0):.0f}"
    yield f"secondlook_check_seconds_sum {sums.get('secondlook_check_seconds_sum', 0.0):.6f}"
    yield f"secondlook_check_seconds_count {sums.get('secondlook_check_seconds_count', 0):.0f}"
