"""Counters in the text form that Prometheus reads.

Labels are routes, statuses and levels from fixed sets, so that neither words nor
an unbounded number of series can get in.
"""

from __future__ import annotations

import bisect
import threading
from collections import Counter

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0)


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

    def text(self) -> str:
        """Return all of it as Prometheus reads it."""
        with self._lock:
            lines = [*self._counters(), *self._histogram()]
        return "\n".join(lines) + "\n"

    def _counters(self) -> list[str]:
        lines = ["# TYPE secondlook_requests_total counter"]
        for (method, route, status), count in sorted(self._requests.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            lines.append(f"secondlook_requests_total{{{labels}}} {count}")
        lines.append("# TYPE secondlook_verdicts_total counter")
        for (channel, level), count in sorted(self._verdicts.items()):
            lines.append(f'secondlook_verdicts_total{{channel="{channel}",level="{level}"}} {count}')
        lines.append("# TYPE secondlook_gaps_total counter")
        lines.extend(f'secondlook_gaps_total{{reason="{reason}"}} {n}' for reason, n in sorted(self._gaps.items()))
        return lines

    def _histogram(self) -> list[str]:
        lines, total = ["# TYPE secondlook_check_seconds histogram"], 0
        for bound, count in zip((*SECONDS, "+Inf"), self._buckets, strict=True):
            total += count
            lines.append(f'secondlook_check_seconds_bucket{{le="{bound}"}} {total}')
        return [*lines, f"secondlook_check_seconds_sum {self._seconds:.6f}", f"secondlook_check_seconds_count {total}"]
