"""Wrong tries to sign in, counted by all servers together in a real Redis."""

from __future__ import annotations

from backend.config import Config
from backend.http.delays import Shared
from backend.people.delays import Delays


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_guesser_gains_nothing_by_asking_another_server(redis):
    clock = Clock()
    one, two = (Delays(Shared(Config(broker=redis.url).broker), clock) for _ in range(2))
    for server in (one, two, one, two, one):
        assert server.left("account", "bao") == 0
        server.failed("account", "bao")
    assert two.left("account", "bao") == one.left("account", "bao") == 1
    clock.now += 1
    assert two.left("account", "bao") == 0
    two.failed("account", "bao")
    assert one.left("account", "bao") == 2 and one.left("account", "chi") == one.left("address", "bao") == 0
    two.succeeded("account", "bao")
    assert one.left("account", "bao") == 0


def test_while_redis_is_away_each_server_counts_for_itself():
    lost = Delays(Shared("redis://127.0.0.1:1/0"), Clock())
    for _ in range(5):
        lost.failed("account", "bao")
    assert lost.left("account", "bao") == 1
    lost.succeeded("account", "bao")
    assert lost.left("account", "bao") == 0
