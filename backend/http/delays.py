"""Failures to sign in, counted in Redis where several servers share one: a guesser gains nothing by their number."""

from __future__ import annotations

from typing import cast

from backend.config import Config
from backend.people.delays import FORGET_SECONDS, Delays, Memory, Shelf
from backend.store import Store

PREFIX = "look:delay:"
FREE_BY_ADDRESS = 20
"""Failures of one address before it waits: many people may stand behind one."""


class Shared:
    """Failures in Redis; while it is away, those of this process."""

    def __init__(self, url: str) -> None:
        """Take the address; nothing is asked yet."""
        from backend.jobs.shared.broker import connect

        self._redis = connect(url)
        self._own = Memory()

    def read(self, key: str) -> tuple[int, float]:
        """Return how many, and when the last was."""
        from redis import RedisError

        try:
            count, last = cast(list[bytes | None], self._redis.hmget(PREFIX + key, ["count", "last"]))
        except RedisError:
            return self._own.read(key)
        return int(count or 0), float(last or 0.0)

    def add(self, key: str, now: float) -> None:
        """Count one, here and there."""
        from redis import RedisError

        self._own.add(key, now)
        pipe = self._redis.pipeline()
        pipe.hincrby(PREFIX + key, "count", 1)
        pipe.hset(PREFIX + key, "last", str(now))
        pipe.expire(PREFIX + key, int(FORGET_SECONDS))
        try:
            pipe.execute()
        except RedisError:
            return

    def forget(self, key: str) -> None:
        """Forget them."""
        from redis import RedisError

        self._own.forget(key)
        try:
            self._redis.delete(PREFIX + key)
        except RedisError:
            return


def build(config: Config, store: Store) -> tuple[Delays, Delays]:
    """Return the delays by account and by address."""
    shelf: Shelf = Shared(config.broker) if config.broker else Memory()
    return Delays(shelf, store.clock), Delays(shelf, store.clock, free=FREE_BY_ADDRESS)
