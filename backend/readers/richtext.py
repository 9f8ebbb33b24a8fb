"""Rich Text (RTF): text, headers, footnotes, comments, deleted words, pictures, properties."""

from __future__ import annotations

from backend.model import Reading
from backend.readers import Progress, Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.limits import opened
from backend.readers.office.rtf import read_rtf

KIND = "richtext"
ORDER = 50
MEDIA_TYPES = ("application/rtf", "text/rtf")
START = b"{\\rtf"
LIMIT = 50_000_000


def sniff(data: bytes) -> bool:
    """Return whether a file begins as RTF does."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(START)


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return the text as one part; pictures are numbered behind it."""
    if len(data) > LIMIT:
        raise Unreadable("too_large")
    with opened() as limits:
        gather = Gather(id, progress, limits)
        found = read_rtf(data)
        gather.extra(found.text)
        gather.hidden("comments", found.comments)
        gather.hidden("changes", found.changes)
        if not data.rstrip(b"\x00 \t\r\n").endswith(b"}"):
            gather.gap("damaged")
        for done, picture in enumerate(found.files):
            gather.file(picture, embedded=True)
            gather.tell(done + 1, len(found.files))
        return gather.reading()
