"""HTML pages: what they show, and what stands in comments, scripts and pictures within the file."""

from __future__ import annotations

import re

from backend.model import Reading
from backend.readers import Progress, Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.encoding import decoded
from backend.readers.gather.html import read_html
from backend.readers.gather.limits import opened

KIND = "webpage"
ORDER = 80
MEDIA_TYPES = ("text/html", "application/xhtml+xml")
LIMIT = 20_000_000
SAMPLE = 4096
START = re.compile(
    r"\s*(?:(?:<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)\s*){0,5}<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S
)


def sniff(data: bytes) -> bool:
    """Return whether a file begins as HTML does; any other text is read as it is."""
    head = data[:SAMPLE]
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    return bool(
        START.match(head.decode("utf-16" if wide else "latin-1", "ignore").lstrip("\ufeff").removeprefix("ï»¿"))
    )


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return the page's text as one part; pictures in it are numbered behind."""
    if len(data) > LIMIT:
        raise Unreadable("too_large")
    with opened() as limits:
        gather = Gather(id, progress, limits)
        page = read_html(decoded(data))
        gather.extra(page.text)
        gather.hidden("comments", page.comments)
        if not page.text:
            gather.gap("damaged")  # a page without a word, or one that broke the parser
        for done, file in enumerate(page.files):
            gather.file(file)
            gather.tell(done + 1, len(page.files))
        return gather.reading()
