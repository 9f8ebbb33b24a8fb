"""What workers have done, counted in Redis: seconds by the kind of file, gaps by their reason.  No words, no person."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import cast

from backend.jobs.shared.broker import Redis

KEY = "look:counts"
SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
MOST_FIELDS = 1000


class Counting:
    """Counts, and tells the counts as Prometheus reads them."""

    def __init__(self, redis: Redis) -> None:
        """Take a client."""
        self._redis = redis

    def read(self, kind: str, gaps: tuple[str, ...], seconds: float) -> None:
        """Count a file that was read."""
        pipe = self._redis.pipeline(transaction=False)
        bounds = [*map(str, SECONDS), "+Inf"]
        pipe.hincrby(KEY, f"bucket {kind} {bounds[bisect.bisect_left(SECONDS, seconds)]}", 1)
        pipe.hincrbyfloat(KEY, f"sum {kind}", seconds)
        for reason in gaps[:20]:
            pipe.hincrby(KEY, f"gap {reason}", 1)
        if int(self._redis.hlen(KEY)) < MOST_FIELDS:
            pipe.execute()

    def lines(self) -> Iterator[str]:
        """Yield the counts of all workers together; raises :class:`redis.RedisError`."""
        held = cast(dict[bytes, bytes], self._redis.hgetall(KEY))
        found = {tuple(name.decode().split(" ")): float(number) for name, number in held.items()}
        yield "# TYPE secondlook_worker_gaps_total counter"
        for name, value in sorted(found.items()):
            if name[0] == "gap":
                yield f'secondlook_worker_gaps_total{{reason="{name[1]}"}} {value:.0f}'
        yield "# TYPE secondlook_read_seconds histogram"
        for kind in sorted({name[1] for name in found if name[0] == "bucket"}):
            yield from _histogram(kind, found)


def _histogram(kind: str, found: dict[tuple[str, ...], float]) -> Iterator[str]:
    total = 0.0
    for bound in (*map(str, SECONDS), "+Inf"):
        total += found.get(("bucket", kind, bound), 0.0)
        yield f'secondlook_read_seconds_bucket{{kind="{kind}",le="{bound}"}} {total:.0f}'
    yield f'secondlook_read_seconds_sum{{kind="{kind}"}} {found.get(("sum", kind), 0.0):.6f}'
    yield f'secondlook_read_seconds_count{{kind="{kind}"}} {total:.0f}'
