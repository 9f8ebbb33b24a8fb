"""Files of every kind with a word in every place that a reader looks into, and files that break on the way."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, PngImagePlugin

from tests.backend.api.test_attachments import drawn
from tests.files import archives, messages, office, opendocuments, pdfs
from tests.photos.codes import photo_of

HEADS = (
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04",
    b"\xff\xd8\xff\xe1",
    b"{\\rtf1 ",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;",
)


def with_properties(word: str) -> bytes:
    """A picture whose properties hold the word."""
    picture, file = Image.new("RGB", (64, 64), "white"), io.BytesIO()
    told = PngImagePlugin.PngInfo()
    for name in ("Title", "Author", "Comment"):
        told.add_text(name, word)
    picture.save(file, "PNG", pnginfo=told)
    return file.getvalue()


def with_position(word: str) -> bytes:
    """A photo whose own description holds the word."""
    picture, file = Image.new("RGB", (64, 64), "white"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x010F] = word
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def whole(word: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of files that can be read."""
    text = f"{word} of a plan, 机密★10年"
    yield "a.txt", text.encode()
    yield "a16.txt", text.encode("utf-16")
    yield "a.csv", f"name,{word}\n{word},1\n".encode()
    yield "a.json", f'{{"{word}": "{word}"}}'.encode()
    yield "a.html", f"<title>{word}</title><p hidden>{word}</p><!-- {word} --><script>{word}</script>".encode()
    yield "a.rtf", rf"{{\rtf1 {{\info{{\title {word}}}}} {word}\par}}".encode()
    yield "a.png", drawn(word)
    yield "b.png", with_properties(word)
    yield "a.jpg", with_position(word)
    yield "code.jpg", photo_of(f"https://example.org/?invite={word}&password={word}")
    yield "a.pdf", pdfs.pdf([text], header=word, remark=word, title=word, covered=word)
    yield "scan.pdf", pdfs.pdf([drawn(word)])
    yield "a.docx", office.word(text, comment=word, deleted=word, vanished=word, header=word, title=word)
    yield "a.xlsx", office.sheets(hidden_sheet=word, hidden_row=word, comment=word)
    yield "a.pptx", office.slides(notes=word, hidden_slide=word)
    yield "a.odt", opendocuments.text(text, comment=word, deleted=word)
    yield "a.ods", opendocuments.spreadsheet(hidden_sheet=word, hidden_row=word)
    yield "a.odp", opendocuments.presentation(notes=word, hidden_slide=word)
    yield "a.eml", messages.eml(text, html=f"<p>{word}", files={f"{word}.txt": word.encode()}).as_bytes()
    yield "a.msg", messages.msg(text, html=f"<p>{word}", files=[word.encode()])
    yield "a.zip", archives.nested(archives.zipped({f"{word}.txt": word.encode()}), 2)


def broken(word: str) -> Iterator[tuple[str, bytes]]:
    """Yield files that are cut short, lie about what they are, or are no file at all."""
    for name, data in whole(word):
        if name in ("a.png", "a.pdf", "a.docx", "a.msg", "a.zip", "a.jpg"):
            yield f"cut-{name}", data[: len(data) // 2]
    yield "locked.pdf", pdfs.pdf([word], password=word)
    for head in HEADS:
        yield "lie.bin", head + word.encode() * 50
