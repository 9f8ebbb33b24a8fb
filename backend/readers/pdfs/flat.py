"""A safe copy of a PDF: every page a picture with regions covered; no text, no remarks, no properties."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from backend.model import Box
from backend.readers import Unreadable
from backend.readers.pdfs.page import Page
from backend.readers.pictures.proof import is_covered

COVER = (0, 0, 0)
MOST_PAGES = 200
FINER = 1.4
"""Pixels of the copy to those in which boxes are told: about 200 to the inch on A4."""
QUALITY = 85
OWN_PROPERTIES = frozenset(("Producer", "Creator", "CreationDate"))
"""What the library writes of itself."""


def flat_copy(pdf: Any, boxes: Sequence[tuple[int | None, Box]]) -> bytes:
    """Return the copy; a box without a page is covered on every page.

    Raises :class:`Unreadable` ``too_large`` for more pages than a person waits for.
    """
    if len(pdf) > MOST_PAGES:
        raise Unreadable("too_large")
    copy = pdfium.PdfDocument.new()
    for index in range(len(pdf)):
        page = Page(pdf, index)
        picture = page.picture(FINER)
        for number, box in boxes:
            if number in (None, index + 1):
                _cover(picture, box)
        _add(copy, picture, page.page.get_size())
        page.close()
    out = io.BytesIO()
    copy.save(out)
    copy.close()
    return out.getvalue()


def prove_flat(copy: Any, boxes: Sequence[tuple[int | None, Box]]) -> None:
    """Raise :class:`Unreadable` where a copy has text, remarks, attachments, properties, or a box that is not black."""
    said = [value for value in copy.get_metadata_dict(skip_empty=True) if value not in OWN_PROPERTIES]
    if said or copy.count_attachments() or copy.get_formtype():
        raise Unreadable("damaged")
    for index in range(len(copy)):
        page = Page(copy, index)
        text = page.page.get_textpage()
        told, picture = text.count_chars() + sum(1 for _ in page.remarks()), page.picture()
        text.close()
        page.close()
        here = [box for number, box in boxes if number in (None, index + 1)]
        if told or not all(is_covered(picture, box) for box in here):
            raise Unreadable("damaged")


def _cover(picture: Image.Image, box: Box) -> None:
    x, y, width, height = (side * FINER for side in box)
    if width > 0 and height > 0:
        ImageDraw.Draw(picture).rectangle((int(x), int(y), int(x + width) + 1, int(y + height) + 1), fill=COVER)


def _add(copy: Any, picture: Image.Image, size: tuple[float, float]) -> None:
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=QUALITY)
    page = copy.new_page(*size)
    image = pdfium.PdfImage.new(copy)
    image.load_jpeg(packed, inline=True)
    image.set_matrix(pdfium.PdfMatrix().scale(*size))
    page.insert_obj(image)
    page.gen_content()
    page.close()
