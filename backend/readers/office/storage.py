"""OLE containers: Outlook messages, locked Office files, and Office files from before 2007."""

from __future__ import annotations

import io
from typing import Any

import olefile

from backend.readers import Unreadable

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALLEST = 1536


def is_ole(data: bytes) -> bool:
    """Return whether a file begins as an OLE container does."""
    return data.startswith(START)


def open_ole(data: bytes) -> Any:
    """Return the container; raises :class:`Unreadable` ``damaged``."""
    if len(data) < SMALLEST:
        raise Unreadable("damaged")
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except Exception:  # broken sector chains fail in many ways
        raise Unreadable("damaged") from None
