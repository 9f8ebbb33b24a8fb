"""PDF: text, scanned pages, remarks, form fields, text under boxes, properties, labels, attached files."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from backend.model import Box, Line, Reading
from backend.readers import Progress, Unreadable
from backend.readers import read as read_any
from backend.readers.gather import Gather
from backend.readers.gather.labels import label_names
from backend.readers.gather.limits import opened
from backend.readers.pdfs.covered import covered
from backend.readers.pdfs.flat import MOST_PAGES as MOST_FLAT
from backend.readers.pdfs.flat import flat_copy, prove_flat
from backend.readers.pdfs.page import COVERING, DRAWN, REMARKS, Page, Remark, Words
from backend.readers.pdfs.page import opened as open_pdf
from backend.readers.pdfs.promise import in_order

KIND = "pdf"
ORDER = 10
MEDIA_TYPES = ("application/pdf",)
START = b"%PDF-"
MOST_PAGES = 3000
FEW = 40
"""Characters below which a page's text may be only its number."""
UNREAD = ("illegible", "script_cyrillic", "script_hangul", "script_arabic")
"""Gaps that say nothing of a page whose text is there beside the picture."""
SCAN_SECONDS = 2.0
"""What one page read as a picture may take on a slow machine."""
PICTURE_PIXELS, PICTURE_SIDE = 8000, 24
"""A picture smaller than this holds no words."""
PAGE_PIXELS = 250_000
"""A picture from this size on is looked at wherever it comes; smaller ones, as logos, once."""
PROPERTIES = ("Title", "Author", "Subject", "Keywords", "Creator")
KEYS = re.compile(rb"/(MSIP_Label_[0-9A-Fa-f-]{8,40}_(?:Name|Enabled))\b")
XMP = re.compile(rb"(MSIP_Label_[0-9A-Fa-f-]{8,40}_(?:Name|Enabled))(?:>|=\"|')([^<\"']{1,200})")


def sniff(data: bytes) -> bool:
    """Return whether a file is a PDF; some begin with a few other bytes, but then they end as one."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n\x00")[:5] == START:
        return True
    return START in data[:1024] and b"startxref" in data[-2048:]


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return one part for each page's text and one for each page that was looked at as a picture."""
    with opened() as limits:
        pdf = _opened(data)
        gather = Gather(id, progress, limits, "pages")
        pages = min(len(pdf), MOST_PAGES)
        if len(pdf) > MOST_PAGES:
            gather.gap("overfull")
        if pdf.get_formtype() == raw.FORMTYPE_XFA_FULL:
            gather.gap("inside_unsupported")  # its pages only say that another program is needed
        reader = _Pages(pdf, gather)
        for number in range(1, pages + 1):
            if gather.full:
                break
            if limits.late:
                gather.unread(range(number, pages + 1))
                break
            reader.read(number)
            gather.tell(number, pages)
        gather.pages = pages
        _properties(pdf, data, gather)
        reader.look(pages)
        if not reader.anything:
            gather.gap("damaged")  # pages without anything on them, or whose content could not be unpacked
        _attached(pdf, gather)
        return gather.reading()


def copy(data: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> tuple[bytes, str]:
    """Return a flat copy: its pages are pictures, so that nothing is left behind what one sees."""
    del strip_metadata  # nothing else survives either way
    return flat_copy(_opened(data), boxes), MEDIA_TYPES[0]


def copyable(data: bytes) -> bool:
    """Return whether the pages are not too many to draw them all."""
    return len(_opened(data)) <= MOST_FLAT


def prove(copied: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> None:
    """Raise :class:`Unreadable` where a copy still says more than its pictures show."""
    del strip_metadata
    prove_flat(open_pdf(copied), boxes)


def _opened(data: bytes) -> Any:
    try:
        return open_pdf(data)
    except pdfium.PdfiumError as problem:
        code = getattr(problem, "err_code", None)
        locked = code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) or "assword" in str(problem)
        raise Unreadable("encrypted" if locked else "damaged") from None


class _Pages:
    """Reads the text of all pages first, then looks at those that show more than text."""

    def __init__(self, pdf: Any, gather: Gather) -> None:
        self._pdf, self._gather = pdf, gather
        self._seen: set[tuple[int, int, int]] = set()
        self._scans: dict[int, int] = {}
        self.anything = False

    def read(self, number: int) -> None:
        """Read a page's text and remarks; note whether it must be looked at."""
        try:
            page = Page(self._pdf, number - 1)
        except pdfium.PdfiumError:
            self._gather.gap("inside_damaged", number)
            return
        words = Words(page)
        remarks = list(page.remarks())
        self._keep(page, words, remarks, number)
        drawn = page.drawn()
        self.anything |= bool(words.count or remarks or drawn.count)
        dark = drawn.dark or any(one.kind in COVERING for one in remarks)
        bare = words.count < FEW or words.strange
        fresh = self._fresh(drawn.pictures)
        if fresh or any(one.kind in DRAWN for one in remarks) or (bare and drawn.count):
            self._scans[number] = 0 if words.strange else words.count
        if (dark or fresh) and words.count:
            self._covered(page, words, number)
        words.close()
        page.close()

    def _fresh(self, pictures: Sequence[tuple[int, int, int]]) -> bool:
        """Return whether there is a picture that may hold words and was not on an earlier page."""
        worth = {
            one for one in pictures if one[0] * one[1] >= PICTURE_PIXELS and min(one[:2]) >= PICTURE_SIDE
        } - self._seen
        self._seen |= {one for one in worth if one[0] * one[1] < PAGE_PIXELS}
        return bool(worth)

    def _keep(self, page: Page, words: Words, remarks: list[Remark], number: int) -> None:
        text, lines = words.lines()
        for remark in remarks:
            if remark.text:
                start = len(text) + 1 if text else 0
                text = f"{text}\n{remark.text}" if text else remark.text
                lines.append(Line(start, len(text), remark.box))
        self._gather.text(text, number, tuple(lines), page.size)
        comments = sum(remark.kind in REMARKS and bool(remark.text) for remark in remarks)
        self._gather.hidden("comments", comments, copy="1")

    def _covered(self, page: Page, words: Words, number: int) -> None:
        for box in covered(words, page.picture()):
            self._gather.signal("hidden_text", number, box, copy="1")

    def look(self, pages: int) -> None:
        """Look at the pages that show more than their text says, as long as there is time."""
        self._gather.limits.extend(SCAN_SECONDS * len(self._scans))
        left = in_order(self._pdf, list(self._scans), self._gather.limits)
        while left and not self._gather.limits.late:
            self._look(left.pop(0))
            self._gather.tell(pages + len(self._scans) - len(left), pages + len(self._scans))
        self._gather.unread(left)

    def _look(self, number: int) -> None:
        page = Page(self._pdf, number - 1)
        inner = read_any(self._gather.id, "", _bitmap(page.picture()))
        page.close()
        if self._scans[number] >= FEW:
            inner = Reading(inner.parts, inner.signals, tuple(g for g in inner.gaps if g.reason not in UNREAD))
        self._gather.take(inner, number, embedded=True)


def _bitmap(picture: Image.Image) -> bytes:
    """Return the picture in the form that costs least to write and to read."""
    out = io.BytesIO()
    picture.save(out, "BMP")
    return out.getvalue()


def _properties(pdf: Any, data: bytes, gather: Gather) -> None:
    found = {key: pdf.get_metadata_value(key) for key in PROPERTIES}
    gather.extra("\n".join(f"{key}: {value}" for key, value in found.items() if value.strip()))
    labels = {key.decode(): pdf.get_metadata_value(key.decode()) for key in set(KEYS.findall(data))}
    for key, value in XMP.findall(data):
        labels.setdefault(key.decode(), value.decode("utf-8", "replace"))
    gather.labels(label_names({key: value for key, value in labels.items() if value}))


def _attached(pdf: Any, gather: Gather) -> None:
    for index in range(pdf.count_attachments()):
        if gather.limits.files <= 0 or gather.limits.late:
            gather.gap("timeout" if gather.limits.late else "overfull")
            return
        with suppress(pdfium.PdfiumError):
            gather.file(bytes(pdf.get_attachment(index).get_data()))
            continue
        gather.gap("inside_damaged")
