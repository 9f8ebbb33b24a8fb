"""How the parts stand that a server needs: for those who watch it, and for what sends requests to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import text

from backend.http.services import Services

State = Literal["up", "away", "none"]
KEEP_SECONDS = 1.0
"""A probe asks often, and anyone may ask: the answer is kept for a moment."""
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Standing:
    """Which parts answer; ``"none"`` where the installation has no such part."""

    database: State
    broker: State
    stopping: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Name what the server cannot do without: texts are checked also while the broker is away."""
        return (*(["database"] if self.database != "up" else []), *(["stopping"] if self.stopping else []))


def of(services: Services) -> Standing:
    """Ask the parts, or remember what they answered a moment ago."""
    with _lock:
        known = services.standing
        if known is None or time.monotonic() - known[0] >= KEEP_SECONDS:
            services.standing = known = (time.monotonic(), _ask(services))
    found: Standing = known[1]
    return Standing(found.database, found.broker, services.stopping)


def _ask(services: Services) -> Standing:
    return Standing(_database(services), _broker(services), services.stopping)


def _database(services: Services) -> State:
    try:
        with services.store.read() as connection:
            connection.execute(text("SELECT 1"))
    except Exception:  # each driver has errors of its own, and a probe must have an answer
        return "away"
    return "up"


def _broker(services: Services) -> State:
    if not services.config.broker:
        return "none"
    jobs: Any = services.jobs
    try:
        jobs.standing()
    except Exception:
        return "away"
    return "up"


def lines(services: Services) -> Iterator[str]:
    """Yield what Prometheus is told besides the counters: the parts, the queue, what workers have done."""
    found = of(services)
    yield "# TYPE secondlook_up gauge"
    for part in ("database", "broker"):
        if getattr(found, part) != "none":
            yield f'secondlook_up{{part="{part}"}} {int(getattr(found, part) == "up")}'
    if found.broker != "up":
        return
    from backend.jobs.shared.broker import RedisError
    from backend.jobs.shared.counting import Counting

    jobs: Any = services.jobs
    try:
        queue = jobs.standing()
        counted = list(Counting(jobs.ledger.redis).lines())
    except RedisError:
        return
    for name, value in (
        ("queue_waiting", queue.waiting),
        ("queue_oldest_seconds", queue.oldest_seconds),
        ("queue_reading", queue.taken),
        ("queue_bytes", queue.held),
        ("workers", queue.workers),
    ):
        yield f"# TYPE secondlook_{name} gauge"
        yield f"secondlook_{name} {value}"
    yield from counted
