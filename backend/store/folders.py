"""Watched folders, and what was last seen of each of their files."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from backend.store import audit
from backend.store.database import NotFound, Store
from backend.store.locks import hold
from backend.store.secrets import new_id
from backend.store.tables import folder_files, folders

LONGEST_PATH = 4096


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder whose files are registered, now and later."""

    id: str
    path: str
    public: bool
    server: str = ""
    """The machine that looks at it; empty where there is one server."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a folder as it was last seen."""

    path: str
    """Within its folder."""
    size: int
    modified: int
    """Nanoseconds since 1970."""
    digest: str = ""
    document: str | None = None
    problem: str = ""
    """Why nothing of it could be registered: a key of ``gaps.toml``."""


def read_all(store: Store) -> list[Folder]:
    """Return all watched folders by path."""
    with store.read() as connection:
        found = [_folder(row) for row in connection.execute(select(folders))]
    return sorted(found, key=lambda one: (one.path, one.id))


def mine(store: Store) -> list[Folder]:
    """Return the folders that this machine looks at: a folder of another may have the same path and other files."""
    if store.is_embedded:
        return read_all(store)
    here = server(store)
    return [one for one in read_all(store) if one.server == here or (not one.server and _claim(store, one, here))]


def server(store: Store) -> str:
    """Return the name of this machine, where several servers share the database; else nothing."""
    return "" if store.is_embedded else socket.gethostname()[:200]


def _claim(store: Store, one: Folder, here: str) -> bool:
    """Take a folder that belongs to no machine yet and is there on this one; return whether it is ours then."""
    if not Path(one.path).is_dir():
        return False
    with store.write() as connection:
        free = (folders.c.id == one.id, folders.c.server == "")
        return bool(connection.execute(update(folders).where(*free).values(server=here)).rowcount)


def add(store: Store, path: str, public: bool = False) -> Folder:
    """Watch a folder of this machine; one that is watched already is returned as it then is."""
    here = server(store)
    with store.write() as connection:
        hold(connection, "folders")
        same = (folders.c.path == path, folders.c.server.in_(("", here)))
        row = connection.execute(select(folders).where(*same)).first()
        if row is not None:
            connection.execute(update(folders).where(folders.c.id == row.id).values(public=public, server=here))
            audit.note(store, connection, "folder.watched", row.id, public=public)
            return Folder(row.id, path, public, here)
        made = Folder(new_id(), path, public, here)
        connection.execute(insert(folders).values(id=made.id, path=path, public=public, server=here))
        audit.note(store, connection, "folder.watched", made.id, public=public)
    return made


def remove(store: Store, id: str) -> None:
    """Watch a folder no longer; its documents stay.  Raises :class:`NotFound`."""
    with store.write() as connection:
        if not connection.execute(delete(folders).where(folders.c.id == id)).rowcount:
            raise NotFound("folder")
        audit.note(store, connection, "folder.removed", id)


def files(store: Store, folder: str) -> Mapping[str, File]:
    """Return the files of a folder as they were last seen, by path."""
    with store.read() as connection:
        rows = connection.execute(select(folder_files).where(folder_files.c.folder_id == folder))
        return {row.path: _file(row) for row in rows}


def note(store: Store, folder: str, file: File) -> None:
    """Keep what was seen of a file, unless its folder is watched no longer."""
    table = folder_files
    values = {"size": file.size, "modified": file.modified, "digest": file.digest, "problem": file.problem}
    values["document_id"] = file.document
    with store.write() as connection:
        hold(connection, "folder files")
        if connection.execute(select(folders.c.id).where(folders.c.id == folder)).first() is None:
            return
        same = (table.c.folder_id == folder) & (table.c.path == file.path)
        if not connection.execute(update(table).where(same).values(values)).rowcount:
            connection.execute(insert(table).values(folder_id=folder, path=file.path, **values))


def forget(store: Store, folder: str, path: str) -> None:
    """Forget a file that is no longer there."""
    with store.write() as connection:
        same = (folder_files.c.folder_id == folder) & (folder_files.c.path == path)
        connection.execute(delete(folder_files).where(same))


def _folder(row: Row[Any]) -> Folder:
    return Folder(row.id, row.path, row.public, row.server)


def _file(row: Row[Any]) -> File:
    return File(row.path, row.size, row.modified, row.digest, row.document_id, row.problem)
