"""Limits that all servers of a team count together, in Redis; each counts alone while Redis is away.

The names of keys hold no address: who reads Redis learns neither who asked nor from where.  There are so few of them
that who asks from many addresses cannot fill the memory; one caller in 65,536 shares one with another.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import fields
from typing import Any

from backend.http.limits import RateLimit
from backend.http.services import Services
from backend.jobs.shared.broker import Redis, RedisError
from backend.team.secret import Secret

REST = 2.0
PLACES = 1 << 16

SCRIPT = """
local at_most, window, place = tonumber(ARGV[1]), tonumber(ARGV[2]), 'look:limit:' .. ARGV[3]
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', place, '-inf', now - window)
if redis.call('ZCARD', place) >= at_most then return 0 end
redis.call('ZADD', place, now, t[1] .. '.' .. t[2] .. '.' .. redis.call('ZCARD', place))
redis.call('PEXPIRE', place, window)
return 1
"""


class SharedLimit(RateLimit):
    """So many events within so many seconds for each key, on all servers together."""

    def __init__(self, name: str, alone: RateLimit, redis: Redis, key: bytes) -> None:
        """Take the limit that counts here while Redis is away."""
        super().__init__(alone.at_most, alone.seconds)
        self._name, self._key = name, key
        self._script = redis.register_script(SCRIPT)
        self._rests_until = 0.0

    def allows(self, key: str) -> bool:
        """Count an event and return whether it is within the limit."""
        if time.monotonic() < self._rests_until:
            return super().allows(key)
        digest = hashlib.blake2b(f"{self._name} {key}".encode(), key=self._key, digest_size=8).digest()
        place = f"{self._name}:{int.from_bytes(digest) % PLACES:x}"
        try:
            return bool(self._script(args=(self.at_most, int(self.seconds * 1000), place)))
        except RedisError:
            self._rests_until = time.monotonic() + REST
            return super().allows(key)


def share(services: Services, secret: Secret) -> None:
    """Have every rate limit of a server counted with those of the other servers."""
    key = secret.key("names of limits")
    jobs: Any = services.jobs
    for one in fields(services):
        limit = getattr(services, one.name)
        if isinstance(limit, RateLimit):
            setattr(services, one.name, SharedLimit(one.name, limit, jobs.ledger.redis, key))
