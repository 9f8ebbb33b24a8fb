"""The secret key of an installation's fingerprints: a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "documents.key"
SIZE = 32


def read(folder: Path) -> bytes | None:
    """Return the key, ``None`` where there is none or what is there is no key."""
    try:
        key = (folder / NAME).read_bytes()
    except OSError:
        return None
    return key if len(key) == SIZE else None


def read_or_make(folder: Path) -> bytes:
    """Return the key, drawn now if there is none yet; raises ``OSError`` where it cannot be kept."""
    known = read(folder)
    if known is not None:
        return known
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f"{NAME}.{secrets.token_hex(4)}.new"
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(SIZE))
    try:
        os.link(fresh, folder / NAME)  # of two that start at once, one wins and both use its key
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        os.replace(fresh, folder / NAME)
    fresh.unlink(missing_ok=True)
    found = read(folder)
    if found is None:
        raise OSError(f"{folder / NAME} is no key; move it away to begin anew")
    return found
