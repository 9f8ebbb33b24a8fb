"""Plain text in any encoding: notes, CSV, JSON, Markdown, source code.

Text has no magic number, so this reader comes last and looks for what text never
holds: control characters.  UTF-8 and byte-order marks are certain; beyond them the
encoding is guessed by ``charset-normalizer`` over the first part of the file.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from backend.model import Part, Reading
from backend.readers import Progress, Unreadable

KIND = "plain"
ORDER = 90
MEDIA_TYPES = ("text/plain", "text/markdown", "text/csv", "text/tab-separated-values", "application/json")
LIMIT = 20_000_000
SAMPLE = 64_000
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Files that are text by their bytes but have (or will have) a reader of their own.
NOT_PLAIN = (b"%PDF-", b"{\\rtf")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")


def sniff(data: bytes) -> bool:
    """Return whether a file is text: some encoding reads its head without control characters."""
    if not data.startswith(NOT_PLAIN):
        encoding = _encoding(data[:SAMPLE])
        return encoding is not None
    return False


def _encoding(head: bytes) -> str | None:
    """Return the name of the encoding, or ``None`` for what is not text."""
    for mark, marked in MARKS:
        if head.startswith(mark):
            return marked
    name = _wide(head) if b"\x00" in head else "utf-8" if _is_utf8(head) else _guess(head)
    if name is None or CONTROL.search(head.decode(name, "ignore")):
        return None
    return name


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut at the end is fine
    except UnicodeDecodeError:
        return False
    return True


def _guess(head: bytes) -> str | None:
    best = from_bytes(head[:8000], threshold=0.3).best()
    return best.encoding if best else None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero, and none of those between."""
    for name, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(head) >= 16 and high.count(0) > 0.3 * len(high) and low.count(0) == 0:
            return name
    return None


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return the file's text as one part."""
    if len(data) > LIMIT:
        raise Unreadable("too_large")
    encoding = _encoding(data[:SAMPLE])
    if encoding is None:
        raise Unreadable("unsupported")
    text = data.decode(encoding, "replace")
    progress(1, 1, "files")
    return Reading(parts=(Part(id, text, origin="file"),))
