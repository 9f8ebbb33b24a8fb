"""What lies as files in the data folder of one machine, where several servers share a database.

The database has the files; each server keeps a copy in a folder of its own, since rules and
sealed lists are read from there.  The copy is brought up to date when the number of ``files`` in
:mod:`backend.store.versions` was raised, and only what differs is fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from backend.files import Files, Folder, checked, write_whole
from backend.store import versions
from backend.store.database import Store
from backend.store.locks import locked
from backend.store.tables import shared_files as table

KINDS = {"sealed": "*.sealed", "packs": "*"}
"""The folders that are shared, and which of their files."""
KEY = ("key", "documents")
"""The key of registered documents, encrypted; where there is none it is made of the secret that all servers have."""
KEY_FILE = "documents.key"
ADOPTED = ("state", "adopted")
LOCK = ".lock"
Name = tuple[str, str]
"""A file's kind and name."""
Opened = Callable[[bytes | None], bytes]
"""Gives the key of registered documents for what the database holds of it."""


class Shared(Folder):
    """Files that all servers share; reading them from the folder costs no question to the database."""

    def __init__(self, store: Store, folder: Path, opened: Opened | None = None) -> None:
        """Take the store, the folder for the copy, and what opens the key of registered documents, if it is wanted."""
        super().__init__(folder)
        self._store, self._opened = store, opened

    def write(self, kind: str, name: str, content: bytes) -> None:
        """Put a file into the database, then into the copy."""
        with self._store.write() as connection:
            versions.bump(connection, "files")
            put_with(connection, self._store.now(), (kind, checked(name)), content)
        self.look()

    def remove(self, kind: str, name: str) -> bool:
        """Take a file out of the database, then out of the copy."""
        with self._store.write() as connection:
            versions.bump(connection, "files")
            gone = connection.execute(delete(table).where(table.c.kind == kind, table.c.name == name)).rowcount
        self.look()
        return bool(gone)

    def look(self) -> None:
        """Bring the copy up to date; raises ``OSError`` where that cannot be done, for a list must not be missing."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(self.folder / LOCK, waits=True):
            there = digests(self._store)
            here = dict(self._here())
            wanted = {name: digest for name, digest in there.items() if name[0] in KINDS}
            for name in here.keys() - wanted.keys():
                super().remove(*name)
            for name in wanted:
                if here.get(name) != wanted[name]:
                    self._fetch(name)
            self._keep_key()

    def adopt(self, data: Path, sealed_key: Callable[[bytes], bytes]) -> None:
        """Take over what a server had as files before servers shared them; done once for a database."""
        if ADOPTED in digests(self._store):
            return
        with self._store.write() as connection:
            versions.bump(connection, "files")  # of two that start at once, one waits here for the other
            query = select(table.c.name).where(table.c.kind == ADOPTED[0], table.c.name == ADOPTED[1])
            if connection.execute(query).first() is not None:
                return
            for name, path in files_below(data):
                put_with(connection, self._store.now(), name, path.read_bytes())
            if (data / KEY_FILE).is_file():
                put_with(connection, self._store.now(), KEY, sealed_key((data / KEY_FILE).read_bytes()))
            put_with(connection, self._store.now(), ADOPTED, b"")

    def _here(self) -> Iterator[tuple[Name, str]]:
        for name, path in files_below(self.folder):
            yield name, _digest(path.read_bytes())

    def _fetch(self, name: Name) -> None:
        content = read(self._store, name)
        if content is not None:
            write_whole(self.folder / name[0] / checked(name[1]), content)

    def _keep_key(self) -> None:
        if self._opened is None:
            return
        key = self._opened(read(self._store, KEY))
        path = self.folder / KEY_FILE
        if not path.exists() or path.read_bytes() != key:
            write_whole(path, key)


def files(store: Store, folder: Path, opened: Opened | None = None) -> Files:
    """Return the files of an installation: in its folder alone, or shared where the database is a server."""
    return Folder(folder) if store.is_embedded else Shared(store, folder, opened)


def files_below(folder: Path) -> Iterator[tuple[Name, Path]]:
    """Yield the files that would be shared, with their names."""
    for kind, pattern in KINDS.items():
        for path in sorted((folder / kind).glob(pattern)):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield (kind, path.name), path


def digests(store: Store) -> Mapping[Name, str]:
    """Return what the database holds, without its contents."""
    with store.read() as connection:
        rows = connection.execute(select(table.c.kind, table.c.name, table.c.digest))
        return {(kind, name): digest for kind, name, digest in rows}


def read(store: Store, name: Name) -> bytes | None:
    """Return one file's content."""
    with store.read() as connection:
        query = select(table.c.content).where(table.c.kind == name[0], table.c.name == name[1])
        found = connection.execute(query).scalar()
    return None if found is None else bytes(found)


def all_with(connection: Connection) -> list[tuple[Name, bytes]]:
    """Return all files with their contents within a transaction that does more than that."""
    rows = connection.execute(select(table.c.kind, table.c.name, table.c.content).order_by(table.c.kind, table.c.name))
    return [((kind, name), bytes(content)) for kind, name, content in rows]


def put_with(connection: Connection, now: str, name: Name, content: bytes) -> None:
    """Put a file into the database within a transaction that has raised the number of ``files``."""
    kind, own = name
    connection.execute(delete(table).where(table.c.kind == kind, table.c.name == own))
    values = {"kind": kind, "name": own, "content": content, "changed": now, "digest": _digest(content)}
    connection.execute(insert(table).values(values))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
