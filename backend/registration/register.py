"""One file or text: read, made comparable, and kept as fingerprints; its words are forgotten."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from backend.documents import Fingerprinter, key
from backend.documents.grams import EVERY, WINDOW
from backend.documents.runs import STRONG
from backend.documents.segment import MOST_UNITS
from backend.documents.units import units
from backend.jobs import Jobs
from backend.model import Reading
from backend.store import Store, documents
from backend.store.documents import Entry
from backend.text.normalise import normalise

SECONDS = 1800.0
"""What reading one document may take: a scan of a thousand pages."""
LOOK = 0.5
LONGEST = 512_000_000

Tell = Callable[[int, int, str], None]
"""Told how far the reading is: done, total, unit."""


class Failed(Exception):
    """Nothing of a document could be registered, and why: a key of ``problems.toml``."""

    def __init__(self, problem: str) -> None:
        """Take the problem."""
        super().__init__(problem)
        self.problem = problem


class Cancelled(Exception):
    """The person does not want it any more."""


class Register:
    """Takes files in; has a worker of its own, so that drafts do not wait behind documents."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Take the store and the folder of the key; the worker starts with the first file."""
        self._store, self._folder = store, folder
        self._jobs: Jobs | None = None

    def close(self) -> None:
        """End the worker; the next file starts another."""
        jobs, self._jobs = self._jobs, None
        if jobs is not None:
            jobs.close()

    def digest(self, data: bytes) -> str:
        """Return what tells whether a file has been registered; keyed, so it tells nobody else."""
        return hashlib.blake2b(data, key=key.read_or_make(self._folder), digest_size=16).hexdigest()

    def known(self, data: bytes) -> Entry | None:
        """Return the document that was made of the same bytes, if there is one."""
        return documents.with_digest(self._store, self.digest(data), self._maker().id)

    def file(
        self,
        name: str,
        data: bytes,
        *,
        public: bool = False,
        id: str = "",
        instead_of: str | None = None,
        tell: Tell = lambda done, total, unit: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Entry:
        """Read a file and keep its fingerprints, under ``id`` or in the place of ``instead_of``.

        The same bytes are not kept twice.  Raises :class:`Failed` and :class:`Cancelled`.
        """
        known = self.known(data)
        if known is not None:
            return self._as(known, public)
        reading = self._read(name, data, tell, is_cancelled)
        if is_cancelled():  # also where the server stops, and with it the reader, in the middle of the file
            raise Cancelled
        text = "\n".join(part.text for part in reading.parts)
        gaps = tuple(dict.fromkeys(gap.reason for gap in reading.gaps))
        return self._keep(name, text, self.digest(data), public, id, gaps, instead_of)

    def text(self, name: str, text: str, *, public: bool = False, id: str = "") -> Entry:
        """Keep the fingerprints of a text; raises :class:`Failed`."""
        data = text.encode("utf-8", "surrogatepass")
        known = self.known(data)
        if known is not None:
            return self._as(known, public)
        return self._keep(name, text, self.digest(data), public, id, (), None)

    def _as(self, known: Entry, public: bool) -> Entry:
        return known if known.public == public else documents.change(self._store, known.id, {"public": public})

    def _maker(self) -> Fingerprinter:
        return Fingerprinter(key.read_or_make(self._folder))

    def _keep(
        self, name: str, text: str, digest: str, public: bool, id: str, gaps: tuple[str, ...], instead_of: str | None
    ) -> Entry:
        row, _ = units(normalise(text).plain)
        if len(row) < STRONG:
            raise Failed(gaps[0] if gaps else "too_short")
        if documents.all_units(self._store) + len(row) > MOST_UNITS:
            raise Failed("full")
        maker = self._maker()
        # Of what is public all is kept: wherever a quotation begins, none of it may count.
        found = maker.of_document(np.asarray(row), EVERY if public else WINDOW)
        entry = Entry(name, len(row), len(text), digest, maker.id, gaps, public, id)
        if instead_of is not None:
            return documents.replace_with(self._store, instead_of, entry, found.packed())
        return documents.add(self._store, entry, found.packed())

    def _read(self, name: str, data: bytes, tell: Tell, is_cancelled: Callable[[], bool]) -> Reading:
        if self._jobs is None:
            self._jobs = Jobs(
                keep_seconds=2 * SECONDS, max_bytes=LONGEST, limit_seconds=SECONDS + 60, read_seconds=SECONDS
            )
        jobs = self._jobs
        ticket = jobs.submit(name, "", data)
        try:
            done = -1
            while not is_cancelled():
                job = jobs.status(ticket, wait=LOOK, since=done)
                done = job.done
                tell(job.done, job.total, job.unit)
                if job.state == "done":
                    return job.reading
            raise Cancelled
        finally:
            jobs.cancel(ticket)
