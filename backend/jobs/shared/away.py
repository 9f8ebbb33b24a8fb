"""What stands in for Redis while it is away.

A server of one process reads the file in a child of its own, a few at a time.  Where there are several, the next
question may come to another one; so the id itself says, sealed, whose file it is, and whoever is asked answers with a
gap.  It never looks as if it had been read.
"""

from __future__ import annotations

import base64
import struct
import time
from contextlib import suppress
from dataclasses import replace

from backend.jobs import wire
from backend.jobs.desk import Job, Jobs, QueueFull
from backend.jobs.shared.vault import Unsealable, Vault
from backend.model import Gap, Reading

MARK = "away-"
REASON = "no_workers"
STAMP = struct.Struct(">d")
MOST_BYTES = 128_000_000
MOST_WAITING = 8


class Away:
    """The verbs of the desk, for files that came while Redis was away."""

    def __init__(self, vault: Vault, *, reads: bool, keep_seconds: float = 600) -> None:
        """Take whether files are read here, in this process's own child; it starts when the first comes."""
        self._vault, self._keep = vault, keep_seconds
        self._own = Jobs(keep_seconds=keep_seconds, max_bytes=MOST_BYTES, max_waiting=MOST_WAITING) if reads else None
        self._ids: dict[str, str] = {}

    @staticmethod
    def has(id: str) -> bool:
        """Return whether an id is one of these."""
        return id.startswith(MARK)

    def submit(self, name: str, media_type: str, data: bytes, owner: str) -> str:
        """Take a file and return its id at once."""
        stamp = STAMP.pack(time.time() + self._keep)
        id = MARK + base64.urlsafe_b64encode(self._vault.seal("away", owner, stamp)).rstrip(b"=").decode()
        if self._own is not None:
            with suppress(QueueFull):  # then it is a gap, as with those that are not read here
                self._ids[id] = self._own.submit(name, media_type, data, owner)
                self._sweep()
        return id

    def status(self, id: str, *, owner: str, wait: float, since: int | None) -> Job:
        """Return what was read of a file, or a gap; raises :class:`LookupError` for another's."""
        self._check(id, owner)
        own = self._ids.get(id)
        if own is not None and self._own is not None:
            with suppress(LookupError):
                job = self._own.status(own, owner=owner, wait=wait, since=since)
                return renamed(job, id)
        return gap(id, REASON)

    def cancel(self, id: str, *, owner: str) -> None:
        """Forget a file."""
        self._check(id, owner)
        own = self._ids.pop(id, None)
        if own is not None and self._own is not None:
            with suppress(LookupError):
                self._own.cancel(own, owner=owner)

    def own(self, id: str) -> tuple[Jobs, str] | None:
        """Return the desk that has read a file, and the file's id there."""
        known = self._ids.get(id)
        return (self._own, known) if self._own is not None and known is not None else None

    def release(self) -> None:
        """Let those who wait have the answer that there is now."""
        if self._own is not None:
            self._own.release()

    def close(self) -> None:
        """End the child."""
        if self._own is not None:
            self._own.close()

    def _check(self, id: str, owner: str) -> None:
        sealed = id.removeprefix(MARK)
        try:
            stamp = self._vault.open("away", owner, base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)))
        except (Unsealable, ValueError):
            raise LookupError("no such attachment") from None
        if STAMP.unpack(stamp)[0] < time.time():
            raise LookupError("no such attachment")

    def _sweep(self) -> None:
        while len(self._ids) > 1000:
            self._ids.pop(next(iter(self._ids)))


def gap(id: str, reason: str, name: str = "", media_type: str = "", size: int = 0) -> Job:
    """Return a file that was not read, and why."""
    return Job(id, name, media_type, size, "done", 1, 1, "steps", Reading(gaps=(Gap(id, reason),), copyable=False))


def renamed(job: Job, id: str) -> Job:
    """Return a file under another id."""
    return replace(job, id=id, reading=wire.labelled(job.reading, id))
