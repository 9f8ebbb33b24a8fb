"""The sealed lists of an installation: the files of one folder; to add one is to put it there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from backend.files import Files, of
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


def keep(place: Path | Files, sealed: SealedList) -> None:
    """Put a list into the folder, in the place of an older one of its id."""
    name = f"{sealed.id}.sealed"
    of(place).write(FOLDER, name, dumps(sealed))
    for path in _called(place, sealed.id):
        if path.name != name:
            of(place).remove(FOLDER, path.name)


def remove(place: Path | Files, id: str) -> bool:
    """Take a list out of the folder, whatever its file is called; return whether there was one."""
    return any([of(place).remove(FOLDER, path.name) for path in _called(place, id)])


def _called(place: Path | Files, id: str) -> list[Path]:
    """Return the files that hold the list of an id."""
    found = []
    for path in sorted((of(place).folder / FOLDER).glob(PATTERN)):
        with suppress(OSError, BadSeal):
            if loads(path.read_bytes()).id == id:
                found.append(path)
    return found
