"""What a worker does with a file: takes it, reads it in the sandboxed child, tells how far it is, gives it up.

A thread beside it renews the lease, so that another worker takes the file within seconds when this one dies; and it
hands on what other dead workers had.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import msgspec

from backend.jobs import wire
from backend.jobs.process import Failed, Process
from backend.jobs.shared.broker import RedisError
from backend.jobs.shared.counting import Counting
from backend.jobs.shared.ledger import COPY, Ledger, Taken
from backend.jobs.shared.vault import Unsealable, Vault
from backend.model import Reading

BEAT = 1.0
LIMIT_SECONDS = 60.0
KIND = re.compile(r"[a-z]{1,20}\Z")
TRIES = 5

log = logging.getLogger("secondlook.jobs")


class Reader:
    """One worker's hands; ``read`` is called by one thread."""

    def __init__(
        self,
        ledger: Ledger,
        vault: Vault,
        tell: Callable[[str, str], None],
        *,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        """Take the way to Redis and how to tell other workers of ``(work, kind)``."""
        self.name = secrets.token_hex(8)
        self._ledger, self._vault, self._tell = ledger, vault, tell
        self._counting = Counting(ledger.redis)
        self._process = Process(limit_seconds)
        self._taken: Taken | None = None
        self._ended = threading.Event()
        self._beats = threading.Thread(target=self._beat, name="beat", daemon=True)

    def start(self, *, warm: bool = True) -> None:
        """Begin to be alive, and load the models."""
        self._beats.start()
        if warm:
            threading.Thread(target=self._warm, name="warm", daemon=True).start()

    def end(self) -> None:
        """End the child; a file in hand goes to another worker."""
        self._ended.set()
        with suppress(RedisError):
            if self._taken is not None:
                self._ledger.give_back(self._taken)
            self._ledger.gone(self.name)
        self._process.end()

    def work(self, work: str) -> None:
        """Do a piece of work, unless another has it already; what goes wrong is told as a gap, and never raised."""
        began = time.monotonic()
        try:
            taken = self._ledger.take(work)
            if taken is None:
                return
            self._taken = taken
            try:
                what = self._copy(taken) if taken.kind == COPY else self._read(taken)
            finally:
                self._taken = None
        except RedisError as error:
            self._log(event="work lost", kind=type(error).__name__)  # its lease ends, and another reads it
            return
        self._log(event=taken.kind, result=what, seconds=round(time.monotonic() - began, 3), attempt=taken.attempt)

    def _read(self, taken: Taken) -> str:
        began = time.monotonic()
        data = self._data(taken, "bytes")
        if data is None:
            self._surely(partial(self._ledger.finish, taken, failed="crashed"))
            return "unsealable"
        hearing = _Hearing(self._ledger, self._vault, taken)
        try:
            last, _ = self._process.ask(wire.Ask("read"), data, hearing)
        except Failed as failure:
            self._surely(partial(self._ledger.finish, taken, hearing.total, hearing.total, failed=failure.reason))
            self._count("unknown", (failure.reason,), time.monotonic() - began)
            return failure.reason
        reading = last.reading or Reading()
        sealed = self._vault.seal_reading(taken.work, reading, final=True)
        how_far = (last.done, max(1, last.total), last.unit or "steps")
        self._surely(partial(self._ledger.finish, taken, *how_far, sealed, keeps=_is_wanted(reading)))
        kind = last.kind if KIND.match(last.kind) else "unknown"
        self._count(kind, tuple(gap.reason for gap in reading.gaps), time.monotonic() - began)
        return kind

    def _copy(self, taken: Taken) -> str:
        sealed = self._data(taken, "ask")
        ask = msgspec.json.decode(sealed, type=wire.Ask) if sealed else None
        held = self._ledger.sealed(ask.name) if ask else None
        if ask is None or held is None:
            self._surely(partial(self._ledger.finish, taken, failed="forgotten"))
            return "forgotten"
        try:
            last, copied = self._process.ask(ask, self._vault.open("bytes", ask.name, held))
        except (Failed, Unsealable) as failure:
            self._surely(partial(self._ledger.finish, taken, failed=getattr(failure, "reason", "crashed")))
            return "failed"
        if last.refused:
            self._surely(partial(self._ledger.finish, taken, failed=last.refused[:40]))
            return "refused"
        result = self._vault.seal("copied", taken.work, last.media_type.encode() + b"\n" + copied)
        self._surely(partial(self._ledger.finish, taken, reading=result))
        return "copied"

    def _data(self, taken: Taken, kind: str) -> bytes | None:
        sealed = self._ledger.sealed(taken.work)
        try:
            return None if sealed is None else self._vault.open(kind, taken.work, sealed)
        except Unsealable:
            self._log(event="another secret: this worker cannot open what the server sealed")
            return None

    def _surely(self, tell: Callable[[], None]) -> None:
        """Tell the end of a work, also to a Redis that is away for a moment: it is not to be done twice."""
        for left in reversed(range(TRIES)):
            try:
                return tell()
            except RedisError:
                if not left or self._ended.wait(0.5):
                    raise

    def _count(self, kind: str, gaps: tuple[str, ...], seconds: float) -> None:
        with suppress(RedisError):  # a count is not worth a file
            self._counting.read(kind, gaps, seconds)

    def _beat(self) -> None:
        while True:
            with suppress(RedisError):
                self._beat_once()
            if self._ended.wait(BEAT):
                return

    def _beat_once(self) -> None:
        self._ledger.alive(self.name)
        taken = self._taken
        if taken is not None and not self._ledger.beat(taken) and taken is self._taken:
            self._process.hurry()
        for work, kind in self._ledger.tidy():
            self._tell(work, kind)

    def _warm(self) -> None:
        try:
            self._process.ask(wire.Ask("warm"))
        except Failed:
            self._log(event="models not loaded")

    def _log(self, **facts: object) -> None:
        log.info(msgspec.json.encode({"worker": self.name, **facts}).decode())


class _Hearing:
    """Passes on what the child tells before it has finished."""

    def __init__(self, ledger: Ledger, vault: Vault, taken: Taken) -> None:
        self._ledger, self._vault, self._taken = ledger, vault, taken
        self._quiet_until = 0.0
        self.total = 1

    def __call__(self, heard: wire.Answer) -> None:
        self.total = max(1, heard.total)
        began = time.monotonic()
        if began < self._quiet_until:
            return
        sealed = b""
        if heard.reading is not None:
            sealed = self._vault.seal_reading(self._taken.work, heard.reading, final=False)
        try:
            self._ledger.tell(self._taken, heard.done, self.total, heard.unit or "steps", sealed)
        except RedisError:
            return  # the end will be told
        now = time.monotonic()
        # The text of a long document grows with each page: telling it takes a tenth of the time at most.
        self._quiet_until = now + 9 * (now - began)


def _is_wanted(reading: Reading) -> bool:
    """Tell whether a safe copy may be asked for: one can be made, and there is something to cover or to strip."""
    return reading.copyable and bool(reading.signals or any(part.text for part in reading.parts))
