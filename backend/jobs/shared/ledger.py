"""What waits, who has taken it and what came of it: the scripts of Redis as verbs.

Every verb raises :class:`redis.RedisError` when Redis is away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from backend.jobs.shared import scripts
from backend.jobs.shared.broker import Redis

READ, COPY = "read", "copy"
QUEUES = {COPY: "look.a-copy", READ: "look.b-read"}
"""Workers empty them in the order of their names: a person waits for a copy."""
LEASE_MS = 6_000
"""So long a worker that says nothing keeps what it has taken."""
ATTEMPTS = 2
QUIET_MS = 3_000
"""So long work waits, with no message left in a queue, before workers are told of it once more."""
WORKER_MS = 5_000


@dataclass(frozen=True, slots=True)
class State:
    """How far a piece of work is."""

    state: str
    done: int
    total: int
    unit: str
    size: int
    failed: str
    waited: float
    """Seconds since it came."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Work that this worker has, and the how-manieth attempt at it this is."""

    work: str
    attempt: str
    kind: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the queue stands."""

    waiting: int
    oldest_seconds: float
    taken: int
    held: int
    workers: int


class Ledger:
    """The verbs; safe to call from any thread and after a fork."""

    def __init__(self, redis: Redis) -> None:
        """Take a client; nothing is asked of Redis yet."""
        self.redis = redis
        names = ("JOIN", "PUT", "TAKE", "BEAT", "TELL", "GIVE_BACK", "TIDY", "FORGET", "ALIVE", "LOOK")
        self._scripts = {name: redis.register_script(scripts.COMMON + getattr(scripts, name)) for name in names}

    def _run(self, name: str, *arguments: Any) -> Any:
        return self._scripts[name](args=arguments)

    # What a desk does.

    def join(
        self,
        digest: str,
        id: str,
        meta: bytes,
        size: int,
        *,
        who: str,
        keep_ms: int,
        most_bytes: int,
        most_waiting: int,
        most_of_one: int,
    ) -> str | None:
        """Take an entry for bytes that are known already and return the work.

        ``""`` where they are not known, ``None`` where there is no room for them.
        """
        most = (most_bytes, most_waiting, who, most_of_one)
        found = self._run("JOIN", digest, id, meta, keep_ms, size, *most)
        return None if found is None else str(found.decode())

    def put(
        self,
        kind: str,
        work: str,
        sealed: bytes,
        *,
        keep_ms: int,
        digest: str = "",
        id: str = "",
        meta: bytes = b"",
        size: int = 0,
        who: str = "",
    ) -> None:
        """Lay sealed bytes down as new work."""
        self.redis.set(f"look:bytes:{work}", sealed, px=keep_ms)
        self._run("PUT", work, kind, digest, id, meta, keep_ms, size, len(sealed), who)

    def entry(self, id: str) -> tuple[str, bytes] | None:
        """Return the work of an entry and what is known of it, sealed."""
        work, meta = cast(list[bytes | None], self.redis.hmget(f"look:entry:{id}", "file", "meta"))
        return None if work is None or meta is None else (work.decode(), meta)

    def state(self, work: str) -> State | None:
        """Return how far a piece of work is."""
        pipe = self.redis.pipeline(transaction=False)
        pipe.hmget(f"look:work:{work}", "state", "done", "total", "unit", "size", "failed", "at")
        pipe.time()
        (state, done, total, unit, size, failed, at), (seconds, micros) = pipe.execute()
        if state is None:
            return None
        waited = max(0.0, seconds + micros / 1e6 - int(at) / 1000)
        counts = (int(done), max(1, int(total)))
        return State(state.decode(), *counts, unit.decode(), int(size), failed.decode(), waited)

    def reading(self, work: str) -> bytes | None:
        """Return what was read so far, sealed."""
        return cast(bytes | None, self.redis.get(f"look:reading:{work}"))

    def news(self, work: str) -> bytes:
        """Return the name of the last news of a piece of work."""
        last = cast(list[tuple[bytes, Any]], self.redis.xrevrange(f"look:news:{work}", count=1))
        return last[0][0] if last else b"0-0"

    def wait(self, work: str, after: bytes, seconds: float) -> None:
        """Wait until there is news after the one named, at most so long."""
        self.redis.xread({f"look:news:{work}": after}, count=1, block=max(1, int(seconds * 1000)))

    def forget(self, id: str, work: str) -> None:
        """Forget an entry, and what was kept for it alone."""
        self._run("FORGET", id, work)

    def workers(self) -> int:
        """Return how many workers live."""
        return int(self._run("ALIVE", "", 0))

    def look(self) -> Standing:
        """Return how the queue stands."""
        waiting, age, taken, held, workers = self._run("LOOK")
        return Standing(waiting, age / 1000, taken, held, workers)

    def tidy(self) -> Sequence[tuple[str, str]]:
        """Hand on what dead workers had; return ``(work, kind)`` of what workers must be told of."""
        found = [one.decode() for one in self._run("TIDY", ATTEMPTS, QUIET_MS, *QUEUES.values())]
        return list(zip(found[::2], found[1::2], strict=True))

    # What a worker does.

    def alive(self, worker: str) -> None:
        """Say that a worker lives."""
        self._run("ALIVE", worker, WORKER_MS)

    def gone(self, worker: str) -> None:
        """Say that a worker ends."""
        self.redis.zrem("look:workers", worker)

    def take(self, work: str) -> Taken | None:
        """Take work, if it still waits."""
        found = self._run("TAKE", work, LEASE_MS)
        return Taken(work, found[0].decode(), found[1].decode()) if found else None

    def beat(self, taken: Taken) -> bool:
        """Keep it a little longer; ``False`` when it was forgotten, or is another's now."""
        return bool(self._run("BEAT", taken.work, taken.attempt, LEASE_MS))

    def sealed(self, work: str) -> bytes | None:
        """Return the sealed bytes."""
        return cast(bytes | None, self.redis.get(f"look:bytes:{work}"))

    def tell(self, taken: Taken, done: int, total: int, unit: str, reading: bytes = b"") -> None:
        """Say how far it is, and what was read so far."""
        self._run("TELL", taken.work, taken.attempt, done, total, unit, reading, "0", "", "1", 600_000)

    def finish(
        self,
        taken: Taken,
        done: int = 1,
        total: int = 1,
        unit: str = "steps",
        reading: bytes = b"",
        *,
        failed: str = "",
        keeps: bool = False,
    ) -> None:
        """Say that it is done; the bytes are deleted unless it ``keeps`` them."""
        keep = "1" if keeps else "0"
        self._run("TELL", taken.work, taken.attempt, done, total, unit, reading, "1", failed, keep, 600_000)

    def give_back(self, taken: Taken) -> None:
        """Let another worker have it."""
        self._run("GIVE_BACK", taken.work, taken.attempt)
