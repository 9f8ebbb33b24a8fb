"""Files of an installation: written whole or not at all, and for their owner alone.

Sealed lists and packs lie as files in a folder.  Where several servers share a database, what is
written here goes there first: :mod:`backend.store.shared`.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """Files by kind, which names their folder, and name."""

    @property
    def folder(self) -> Path:
        """Where they can be read."""

    def write(self, kind: str, name: str, content: bytes) -> None:
        """Put a file there, in the place of an older one."""

    def remove(self, kind: str, name: str) -> bool:
        """Take a file away; return whether it was there."""


class Folder:
    """Files in a folder of this machine, and nowhere else."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made at the first need."""
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Return where they can be read."""
        return self._folder

    def write(self, kind: str, name: str, content: bytes) -> None:
        """Put a file there, in the place of an older one."""
        write_whole(self._folder / kind / checked(name), content)

    def remove(self, kind: str, name: str) -> bool:
        """Take a file away; return whether it was there."""
        try:
            (self._folder / kind / checked(name)).unlink()
        except FileNotFoundError:
            return False
        return True


def of(place: Path | Files) -> Files:
    """Return files for a folder that is nobody else's, or those that are given."""
    return Folder(place) if isinstance(place, Path) else place


def checked(name: str) -> str:
    """Return the name of a file; raises :class:`ValueError` for one that leads elsewhere.

    >>> checked("a.sealed")
    'a.sealed'
    """
    if not name or name.startswith(".") or len(name) > 200 or any(one in name for one in "/\\\0:"):
        raise ValueError("not the name of a file")
    return name


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read; whoever reads it meets the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.parent / f".{secrets.token_hex(8)}.new"
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
