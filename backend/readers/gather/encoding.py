"""Text out of bytes whose encoding nobody promised: marks, UTF-8, what the file says of itself, a guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAID = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.I)
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}
"""What is called by the first name is written in the second, as browsers know."""


def decoded(data: bytes, said: str | None = None) -> str:
    """Return the text; what cannot be decoded is replaced."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if said is None:
        found = SAID.search(data[:4096])
        said = found[1].decode("ascii") if found else None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_known(said) or _guess(data), "replace")


def _known(said: str | None) -> str | None:
    name = (said or "").lower()
    try:
        known = codecs.lookup(WIDER.get(name, name)).name
    except (LookupError, ValueError):
        return None
    return known if known not in ("utf-8", "hex", "base64", "zlib", "bz2", "rot13", "uu", "quopri", "idna") else None


def _guess(data: bytes) -> str:
    best = from_bytes(data[:8000], threshold=0.3).best()
    return best.encoding if best else "cp1252"
