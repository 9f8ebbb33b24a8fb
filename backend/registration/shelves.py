"""The library of an installation: most of it in one mapped file, the newest documents in memory.

The store holds the fingerprints of each document; the file is made of them, sorted, so that a
start costs nothing.  It says itself which documents it holds: if it is lost, old or half
written it is made anew, and two processes that write it do no harm.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from backend.config import Config
from backend.documents import Document, Fingerprinter, Grams, Library, key
from backend.documents.segment import EMPTY, Segment, open_file, write_file
from backend.store import Store, documents
from backend.store.documents import Entry
from backend.store.in_force import open_for

NAME = "documents-{number:06}.index"
PATTERN = "documents-*.index"
MOST_LOOSE = 1_000_000
"""Fingerprints in memory; about 24 MB while they are sorted.  More are merged into the file."""
FEW_LOOSE = 50_000
"""Fewer than these are not worth writing the file anew."""

Name = tuple[str, int]
"""A document's id and revision."""


class Shelves:
    """The library, renewed when it is asked for; safe to call from any thread."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Take the store and the folder that holds the key and the file; nothing is read yet."""
        self._store, self._folder = store, folder
        self._lock = threading.Lock()
        self._base, self._path = EMPTY, Path()
        self._loose: dict[Name, tuple[str, int, int, Grams]] = {}
        self._tail, self._tail_of = EMPTY, frozenset[Name]()

    def library(self) -> Library | None:
        """Return what the store holds now, ``None`` where no document can be looked for."""
        with self._lock:
            return self._library()

    def tidy(self) -> None:
        """Write the file anew where much is loose, and to forget documents that are gone."""
        with self._lock:
            if self._library() is None:
                self._write(EMPTY, set())
                return
            alive = self._alive()
            held = {(one.id, one.revision) for one in self._base.volumes}
            if held - alive or len(self._tail) > FEW_LOOSE:
                self._write(self._tail, alive)

    def _library(self) -> Library | None:
        secret = key.read(self._folder)
        entries = documents.read_all(self._store) if secret else []
        maker = Fingerprinter(secret) if secret else None
        usable = [one for one in entries if maker and one.key == maker.id]
        if maker is None or not usable:
            self._base, self._loose, self._tail, self._tail_of = EMPTY, {}, EMPTY, frozenset()
            return None
        self._open_newest()
        self._gather(usable)
        found = [Document(one.id, one.name, one.units, one.revision, one.public) for one in usable]
        return Library(maker, found, self._base, self._tail)

    def _gather(self, entries: Sequence[Entry]) -> None:
        """Load what the file does not hold, and merge it into the file where it is much."""
        alive = {(one.id, one.revision): one.units for one in entries}
        missing = set(alive) - {(one.id, one.revision) for one in self._base.volumes}
        self._loose = {name: one for name, one in self._loose.items() if name in missing}
        wanted = [id for id, revision in missing if (id, revision) not in self._loose]
        count = sum(len(one[3]) for one in self._loose.values())
        for id, revision, packed in documents.grams(self._store, wanted):
            if (id, revision) not in alive:
                continue  # changed since its entry was read: the next look brings it
            self._loose[id, revision] = (id, revision, alive[id, revision], Grams.unpacked(packed))
            count += len(self._loose[id, revision][3])
            if count > MOST_LOOSE:
                self._write(Segment.of(list(self._loose.values())), set(alive))
                count = 0
        if self._tail_of != frozenset(self._loose):
            self._tail, self._tail_of = Segment.of(list(self._loose.values())), frozenset(self._loose)

    def _open_newest(self) -> None:
        """Open the newest file, if it is not the one that is open."""
        for path in sorted(self._folder.glob(PATTERN), reverse=True):
            if path == self._path:
                return
            with suppress(OSError, ValueError, KeyError, TypeError):
                self._base, self._path = open_file(path), path
                return
        self._base, self._path = EMPTY, Path()

    def _write(self, tail: Segment, alive: set[Name]) -> None:
        """Write the file anew under the next number, and remove older ones."""
        older = sorted(self._folder.glob(PATTERN))
        if older or alive:
            number = max((int(path.stem.rpartition("-")[2]) for path in older if _is_numbered(path)), default=0) + 1
            path = self._folder / NAME.format(number=number)
            write_file(path, self._base, tail, alive)
            self._base, self._path = open_file(path), path
        self._loose, self._tail, self._tail_of = {}, EMPTY, frozenset()
        for path in older:
            with suppress(OSError):  # Windows keeps a file that another process has mapped; the next time gets it
                path.unlink()

    def _alive(self) -> set[Name]:
        return {(one.id, one.revision) for one in documents.read_all(self._store)}


def library_in_force(config: Config) -> Library | None:
    """Return the registered documents of an installation, for callers outside the server."""
    store = open_for(config)
    try:
        return Shelves(store, config.files).library()
    finally:
        store.close()


def _is_numbered(path: Path) -> bool:
    return path.stem.rpartition("-")[2].isdigit()
