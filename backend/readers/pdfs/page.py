"""One page of a PDF: its text with boxes, its remarks, what is drawn on it, and how it looks.

Boxes are pixels of the page as :func:`picture` renders it, upright and cropped as viewers show it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from backend.model import Box, Line

LONGEST = 1700
"""Pixels of a rendered page's longer side: 145 to the inch on A4, enough to read small print."""
LARGEST_SCALE = 4.0
MOST_OBJECTS = 5000
MOST_REMARKS = 2000
ODD = str.maketrans({"\r": None, "\x00": " ", "\x02": "-", "\ufffe": "-", "\uffff": " "})
STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08]")
"""Characters of fonts that do not say what their shapes mean."""
REMARKS = frozenset(
    (
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_CARET,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_POLYLINE,
    )
)
DRAWN = frozenset((raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_INK))
"""Remarks whose look may say something that their text does not."""
COVERING = frozenset((raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_REDACT))


@dataclass(frozen=True)
class Remark:
    """An annotation or a form field."""

    kind: int
    text: str
    box: Box


@dataclass(frozen=True)
class Drawn:
    """What is on a page beside text."""

    pictures: tuple[tuple[int, int, int], ...]
    """Width, height and stored size of each picture."""
    dark: bool
    """Something dark is filled, large enough to cover a word."""
    count: int


class Page:
    """A page while it is open."""

    def __init__(self, pdf: Any, index: int) -> None:
        """Open page ``index``, counted from 0."""
        self.page = pdf.get_page(index)
        width, height = self.page.get_size()
        self.scale = min(LARGEST_SCALE, LONGEST / max(width, height, 1.0))
        self.size = (max(1, round(width * self.scale)), max(1, round(height * self.scale)))

    def close(self) -> None:
        """Close it."""
        self.page.close()

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of the page in pixels, inside its picture."""
        points = [self._pixel(left, bottom), self._pixel(right, top)]
        (x1, x2), (y1, y2) = sorted(x for x, _ in points), sorted(y for _, y in points)
        x1, y1 = min(max(0, x1), self.size[0] - 1), min(max(0, y1), self.size[1] - 1)
        return x1, y1, max(1, min(x2, self.size[0]) - x1), max(1, min(y2, self.size[1]) - y1)

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self.page, 0, 0, *self.size, 0, x, y, across, down)
        return across.value, down.value

    def picture(self, factor: float = 1.0) -> Image.Image:
        """Return the page as people see it, with remarks and form fields."""
        picture: Image.Image = self.page.render(scale=self.scale * factor).to_pil().convert("RGB")
        return picture

    def drawn(self) -> Drawn:
        """Return what is on the page beside text."""
        pictures, dark, count = [], False, 0
        kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
        for one in islice(self.page.get_objects(filter=kinds, max_depth=6), MOST_OBJECTS):
            count += 1
            if one.type == raw.FPDF_PAGEOBJ_IMAGE:
                pictures.append((*one.get_px_size(), raw.FPDFImageObj_GetImageDataRaw(one, None, 0)))
            dark = dark or (one.type == raw.FPDF_PAGEOBJ_PATH and _is_dark(one))
        return Drawn(tuple(pictures), dark or count == MOST_OBJECTS, count)

    def remarks(self) -> Iterator[Remark]:
        """Yield annotations and filled form fields."""
        for index in range(min(raw.FPDFPage_GetAnnotCount(self.page), MOST_REMARKS)):
            one = raw.FPDFPage_GetAnnot(self.page, index)
            if not one:
                continue
            kind = raw.FPDFAnnot_GetSubtype(one)
            keys = (b"V", b"TU") if kind == raw.FPDF_ANNOT_WIDGET else (b"Contents",)
            if kind in REMARKS or kind in COVERING or kind == raw.FPDF_ANNOT_WIDGET:
                text = "\n".join(filter(None, (_string(one, key) for key in keys)))
                rectangle = raw.FS_RECTF()
                raw.FPDFAnnot_GetRect(one, rectangle)
                box = self.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                yield Remark(kind, text.replace("\r\n", "\n").replace("\r", "\n"), box)
            raw.FPDFPage_CloseAnnot(one)


def _is_dark(path: Any) -> bool:
    """Return whether a path is filled with something dark and opaque, and could cover a word."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not fill.value or not raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return False
    left, bottom, right, top = path.get_bounds()
    large = abs(right - left) > 8 and abs(top - bottom) > 4
    return large and alpha.value > 180 and red.value * 0.3 + green.value * 0.6 + blue.value * 0.1 < 190


def _string(annotation: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length <= 200_000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").strip()


class Words:
    """The text of a page, each character where PDFium counts it."""

    def __init__(self, page: Page) -> None:
        """Read the page's text."""
        self.page = page
        self._text = page.page.get_textpage()
        self.count = self._text.count_chars()
        self.raw = self._read()

    def close(self) -> None:
        """Close it."""
        self._text.close()

    def _read(self) -> str:
        """Return one character for each that PDFium counts, so that its numbers fit."""
        text: str = self._text.get_text_range() if self.count else ""
        if len(text) == self.count:
            return text
        codes = (raw.FPDFText_GetUnicode(self._text, index) for index in range(self.count))
        return "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    @property
    def strange(self) -> bool:
        """Whether so much of the text is unreadable that the page must be looked at."""
        return len(STRANGE.findall(self.raw)) > 0.1 * max(1, len(self.raw))

    def lines(self) -> tuple[str, list[Line]]:
        """Return the text and its lines, each with the box around it."""
        texts: list[str] = []
        lines: list[Line] = []
        position = 0
        for found in re.finditer(r"[^\n]+", self.raw):
            text = found[0].translate(ODD)
            if text.strip():
                start, count = found.start(), found.end() - found.start()
                lines.append(Line(position, position + len(text), self._box(start, count), red=self._red(start)))
                texts.append(text)
                position += len(text) + 1
        return "\n".join(texts), lines

    def _box(self, start: int, count: int) -> Box:
        rectangles = [self._text.get_rect(index) for index in range(self._text.count_rects(start, count))]
        if not rectangles:
            return (0, 0, *self.page.size)
        left, bottom, right, top = zip(*rectangles, strict=True)
        return self.page.box(min(left), min(bottom), max(right), max(top))

    def _red(self, index: int) -> float:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFText_GetFillColor(self._text, index, red, green, blue, alpha)
        return float(red.value > 150 and green.value < 100 and blue.value < 100)

    def character(self, index: int) -> Box | None:
        """Return the box of one character with a little air around it, where it has one."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if not raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top):
            return None
        air = 0.15 * max(top.value - bottom.value, right.value - left.value)
        if air <= 0:
            return None
        return self.page.box(left.value - air, bottom.value - air, right.value + air, top.value + air)


def opened(data: bytes) -> Any:
    """Return the document; raises :class:`pdfium.PdfiumError`."""
    pdf = pdfium.PdfDocument(data)
    pdf.init_forms()  # else fields would be missing in pictures of pages
    return pdf
