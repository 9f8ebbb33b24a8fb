"""Word, Excel and PowerPoint files by the libraries that write them, with what those cannot write put in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

LABEL = "MSIP_Label_3f2a1b0c-1111-2222-3333-444455556666"
CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{}</Properties>'
)
PROPERTY = (
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{}" name="{}"><vt:lpwstr>{}</vt:lpwstr></property>'
)


def saved(document: Any) -> bytes:
    """Return what a document saves."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """Return a ZIP file with members changed by functions, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            change = changes.get(name)
            body = change if isinstance(change, bytes) else change(old.read(name)) if change else old.read(name)
            new.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def labelled(data: bytes, label: str, enabled: str = "true") -> bytes:
    """Return an Office file with a sensitivity label as Office writes it."""
    items = PROPERTY.format(2, f"{LABEL}_Enabled", enabled) + PROPERTY.format(3, f"{LABEL}_Name", label)
    return changed(data, {"docProps/custom.xml": CUSTOM.format(items).encode()})


def word(
    body: str = "Plan for the north site",
    *,
    comment: str = "",
    deleted: str = "",
    inserted: str = "",
    vanished: str = "",
    header: str = "",
    title: str = "",
    picture: bytes = b"",
) -> bytes:
    """Return a Word document with words in the places that are given."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    paragraph = document.add_paragraph(body)
    if comment:
        document.add_comment(paragraph.runs, text=comment, author="An Tran")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for text, form in (
        (deleted, '<w:del {} w:id="7" w:author="An"><w:r><w:delText>{}</w:delText></w:r></w:del>'),
        (inserted, '<w:ins {} w:id="8" w:author="An"><w:r><w:t>{}</w:t></w:r></w:ins>'),
        (vanished, "<w:r {}><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>"),
    ):
        if text:
            paragraph._p.append(parse_xml(form.format(space, text)))
    document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    if picture:
        document.add_picture(io.BytesIO(picture))
    return saved(document)


def sheets(*, hidden_sheet: str = "", hidden_row: str = "", comment: str = "", number: float | None = None) -> bytes:
    """Return an Excel workbook with words in the places that are given."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.active
    sheet.append(["name", "amount"])
    sheet.append(["An", 12])
    if hidden_row:
        sheet.append([hidden_row])
        sheet.row_dimensions[3].hidden = True
    if comment:
        sheet["A1"].comment = Comment(comment, "An")
    if number is not None:
        sheet["C1"] = number
    if hidden_sheet:
        other = book.create_sheet("old")
        other["B2"] = hidden_sheet
        other.sheet_state = "veryHidden"
    return saved(book)


def slides(*, notes: str = "", hidden_slide: str = "", picture: bytes = b"") -> bytes:
    """Return a PowerPoint presentation with words in the places that are given."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[5])
    first.shapes.title.text = "Welcome"
    if notes:
        first.notes_slide.notes_text_frame.text = notes
    if hidden_slide:
        second = deck.slides.add_slide(deck.slide_layouts[5])
        second.shapes.title.text = hidden_slide
        second._element.set("show", "0")
    if picture:
        first.shapes.add_picture(io.BytesIO(picture), Inches(1), Inches(2), height=Inches(4))
    return saved(deck)
