"""ZIP archives, and what is made to break those who open them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def nested(data: bytes, depth: int) -> bytes:
    """Return an archive in an archive in an archive."""
    for _ in range(depth):
        data = zipped({"inner.zip": data})
    return data


def locked(data: bytes) -> bytes:
    """Return an archive whose members say that they are encrypted."""
    out = bytearray(data)
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + flag] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


def bomb(megabytes: int) -> bytes:
    """Return an archive whose one member is nothing but zeros."""
    return zipped({"a.txt": bytes(megabytes * 1_000_000)})
