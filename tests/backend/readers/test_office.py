"""Office files and PDF, made by the libraries that people's programs use, read with all that is hidden in them."""

from __future__ import annotations

import io
import zipfile

import pytest

from backend.model import Attachment, Draft, Level
from backend.pipeline import Engine
from backend.readers import read
from tests.photos.draw import photo

ENGINE = Engine.build()
MARK = "机密★10年"


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def verdict(data: bytes, name: str):
    return ENGINE.check(Draft(attachments=(Attachment("a", name, reading=read("a", name, data)),)))


def texts(data: bytes) -> str:
    return "\n".join(part.text for part in read("a", "file", data).parts)


def kinds(data: bytes) -> set[str]:
    return {signal.kind for signal in read("a", "file", data).signals}


def word(comment: str = "", label: str = "") -> bytes:
    from docx import Document

    document = Document()
    runs = document.add_paragraph("Quarterly plan for the north site").runs
    if comment:
        document.add_comment(runs, text=comment, author="M. Kovacs")
    data = saved(document)
    return labelled(data, label) if label else data


def labelled(data: bytes, label: str) -> bytes:
    """Put a sensitivity label into the custom properties, as Office writes it."""
    name = "MSIP_Label_3f2a1b0c-1111-2222-3333-444455556666"
    item = (
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="%s">'
        "<vt:lpwstr>%s</vt:lpwstr></property>"
    )
    custom = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        + item % (2, f"{name}_Enabled", "true")
        + item % (3, f"{name}_Name", label)
        + "</Properties>"
    )
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("docProps/custom.xml", custom)
    return target.getvalue()


def test_a_marking_in_a_comment_is_stopped():
    found = verdict(word(comment=f"{MARK} please do not send"), "plan.docx")
    assert found.level is Level.STOP
    assert "hidden_comments" in kinds(word(comment="x"))


def test_a_plain_document_is_clear_and_read():
    data = word()
    assert "Quarterly plan" in texts(data)
    assert verdict(data, "plan.docx").level is Level.CLEAR


def test_a_sensitivity_label_is_asked_about_and_a_public_one_is_not():
    assert verdict(word(label="Highly Confidential"), "plan.docx").level >= Level.WARN
    assert verdict(word(label="Public"), "plan.docx").level < Level.WARN


def test_hidden_sheets_and_rows_are_read_and_told():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["open", 1])
    secret = book.create_sheet("prices")
    secret.append([MARK])
    secret.sheet_state = "hidden"
    data = saved(book)
    assert MARK in texts(data)
    assert verdict(data, "sheet.xlsx").level is Level.STOP
    assert any(kind.startswith("hidden_") for kind in kinds(data))


def test_the_notes_of_a_slide_are_read():
    from pptx import Presentation

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Welcome"
    slide.notes_slide.notes_text_frame.text = f"{MARK}: do not read aloud"
    data = saved(deck)
    assert verdict(data, "deck.pptx").level is Level.STOP


def test_a_scanned_page_in_a_pdf_is_read_from_its_pixels():
    from PIL import Image

    with Image.open(io.BytesIO(photo("zh", "desk", 1))) as picture:
        target = io.BytesIO()
        picture.resize((1500, 2000)).save(target, "PDF")
    found = verdict(target.getvalue(), "scan.pdf")
    assert found.level is Level.STOP
    place = found.findings[0].places[0]
    assert (place.page, place.part) == (1, "a") and place.box is not None


@pytest.mark.parametrize("cut", [200, 2000])
def test_a_truncated_file_is_a_gap(cut):
    reading = read("a", "plan.docx", word()[:cut])
    assert reading.gaps and not reading.parts


def test_a_bomb_is_a_gap_in_bounded_time():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", zipfile.ZipFile(io.BytesIO(word())).read("[Content_Types].xml"))
        archive.writestr("word/document.xml", b"<a>" + b"\0" * (200 << 20))
    assert read("a", "bomb.docx", target.getvalue()).gaps


def test_entities_are_not_followed():
    entities = (
        '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    )
    with zipfile.ZipFile(io.BytesIO(word())) as source:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in source.namelist():
                body = source.read(name)
                if name == "word/document.xml":
                    body = body.replace(b"<w:document", entities.encode() + b"<w:document").replace(
                        b"Quarterly plan", b"&b; &x; plan"
                    )
                archive.writestr(name, body)
    reading = read("a", "plan.docx", target.getvalue())
    assert "aaaaaaaaaa" not in "".join(part.text for part in reading.parts)
