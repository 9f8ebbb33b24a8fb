"""Nothing grows while a team's server works: memory, connections, keys.  The benchmark does the same for an hour."""

from __future__ import annotations

import pytest

from benchmarks.load import read, text
from benchmarks.soak import growth, work

SECONDS, RATE, ROUNDS = 18.0, 40.0, 6
SOME_MB = 12
"""Processes go on taking pages of their own of what they share at first, slower and slower: 7 MB in a minute."""

MOST_CONNECTIONS = 40
"""One a thread of two web processes and a few of the worker: a pool fills as threads meet, and a leak goes on."""


@pytest.fixture
def warm(team):
    """A team whose processes have each loaded what they load at the first need."""
    made = team.call("POST", "/v1/lists", {"name": "warming", "level": "note"}).json["id"]
    for number in range(12):
        assert team.call("POST", f"/v1/lists/{made}/terms", {"terms": [f"warming {number}"]}).status == 200
    read(team, [text(number) for number in range(20)], "text/plain")
    yield team
    assert team.call("DELETE", f"/v1/lists/{made}").status == 204


def test_steady_work_makes_nothing_grow(warm):
    samples = work(warm, SECONDS, RATE, ROUNDS)
    grown = growth(samples)
    assert grown["web_mb"] < SOME_MB, samples
    assert grown["worker_mb"] < SOME_MB, samples
    assert grown["database_connections"] <= 2, samples
    assert max(one.broker_connections for one in samples) <= MOST_CONNECTIONS, samples
    # What was read stays for ten minutes: three files a round, of some keys each.
    assert grown["broker_keys"] <= 3 * 6 * ROUNDS, samples
