"""The sealed lists of an installation: the files of one folder; to add one is to put it there."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from backend.sealed.file import BadSeal, dumps, loads
from backend.sealed.seal import SealedList

FOLDER = "sealed"
PATTERN = "*.sealed"


def read_all(data: Path) -> list[SealedList]:
    """Return all sealed lists by name; what is none is passed over."""
    found: dict[str, SealedList] = {}
    for path in sorted((data / FOLDER).glob(PATTERN)):
        with suppress(OSError, BadSeal):
            one = loads(path.read_bytes())
            found[one.id] = one
    return sorted(found.values(), key=lambda one: (one.name, one.id))


def state(data: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what differs when a list has come, gone or changed; costs microseconds."""
    try:
        entries = sorted(os.scandir(data / FOLDER), key=lambda entry: entry.name)
        return tuple((one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in entries)
    except OSError:
        return ()


def keep(data: Path, sealed: SealedList) -> None:
    """Put a list into the folder, in the place of an older one of its id."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    remove(data, sealed.id)
    fresh = folder / f"{secrets.token_hex(8)}.new"
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(dumps(sealed))
    os.replace(fresh, folder / f"{sealed.id}.sealed")


def remove(data: Path, id: str) -> bool:
    """Take a list out of the folder, whatever its file is called; return whether there was one."""
    is_gone = False
    for path in (data / FOLDER).glob(PATTERN):
        with suppress(OSError, BadSeal):
            if loads(path.read_bytes()).id == id:
                path.unlink()
                is_gone = True
    return is_gone
