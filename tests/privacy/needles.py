"""Looking for the canary in whatever dress: encodings, digits, percent signs, backwards, and in pieces."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import quote

PIECE = 8
"""So many letters in a row are no chance."""


@cache
def needle(word: str) -> re.Pattern[bytes]:
    """Return an expression that finds a word, or a piece of it, in bytes."""
    found: set[bytes] = set()
    for text in (word, word[::-1], word.swapcase()):
        for start in range(len(text) - PIECE + 1):
            piece = text[start : start + PIECE]
            found |= {
                piece.encode(),
                piece.encode("utf-16-le"),
                piece.encode("utf-16-be"),
                piece.encode().hex().encode(),
            }
        found |= {quote(text).encode(), "".join(f"%{byte:02x}" for byte in text.encode()).encode()}
        found |= {
            "".join(f"\\u{ord(one):04x}" for one in text).encode(),
            "".join(f"&#{ord(one)};" for one in text).encode(),
        }
        for before in range(3):
            # Base64 looks otherwise by where the word begins; its first and last letters hang on what stands beside.
            whole = base64.b64encode(b"\0" * before + text.encode())
            found.add(whole[4 if before else 0 : -4])
    return re.compile(b"|".join(map(re.escape, sorted(found))), re.IGNORECASE)


def stands_in(word: str, data: bytes) -> bool:
    """Tell whether a word is in bytes, also packed by zlib or gzip as a whole."""
    if needle(word).search(data):
        return True
    if data[:2] in (b"\x1f\x8b", b"\x78\x9c", b"\x78\xda", b"\x78\x01"):
        try:
            return bool(needle(word).search(zlib.decompressobj(47).decompress(data, 50_000_000)))
        except zlib.error:
            return False
    return False


def files_with(word: str, folders: Iterable[Path]) -> list[str]:
    """Return the files, and the names of files, in which a word stands."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if stands_in(word, str(path).encode()) or path.is_file() and stands_in(word, path.read_bytes()):
                found.append(str(path))
    return found
