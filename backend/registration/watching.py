"""A watched folder: what has changed since it was last seen.

Files are compared by size and time, then by a keyed digest.  A file that has left the folder
stays registered: what was secret yesterday is secret today.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from backend.registration.register import Failed, Register, Tell
from backend.store import NotFound, Store, documents, folders
from backend.store.folders import File, Folder

MOST_FILES = 20_000
MOST_DEPTH = 16
SETTLED = 2.0
"""Seconds that a file must have been left alone: it may still be being written."""


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and the folders in it, in order; no hidden ones, and no links."""
    count = 0
    waiting = [(folder, 0)]
    while waiting:
        here, depth = waiting.pop()
        try:
            found = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in found:
            if entry.name.startswith((".", "~$")) or entry.is_symlink():
                continue
            if entry.is_dir():
                if depth < MOST_DEPTH:
                    waiting.append((Path(entry.path), depth + 1))
            elif entry.is_file():
                count += 1
                if count > MOST_FILES:
                    return
                yield Path(entry.path)


def named(folder: Folder, path: Path) -> str:
    """Return what a file is called in its folder; bytes that are no text, which Linux allows, are written out."""
    return os.fsencode(path.relative_to(folder.path).as_posix()).decode("utf-8", "backslashreplace")


def contents(path: Path, largest: int) -> bytes:
    """Return the bytes of a file that is one still; raises :class:`Failed` where it has grown, ``OSError`` for a link.

    Between being seen and being read it may have been put out for something else by whoever else writes there.
    """
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
    with os.fdopen(os.open(path, sum(flags, os.O_RDONLY)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError
        data = file.read(largest + 1)
    if len(data) > largest:
        raise Failed("too_large")
    return data


def changed(store: Store, folder: Folder, now: Callable[[], float] = time.time) -> list[Path]:
    """Return the files that are new or other than they were last seen, and forget those that are gone."""
    root = Path(folder.path)
    known = dict(folders.files(store, folder.id))
    if not root.is_dir():
        return []  # a drive that is not there now
    found = []
    for path in files_below(root):
        try:
            status = path.stat()
        except OSError:
            continue
        old = known.pop(named(folder, path), None)
        same = old is not None and (old.size, old.modified) == (status.st_size, status.st_mtime_ns)
        if not same and now() - status.st_mtime >= SETTLED:
            found.append(path)
    for gone in known:
        folders.forget(store, folder.id, gone)
    return found


def take(
    store: Store,
    register: Register,
    folder: Folder,
    path: Path,
    largest: int,
    tell: Tell = lambda done, total, unit: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> File:
    """Register a file of a folder, in the place of what it was before; note it, also where it cannot be read."""
    name = named(folder, path)
    old = folders.files(store, folder.id).get(name)
    status = path.stat()
    seen = File(name, status.st_size, status.st_mtime_ns, document=old.document if old else None)
    try:
        if status.st_size > largest:
            raise Failed("too_large")
        data = contents(path, largest)
        seen = replace(seen, digest=register.digest(data))
        if old is None or old.digest != seen.digest or (old.document is None and not old.problem):
            seen = replace(seen, document=_registered(store, register, folder, name, data, seen, tell, is_cancelled))
        else:
            seen = replace(seen, problem=old.problem)
    except Failed as failure:
        seen = replace(seen, problem=failure.problem)
    except OSError:
        seen = replace(seen, problem="unreadable")
    folders.note(store, folder.id, seen)
    return seen


def put_aside(store: Store, folder: Folder, path: Path) -> None:
    """Note a file that the person does not want, so that it is left alone until it changes."""
    with suppress(OSError):
        status = path.stat()
        name = named(folder, path)
        folders.note(store, folder.id, File(name, status.st_size, status.st_mtime_ns, problem="cancelled"))


def _registered(
    store: Store,
    register: Register,
    folder: Folder,
    name: str,
    data: bytes,
    seen: File,
    tell: Tell,
    is_cancelled: Callable[[], bool],
) -> str:
    instead_of = seen.document
    if instead_of is not None:
        try:
            documents.read(store, instead_of)
        except NotFound:
            instead_of = None
    entry = register.file(name, data, public=folder.public, instead_of=instead_of, tell=tell, is_cancelled=is_cancelled)
    return entry.id
