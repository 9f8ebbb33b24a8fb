"""Looking for the canary in whatever dress: encodings, digits, percent signs, backwards, and in pieces."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick

PIECE = 8
"""So many letters in a row are no chance."""


@cache
def needles(word: str) -> BytesAhoCorasick:
    """Return what finds a word, or a piece of it, in bytes of small letters."""
    found: set[bytes] = set()
    for text in (word, word[::-1]):
        for start in range(len(text) - PIECE + 1):
            piece = text[start : start + PIECE].lower()
            found |= {piece.encode(), piece.encode("utf-16-le"), piece.encode("utf-16-be")}
        for way in (text, text.swapcase()):
            data = way.encode()
            found |= {data.hex().encode(), "".join(f"%{byte:02x}" for byte in data).encode()}
            found |= {"".join(form.format(ord(one)) for one in way).encode() for form in ("\\u{:04x}", "&#{};")}
            for before in range(3):
                # Base64 looks otherwise by where the word begins; its ends hang on what stands beside.
                found.add(base64.b64encode(b"\0" * before + data)[4 if before else 0 : -4])
    return BytesAhoCorasick(sorted(one.lower() for one in found))


def stands_in(word: str, data: bytes) -> bool:
    """Tell whether a word is in bytes, also packed by zlib or gzip as a whole."""
    if needles(word).find_matches_as_indexes(data.lower()):
        return True
    if data[:2] in (b"\x1f\x8b", b"\x78\x9c", b"\x78\xda", b"\x78\x01"):
        try:
            unpacked = zlib.decompressobj(47).decompress(data, 50_000_000)
            return bool(needles(word).find_matches_as_indexes(unpacked.lower()))
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
