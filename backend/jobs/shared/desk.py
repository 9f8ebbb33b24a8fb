"""What the web processes of a team ask: the verbs of :class:`backend.jobs.desk.Jobs`, over Redis.

Any process answers for any file.  Bytes, readings and names stand in Redis sealed, ten minutes at most; the bytes are
deleted when they have been read, but for those of a file in which something was seen and of which a safe copy may
still be asked for: they go with ``cancel`` or at their time.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from backend.jobs import wire
from backend.jobs.desk import Job, QueueFull
from backend.jobs.shared.away import REASON, Away
from backend.jobs.shared.broker import OutOfMemoryError, RedisError
from backend.jobs.shared.ledger import COPY, READ, Ledger, Standing, State
from backend.jobs.shared.vault import Meta, Unsealable, Vault
from backend.model import Box, Gap, Reading

PATIENCE = 45.0
"""Seconds that a file waits where no worker lives."""
OVERDUE = 300.0
"""Seconds after which a file that is neither read nor given up is a gap."""
SLICE = 1.0
COPY_SECONDS = 60.0
REST = 2.0
"""Seconds that an unreachable Redis is left alone."""

log = logging.getLogger("secondlook.jobs")


class SharedJobs:
    """The desk of one web process; safe to call from any thread and after a fork."""

    def __init__(
        self,
        ledger: Ledger,
        vault: Vault,
        tell: Callable[[str, str], None],
        *,
        reads_alone: bool,
        keep_seconds: float = 600,
        max_bytes: int = 1_000_000_000,
        max_waiting: int = 1000,
        patience: float = PATIENCE,
    ) -> None:
        """Take the way to Redis and how to tell workers of ``(work, kind)``; nothing is asked yet."""
        self.ledger, self._vault, self._tell = ledger, vault, tell
        self._keep_ms = int(keep_seconds * 1000)
        self._most_bytes, self._most_waiting, self._patience = max_bytes, max_waiting, patience
        self._most_of_one = max(1, max_waiting // 4)  # one person's files cannot keep out all others'
        self._away = Away(vault, reads=reads_alone, keep_seconds=keep_seconds)
        self._closed = threading.Event()
        self._tidied = self._rests_until = 0.0

    def submit(self, name: str, media_type: str, data: bytes, owner: str = "") -> str:
        """Take a file and return its id at once; raises :class:`QueueFull`."""
        if time.monotonic() < self._rests_until:
            return self._away.submit(name, media_type, data, owner)
        try:
            return self._submit(Meta(name, media_type, owner, len(data)), data)
        except OutOfMemoryError:
            raise QueueFull from None
        except RedisError as error:
            self._rest(error)
            return self._away.submit(name, media_type, data, owner)

    def _submit(self, meta: Meta, data: bytes) -> str:
        id, digest = secrets.token_urlsafe(12), self._vault.digest(data)
        sealed = self._vault.seal_meta(id, meta)
        who = self._vault.who(meta.owner)
        most = {"most_bytes": self._most_bytes, "most_waiting": self._most_waiting, "most_of_one": self._most_of_one}
        known = self.ledger.join(digest, id, sealed, len(data), who=who, keep_ms=self._keep_ms, **most)
        if known is None:
            raise QueueFull
        if not known:
            work = secrets.token_urlsafe(12)
            held = self._vault.seal("bytes", work, data)
            self.ledger.put(
                READ, work, held, keep_ms=self._keep_ms, digest=digest, id=id, meta=sealed, size=len(data), who=who
            )
            self._tell(work, READ)
        return id

    def status(self, id: str, *, owner: str = "", wait: float = 0, since: int | None = None) -> Job:
        """Return how far a file is; raises :class:`LookupError` where there is none of this owner's.

        Waits at most so many seconds until it is done, or, with ``since``, until ``done`` is larger.
        While Redis is away nothing is known of the file: it waits still.
        """
        if Away.has(id):
            return self._away.status(id, owner=owner, wait=wait, since=since)
        until = time.monotonic() + wait
        while True:
            left = min(until - time.monotonic(), SLICE)
            try:
                job = self._look(id, owner, left, since)
            except RedisError as error:
                self._rest(error)
                if left <= 0 or self._closed.wait(left):
                    return Job(id, "", "", 0, "queued", 0, 1, "steps", Reading())
                continue
            if job is not None:
                return job

    def _look(self, id: str, owner: str, left: float, since: int | None) -> Job | None:
        """Return how far a file is if that is news; else wait for news, a moment at most."""
        work, meta = self._entry(id, owner)
        last = self.ledger.news(work)
        state = self.ledger.state(work)
        if state is None:
            raise LookupError("no such attachment")
        state = self._judged(state)
        if state.state == "done" or (since is not None and state.done > since) or left <= 0 or self._closed.is_set():
            return self._job(id, work, meta, state)
        self._tidy()
        self.ledger.wait(work, last, left)
        return None

    def _judged(self, state: State) -> State:
        """Give up what nobody will read: no worker lives, or it is long overdue."""
        if state.state == "done":
            return state
        if state.waited > OVERDUE:
            return replace(state, state="done", failed="timeout")
        if state.state == "queued" and state.waited > self._patience and not self.ledger.workers():
            return replace(state, state="done", failed=REASON)
        return state

    def _job(self, id: str, work: str, meta: Meta, state: State) -> Job:
        sealed = self.ledger.reading(work)
        try:
            reading, is_whole = self._vault.open_reading(work, sealed) if sealed else (Reading(), False)
        except (Unsealable, msgspec.MsgspecError):
            reading, is_whole = Reading(), False
        failed = state.failed
        if state.state == "done" and not is_whole:  # whoever can write to Redis can say that it is done, and no more
            failed = failed or "crashed"
        if failed:
            reading = Reading(reading.parts, reading.signals, (Gap("", failed),), copyable=False)
        progress = (state.state, state.done, state.total, state.unit)
        return Job(id, meta.name, meta.media_type, meta.size, *progress, wire.labelled(reading, id))

    def _entry(self, id: str, owner: str) -> tuple[str, Meta]:
        found = self.ledger.entry(id)
        if found is None:
            raise LookupError("no such attachment")
        try:
            meta = self._vault.open_meta(id, found[1])
        except (Unsealable, msgspec.MsgspecError):
            raise LookupError("no such attachment") from None
        if not self._vault.is_same(meta.owner, owner):
            raise LookupError("no such attachment")
        return found[0], meta

    def cancel(self, id: str, *, owner: str = "") -> None:
        """Forget a file, its bytes and its reading; raises :class:`LookupError`.

        While Redis is away they go at their time.
        """
        if Away.has(id):
            self._away.cancel(id, owner=owner)
            return
        try:
            self.ledger.forget(id, self._entry(id, owner)[0])
        except RedisError as error:
            self._rest(error)

    def copy(
        self, id: str, *, owner: str = "", boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool
    ) -> tuple[bytes, str]:
        """Return a safe copy and its media type.

        Raises :class:`LookupError` for an unknown id and :class:`ValueError`, with the
        reason, where no copy can be made.
        """
        if Away.has(id):
            self._away.status(id, owner=owner, wait=0, since=None)
            own = self._away.own(id)
            if own is None:
                raise ValueError("forgotten")
            return own[0].copy(own[1], owner=owner, boxes=boxes, strip_metadata=strip_metadata)
        try:
            return self._copy(self._entry(id, owner)[0], boxes, strip_metadata)
        except RedisError as error:
            self._rest(error)
            raise ValueError("away") from None

    def _copy(self, of: str, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> tuple[bytes, str]:
        work = secrets.token_urlsafe(12)
        ask = wire.Ask("copy", name=of, boxes=tuple(boxes), strip_metadata=strip_metadata)
        sealed = self._vault.seal("ask", work, wire.encoded(ask))
        self.ledger.put(COPY, work, sealed, keep_ms=int(COPY_SECONDS * 1000))
        self._tell(work, COPY)
        until = time.monotonic() + COPY_SECONDS
        try:
            while time.monotonic() < until and not self._closed.is_set():
                last, state = self.ledger.news(work), self.ledger.state(work)
                if state is None or state.state == "done":
                    return self._copied(work, state)
                self._tidy()
                self.ledger.wait(work, last, SLICE)
        finally:
            self.ledger.forget("", work)
        raise ValueError("timeout")

    def _copied(self, work: str, state: State | None) -> tuple[bytes, str]:
        sealed = self.ledger.reading(work) if state is not None and not state.failed else None
        if sealed is None:
            raise ValueError(state.failed if state is not None else "timeout")
        try:
            media_type, _, data = self._vault.open("copied", work, sealed).partition(b"\n")
        except Unsealable:
            raise ValueError("crashed") from None
        return data, media_type.decode()

    def warm(self) -> None:
        """Do nothing: workers load their models when they start."""

    def release(self) -> None:
        """Let those who wait have the answer that there is now: this process is about to stop."""
        self._closed.set()
        self._away.release()

    def close(self) -> None:
        """Let those who wait have their answers, and end the child; what is in Redis stays for other processes."""
        self._closed.set()
        self._away.close()

    def held(self) -> int:
        """Return how many sealed bytes are in Redis."""
        return self.standing().held

    def standing(self) -> Standing:
        """Return how the queue stands; raises :class:`redis.RedisError` when Redis is away."""
        return self.ledger.look()

    def _tidy(self) -> None:
        """Do for dead workers what a living one does, for it may be that none lives."""
        now = time.monotonic()
        if now - self._tidied < SLICE:
            return
        self._tidied = now
        for work, kind in self.ledger.tidy():
            self._tell(work, kind)

    def _rest(self, error: BaseException) -> None:
        """Leave Redis alone for a moment; the kind of the error is logged, never its words."""
        if time.monotonic() >= self._rests_until:
            log.warning('{"event": "broker away", "kind": "%s"}', type(error).__name__)
        self._rests_until = time.monotonic() + REST
