"""Good files to begin from, small, each made by the helpers of the tests."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.files import archives, messages, office, opendocuments, pdfs
from tests.photos import codes

FILES = Path(__file__).parents[1] / "tests" / "files"
MARK = "TOP SECRET 绝密★10年 TỐI MẬT"


def image(size: tuple[int, int] = (96, 72), shade: int = 255) -> Image.Image:
    """Return a small picture with a word in it."""
    drawn = Image.new("RGB", size, (shade, shade, 255))
    ImageDraw.Draw(drawn).text((4, 20), "SECRET", fill=(200, 0, 0))
    return drawn


def packed(format: str, drawn: Image.Image | None = None, **options: Any) -> bytes:
    """Return a picture in a format."""
    out = io.BytesIO()
    (drawn or image()).save(out, format, **options)
    return out.getvalue()


def exif(preview: bool = True) -> bytes:
    """Return EXIF data with a position, a time, an owner and a preview, put together by hand."""
    found = Image.Exif()
    found[0x0112], found[0x0132], found[0x013B] = 6, "2025:03:03 10:00:00", "Anna Example"
    found.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 40.08), 3: "E", 4: (105.0, 50.0, 3.12)})
    found.get_ifd(0x8769).update({0x9003: "2025:03:03 10:00:00", 0xA431: "SN12345", 0xA430: "Anna"})
    if preview:
        found.get_ifd(0x014A)
    return found.tobytes()


def pictures() -> Sequence[bytes]:
    """Return pictures of one frame in every format, with what stands beside their pixels, and one with a code."""
    grey = image().convert("L")
    code = Image.fromarray(codes.code(codes.EXAMPLES["wifi"], width=160))
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>'
    return (
        packed("JPEG", exif=exif(), quality=60), packed("JPEG", progressive=True, xmp=xmp),
        packed("PNG", exif=exif()), packed("PNG", image().convert("P"), transparency=0), packed("PNG", code),
        packed("WEBP", exif=exif()), packed("WEBP", lossless=True), packed("GIF"), packed("BMP"), packed("BMP", grey),
        packed("TIFF"), packed("TIFF", compression="tiff_lzw"), packed("TIFF", grey, compression="tiff_deflate"),
    )  # fmt: skip


def frames() -> Sequence[bytes]:
    """Return pictures of several pages or moments."""
    more = [image(shade=shade) for shade in (60, 160)]
    timed = {"save_all": True, "append_images": more}
    return tuple(packed(format, **timed) for format in ("TIFF", "GIF", "WEBP", "PNG"))


def phones() -> Sequence[bytes]:
    """Return pictures in the formats of phones."""
    return packed("AVIF", exif=exif(), quality=40), (FILES / "note.heic").read_bytes()


def videos() -> Sequence[bytes]:
    """Return videos of a few frames; the library that writes them needs a file."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for ending, code in (("mp4", "mp4v"), ("avi", "MJPG")):
            path = Path(folder) / f"a.{ending}"
            writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*code), 10, (96, 72))
            for shade in (255, 200, 90):
                writer.write(np.asarray(image(shade=shade)))
            writer.release()
            found.append(path.read_bytes())
    return found


def documents() -> Sequence[bytes]:
    """Return PDFs: words, a scan, something covered, a remark; and one that is locked."""
    return (
        pdfs.pdf([MARK]), pdfs.pdf(["plan", packed("JPEG")], covered="budget", header="SECRET", remark="do not share"),
        pdfs.pdf(["plan"], password="x"),
    )  # fmt: skip


def words() -> Sequence[bytes]:
    """Return Word documents."""
    small = packed("PNG")
    return (
        office.word(MARK, comment="c", deleted="d", inserted="i", vanished="v", header="h", title="t", picture=small),
        office.labelled(office.word("Plan"), "Confidential"),
    )


def workbooks() -> Sequence[bytes]:
    """Return workbooks of today."""
    return office.sheets(hidden_sheet=MARK, hidden_row="row", comment="c", number=45000.5), office.sheets()


def decks() -> Sequence[bytes]:
    """Return presentations."""
    return (office.slides(notes=MARK, hidden_slide="old", picture=packed("PNG")),)


def open_documents() -> Sequence[bytes]:
    """Return the three kinds of OpenDocument."""
    return (
        opendocuments.text(MARK, comment="c", deleted="d", label="Secret"),
        opendocuments.spreadsheet(hidden_sheet=MARK, hidden_row="r"),
        opendocuments.presentation(notes=MARK, hidden_slide="old"),
    )


def zips() -> Sequence[bytes]:
    """Return archives: flat, nested, locked."""
    plain = archives.zipped({"a.txt": MARK.encode(), "b/c.html": b"<p>x</p>", "d.png": packed("PNG")})
    return plain, archives.nested(plain, 2), archives.locked(plain)


def mails() -> Sequence[bytes]:
    """Return mails with files and a mail inside."""
    inner = messages.eml("inner " + MARK)
    return (
        messages.eml(MARK, html="<p>a<b>b", files={"a.txt": b"x", "b.png": packed("PNG")}, label="L").as_bytes(),
        messages.eml("x", inner=inner).as_bytes(),
        "Subject: =?utf-8?b?w6k=?=\nContent-Type: text/plain; charset=gb18030\n\n机密".encode("gb18030"),
    )


OUTLOOK = messages._message("See you " + MARK, "<p>x</p>", (b"words", packed("PNG")), "inner message")
"""The streams of a message, for those who put it together anew."""


def rich_texts() -> Sequence[bytes]:
    r"""Return RTF: Unicode, a comment, a deleted word, a picture, a table of fonts."""
    picture = packed("PNG").hex()
    return (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Plan}}\f0 words \u32477?\u23494? \'e9\par"
        rb"{\*\annotation remark}{\deleted gone}\bin3 abc {\pict\pngblip " + picture.encode() + b"}}",
    )  # fmt: skip


def web_pages() -> Sequence[bytes]:
    """Return web pages and SVG-like markup."""
    return (
        "<!doctype html><meta charset=utf-8><title>t</title><!-- c --><p hidden>h<p style='display:none'>机密"
        "<script>x</script><table><tr><td>a<td>b</table>&amp;&#x200b;".encode(),
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>x</p></body></html>',
    )


def texts() -> Sequence[bytes]:
    """Return plain texts in several encodings."""
    return MARK.encode(), MARK.encode("utf-16"), "机密文件".encode("gb18030"), b"\xef\xbb\xbfa,b\n1,2\n", b"{}"


def lists() -> Sequence[bytes]:
    """Return lists as people import them; the first byte picks the ending of the name."""
    terms = [{"text": "Sunbird", "form": "word", "level": "stop", "languages": ["en"], "valid_until": "2027-01-01"}]
    return (
        b"\x00Sunbird\nProject Heron\n\xef\xbc\x9dx\n",
        b"\x01term,form,level,note\nSunbird,word,warn,'=x\n\"a\nb\",,,\n",
        b"\x02term\tchannel\nSunbird\tpost; mail\n", b"\x03" + json.dumps({"terms": terms}).encode(),
        b"\x03" + json.dumps(["a", 1, None, {"term": "b"}]).encode(), b"\x04" + office.sheets(),
    )  # fmt: skip


def packs() -> Sequence[bytes]:
    """Return packs of rules."""
    folder = Path(__file__).parents[1] / "backend" / "packs"
    return tuple(sorted((path.read_bytes() for path in folder.glob("*.toml")), key=len)[:2]) + (PACK,)


PACK = b"""[pack]
id = "birds"
languages = ["en"]
[[rule]]
id = "birds.hide"
category = "marking"
score = 70
anchors = ["hide only"]
patterns = [{match = "hide only: \\\\w{1,9}", confidence = 0.9, view = "folded"}]
near = [{words = ["nest"], within = 10, add = 20}]
hits = ["HIDE ONLY: nest"]
misses = ["hide"]
[rule.title]
en = "t"
vi = "t"
zh = "t"
[rule.reason]
en = "r"
vi = "r"
zh = "r"
[rule.advice]
en = "a"
vi = "a"
zh = "a"
"""
