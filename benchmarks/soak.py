"""Work steadily for long, and see that nothing grows: memory, connections, keys.

    python -m benchmarks.load --soak 3600

A tenth of the machine's most checks, a text file and a change of a list now and then, from a few people.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.load import fill, load_of, memory_of, read, team, text
from benchmarks.rates import steady
from tests.team.team import Team

RATE = 100.0
__all__ = ["Sample", "fill", "growth", "run", "sample", "work"]


@dataclass
class Sample:
    """What is in use at one moment."""

    at: float
    web_mb: float
    worker_mb: float
    database_connections: int
    broker_connections: int
    broker_keys: int
    broker_mb: float


def run(seconds: float) -> dict[str, Any]:
    """Work and return samples, and what has grown since a sixth of the time was over."""
    with team(processes=2, workers=1) as whole:
        samples = work(whole, seconds)
    return {"seconds": seconds, "samples": [asdict(one) for one in samples], "growth": growth(samples)}


def work(whole: Team, seconds: float, rate: float = RATE, rounds: int = 30) -> list[Sample]:
    """Work in rounds and take a sample after each."""
    load = load_of(whole)
    made = whole.call("POST", "/v1/lists", {"name": "soak", "level": "note"}).json
    began, samples = time.monotonic(), []
    for number in range(rounds):
        outcome = steady(load, rate, seconds / rounds)
        if outcome.failed:
            raise SystemExit(f"{outcome.failed} checks were not answered")
        read(whole, [text(number * 10 + one) for one in range(3)], "text/plain")
        whole.call("POST", f"/v1/lists/{made['id']}/terms", {"terms": [f"soaked term {number}"]})
        samples.append(sample(whole, time.monotonic() - began))
    whole.call("DELETE", f"/v1/lists/{made['id']}")
    return samples


def sample(whole: Team, at: float) -> Sample:
    """Return what is in use now."""
    import psycopg
    import redis

    where = whole.database.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(where) as connection:
        counted = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        row = counted.fetchone()
    client: Any = redis.Redis.from_url(whole.broker)
    try:
        facts = client.info()
        own = str(client.connection_pool.connection_kwargs["db"])
        connected = sum(one["db"] == own for one in client.client_list())
        keys = int(client.dbsize())
    finally:
        client.close()
    return Sample(
        round(at, 1),
        round(memory_of(whole.web), 1),
        round(memory_of(whole.worker), 1),
        row[0] if row else 0,
        connected,
        keys,
        round(facts["used_memory"] / 2**20, 1),
    )


def growth(samples: list[Sample]) -> dict[str, float]:
    """Return by how much each number is larger in the last third than in the second sixth, at their middles."""
    sixth = max(1, len(samples) // 6)
    early, late = samples[sixth : 2 * sixth], samples[-2 * sixth :]
    return {
        name: round(_middle([getattr(one, name) for one in late]) - _middle([getattr(one, name) for one in early]), 1)
        for name in Sample.__dataclass_fields__
        if name != "at"
    }


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
