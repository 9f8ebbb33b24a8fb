"""Takes files in, has them read one after another, and tells how far they are.

Files live in memory only, for ten minutes at most.  Equal bytes are read once: a second
file of the same content gets the first one's reading under an id of its own.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from backend.jobs import wire
from backend.jobs.process import Failed, Process
from backend.model import Box, Gap, Reading

SWEEP_SECONDS = 15.0


class QueueFull(Exception):
    """Too many files wait, or they are too large together; try again in a moment."""


@dataclass(frozen=True)
class Job:
    """A file and how far it has been read."""

    id: str
    name: str
    media_type: str
    size: int
    state: str
    """``"queued"``, ``"reading"`` or ``"done"``."""
    done: int
    total: int
    unit: str
    reading: Reading
    """What was read so far."""


@dataclass
class File:
    """Bytes and what was read of them; shared by all entries of the same content."""

    digest: bytes
    data: bytes
    state: str = "queued"
    done: int = 0
    total: int = 1
    unit: str = "steps"
    reading: Reading = field(default_factory=Reading)
    failed: bool = False
    owners: int = 0
    size: int = 0


@dataclass
class Entry:
    """One submitted file."""

    id: str
    name: str
    media_type: str
    owner: str
    expires: float
    file: File


class Jobs:
    """The desk; safe to call from any thread."""

    def __init__(
        self,
        *,
        keep_seconds: float = 600,
        max_bytes: int = 256_000_000,
        max_waiting: int = 64,
        limit_seconds: float = 60,
        read_seconds: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the limits; neither thread nor process starts before there is work."""
        self._keep, self._max_bytes, self._max_waiting, self._clock = keep_seconds, max_bytes, max_waiting, clock
        self._read_seconds = read_seconds
        self._news = threading.Condition()
        self._entries: dict[str, Entry] = {}
        self._files: dict[bytes, File] = {}
        self._queue: deque[tuple[File | None, wire.Ask, Future[tuple[bytes, str]] | None]] = deque()
        self._reading: File | None = None
        self._process = Process(limit_seconds)
        weakref.finalize(self, self._process.end)  # also when the interpreter ends and nobody has closed it
        self._thread: threading.Thread | None = None
        self._closed = self._released = False

    def submit(self, name: str, media_type: str, data: bytes, owner: str = "") -> str:
        """Take a file and return its id at once; raises :class:`QueueFull`."""
        digest = hashlib.sha256(data).digest()
        with self._news:
            self._sweep()
            file = self._files.get(digest)
            if file is None or file.failed:
                file = self._take(digest, data)
            file.owners += 1
            id = secrets.token_urlsafe(12)
            self._entries[id] = Entry(id, name, media_type, owner, self._clock() + self._keep, file)
            return id

    def status(self, id: str, *, owner: str = "", wait: float = 0, since: int | None = None) -> Job:
        """Return how far a file is; raises :class:`LookupError` where there is none of this owner's.

        Waits at most so many seconds until it is done, or, with ``since``, until ``done`` is larger.
        """
        until = time.monotonic() + wait
        with self._news:
            while True:
                entry = self._entry(id, owner)
                file = entry.file
                left = until - time.monotonic()
                is_news = file.state == "done" or (since is not None and file.done > since)
                if is_news or left <= 0 or self._closed or self._released:
                    return _job(entry)
                self._news.wait(min(left, 1.0))

    def cancel(self, id: str, *, owner: str = "") -> None:
        """Forget a file, its bytes and its reading; raises :class:`LookupError`."""
        with self._news:
            self._forget(self._entry(id, owner))
            self._news.notify_all()

    def copy(
        self, id: str, *, owner: str = "", boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool
    ) -> tuple[bytes, str]:
        """Return a safe copy and its media type.

        Raises :class:`LookupError` for an unknown id and :class:`ValueError`, with the
        reason, where no copy can be made.
        """
        answer: Future[tuple[bytes, str]] = Future()
        with self._news:
            file = self._entry(id, owner).file
            if not file.data and file.size:
                raise ValueError("forgotten")
            ask = wire.Ask("copy", boxes=tuple(boxes), strip_metadata=strip_metadata)
            self._queue.appendleft((file, ask, answer))  # a person waits for it
            self._go()
        return answer.result()

    def warm(self) -> None:
        """Start the worker and load its models, without waiting for it."""
        with self._news:
            self._queue.append((None, wire.Ask("warm"), None))
            self._go()

    def release(self) -> None:
        """Let those who wait have the answer that there is now: the server is about to stop."""
        with self._news:
            self._released = True
            self._news.notify_all()

    def close(self) -> None:
        """End the worker and forget everything."""
        with self._news:
            self._closed = True
            for _file, _ask, answer in self._queue:
                if answer is not None:
                    answer.set_exception(ValueError("closed"))
            self._queue.clear()
            self._entries.clear()
            self._files.clear()
            self._news.notify_all()
            thread = self._thread
        self._process.end()
        if thread is not None:
            thread.join(10)

    @property
    def worker(self) -> int | None:
        """The worker's process id, where one lives."""
        return self._process.pid

    def held(self) -> int:
        """Return how many bytes of files are in memory."""
        with self._news:
            self._sweep()
            return sum(len(file.data) for file in self._files.values())

    # Everything below is called with the lock held, but for what the thread does.

    def _take(self, digest: bytes, data: bytes) -> File:
        waiting = sum(ask.verb == "read" for _, ask, _ in self._queue)
        if self._closed or waiting >= self._max_waiting or not self._room(len(data)):
            raise QueueFull
        old = self._files.get(digest)
        if old is not None:
            old.digest = b""  # failed; its entries keep their gap
        file = self._files[digest] = File(digest, data, size=len(data))
        self._queue.append((file, wire.Ask("read", seconds=self._read_seconds), None))
        self._go()
        return file

    def _room(self, wanted: int) -> bool:
        """Make room by forgetting the bytes, not the readings, of what was read longest ago."""
        held = sum(len(file.data) for file in self._files.values())
        for file in self._files.values():
            if held + wanted <= self._max_bytes:
                break
            if file.state == "done":
                held -= len(file.data)
                file.data = b""
        return held + wanted <= self._max_bytes

    def _entry(self, id: str, owner: str) -> Entry:
        self._sweep()
        entry = self._entries.get(id)
        if entry is None or not secrets.compare_digest(entry.owner.encode(), owner.encode()):
            raise LookupError("no such attachment")
        return entry

    def _sweep(self) -> None:
        now = self._clock()
        for entry in [entry for entry in self._entries.values() if entry.expires <= now]:
            self._forget(entry)

    def _forget(self, entry: Entry) -> None:
        del self._entries[entry.id]
        file = entry.file
        file.owners -= 1
        if file.owners:
            return
        if self._files.get(file.digest) is file:
            del self._files[file.digest]
        file.data, file.reading = b"", Reading()
        kept = deque(item for item in self._queue if item[0] is not file or item[2] is not None)
        self._queue.clear()
        self._queue.extend(kept)
        if self._reading is file:
            self._process.hurry()

    def _go(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="attachments", daemon=True)
            self._thread.start()
        self._news.notify_all()

    def _work(self) -> None:
        while True:
            with self._news:
                while not self._queue and not self._closed:
                    self._news.wait(SWEEP_SECONDS)
                    self._sweep()
                if self._closed:
                    return
                file, ask, answer = self._queue.popleft()
                data = file.data if file is not None else b""
                if file is not None and answer is None:
                    file.state, self._reading = "reading", file
                    self._news.notify_all()
            if answer is not None:
                self._answer(ask, data, answer)
            else:
                self._read(file, ask, data)

    def _read(self, file: File | None, ask: wire.Ask, data: bytes) -> None:
        def hear(heard: wire.Answer) -> None:
            if file is not None:
                self._tell(file, heard)

        try:
            last, _ = self._process.ask(ask, data, hear)
            hear(last)
        except Failed as failure:
            if file is not None:
                reading = Reading(file.reading.parts, file.reading.signals, (Gap("", failure.reason),), copyable=False)
                file.failed = True
                self._tell(file, wire.Answer(last=True, done=file.total, total=file.total, reading=reading))

    def _tell(self, file: File, heard: wire.Answer) -> None:
        with self._news:
            file.done, file.total, file.unit = heard.done, max(1, heard.total), heard.unit or file.unit
            if heard.reading is not None and file.owners:
                file.reading = heard.reading
            if heard.last:
                file.state, self._reading = "done", None
            self._news.notify_all()

    def _answer(self, ask: wire.Ask, data: bytes, answer: Future[tuple[bytes, str]]) -> None:
        try:
            last, copied = self._process.ask(ask, data)
        except Failed as failure:
            answer.set_exception(ValueError(failure.reason))
            return
        if last.refused:
            answer.set_exception(ValueError(last.refused))
        else:
            answer.set_result((copied, last.media_type))


def _job(entry: Entry) -> Job:
    file = entry.file
    reading = wire.labelled(file.reading, entry.id)
    state, done, total = file.state, file.done, file.total
    return Job(entry.id, entry.name, entry.media_type, file.size, state, done, total, file.unit, reading)
