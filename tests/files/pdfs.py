"""PDF files by reportlab: text, boxes over text, remarks, scans, locks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

WIDTH, HEIGHT = 595.0, 842.0


def pdf(
    pages: Sequence[str | bytes] = ("Plan for the north site",),
    *,
    covered: str = "",
    header: str = "",
    remark: str = "",
    title: str = "",
    password: str = "",
) -> bytes:
    """Return a PDF; a page of bytes is a scan.  The rest goes to the first page."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=password or None, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("")
    for number, page in enumerate(pages):
        if not number:
            _first(canvas, covered, header, remark)
        if isinstance(page, bytes):
            from reportlab.lib.utils import ImageReader

            canvas.drawImage(ImageReader(Image.open(io.BytesIO(page))), 0, 0, WIDTH, HEIGHT)
        else:
            for index, line in enumerate(page.split("\n")):
                canvas.drawString(72, 700 - 20 * index, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _first(canvas: Any, covered: str, header: str, remark: str) -> None:
    if covered:
        canvas.drawString(72, 400, covered)
        canvas.rect(66, 392, 12 * len(covered), 22, fill=1)
    if header:  # light words on a dark bar, which are there to be read
        canvas.rect(66, 500, 300, 22, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 506, header)
        canvas.setFillColorRGB(0, 0, 0)
    if remark:
        canvas.textAnnotation(remark, (400, 600, 420, 620))
