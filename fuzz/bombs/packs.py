"""Archives that unpack to far more than they are, and office files built of them."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.files import archives, office, opendocuments

ZEROS = 30_000_000
WORD_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def local(name: bytes, data: bytes, size: int, crc: int) -> bytes:
    """Return the head of a member before its data."""
    return struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(data), size, len(name), 0) + name


def central(name: bytes, packed: int, size: int, crc: int, at: int) -> bytes:
    """Return the entry of a member in the directory."""
    fixed = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, packed, size, len(name), 0, 0, 0, 0, 0, at
    )
    return fixed + name


def ended(body: bytes, directory: list[bytes]) -> bytes:
    """Return an archive of its members and its directory."""
    joined, count = b"".join(directory), len(directory)
    return body + joined + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(joined), len(body), 0)


def deflated(data: bytes) -> bytes:
    """Return raw deflate, as members of archives hold it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def overlapping(count: int = 2000) -> bytes:
    """Return an archive whose members are all the same run of bytes."""
    plain = bytes(ZEROS)
    data, crc = deflated(plain), zlib.crc32(plain)
    names = [b"%d.txt" % number for number in range(count)]
    body = local(names[0], data, len(plain), crc) + data
    return ended(body, [central(name, len(data), len(plain), crc, 0) for name in names])


def quoted(count: int = 1000) -> bytes:
    """Return an archive in which each member quotes the heads of all that follow (D. Fifield, 2019)."""
    plain = bytes(1_000_000)
    data, names = deflated(plain), [b"%05d.txt" % number for number in range(count)]
    body, directory = b"", []
    heads: list[tuple[bytes, int, int, int]] = []
    for name in reversed(names):
        if body:
            head = heads[-1][0]
            block = struct.pack("<BHH", 0, len(head), len(head) ^ 0xFFFF)
            plain = head + plain
            data = block + head + data
        heads.append((local(name, data, len(plain) & 0xFFFFFFFF, zlib.crc32(plain)), len(data), len(plain), len(body)))
        body = data if not body else body
    # Only the first head stands before the data; each other one lies inside the member before it.
    at = 0
    for name, (head, packed, size, _) in zip(names, reversed(heads), strict=True):
        directory.append(central(name, packed, size, struct.unpack_from("<I", head, 14)[0], at))
        at += len(head) + 5
    return ended(heads[-1][0] + data, directory)


def forty_two() -> bytes:
    """Return archives in archives, sixteen in each, five deep, with zeros at the bottom."""
    data = archives.bomb(40)
    for _ in range(5):
        data = archives.zipped({f"{number}.zip": data for number in range(16)})
    return data


def crowded(count: int) -> bytes:
    """Return an archive of so many empty members."""
    names = [b"%d" % number for number in range(count)]
    body = local(names[0], b"\x03\x00", 0, 0) + b"\x03\x00"
    return ended(body, [central(name, 2, 0, 0, 0) for name in names])


def boasting() -> bytes:
    """Return an archive that says of its member that it holds four gigabytes."""
    return ended(local(b"a.txt", b"\x03\x00", 2**32 - 2, 0) + b"\x03\x00", [central(b"a.txt", 2, 2**32 - 2, 0, 0)])


def word(body: str, before: str = "") -> bytes:
    """Return a Word document with another body."""
    xml = f'<?xml version="1.0"?>{before}<w:document {WORD_SPACE}><w:body>{body}</w:body></w:document>'
    return office.changed(office.word("x"), {"word/document.xml": xml.encode()})


LAUGHS = "<!DOCTYPE a [<!ENTITY l0 'ha'>{}]>".format(
    "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
)
SWOLLEN = f"<!DOCTYPE a [<!ENTITY b '{'b' * 100_000}'>]>"
OUTSIDE = "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd' [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
RUN = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
SHEET_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

RELATION = (
    b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    b'Target="sharedStrings.xml" Id="rId9"/>'
)


def workbook(rows: str, strings: str = "") -> bytes:
    """Return a workbook with other rows, and perhaps another table of strings."""
    sheet = f"{SHEET}<sheetData>{rows}</sheetData></worksheet>".encode()
    changes: dict[str, bytes] = {"xl/worksheets/sheet1.xml": sheet}
    if strings:
        changes["xl/sharedStrings.xml"] = f"<sst {SHEET_SPACE}>{strings}</sst>".encode()
    relation = RELATION if strings else b""
    related = {
        "xl/_rels/workbook.xml.rels": lambda old: old.replace(b"</Relationships>", relation + b"</Relationships>")
    }
    return office.changed(office.sheets(), {**changes, **related})


def referring() -> bytes:
    """Return a workbook in which 300,000 cells are one string of 30,000 characters."""
    cell = '<c t="s"><v>0</v></c>'
    return workbook(f"<row>{cell * 100}</row>" * 3000, f"<si><t>{'x' * 30_000}</t></si>")


def repeated() -> bytes:
    """Return an OpenDocument sheet whose one cell fills all of it."""
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>secret</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return opendocuments.package("spreadsheet", f'<table:table table:name="a">{row * 3}</table:table>')


def spaced() -> bytes:
    """Return an OpenDocument text of one endless run of spaces."""
    return opendocuments.package("text", '<text:p>a<text:s text:c="2000000000"/>b</text:p>')


def xz() -> bytes:
    """Return an archive packed by a method that unpacks far more from far less."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a.txt", bytes(200_000_000))
    return out.getvalue()


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "zip: zeros": lambda: archives.bomb(300),
    "zip: members that are one run": overlapping,
    "zip: members that quote each other": quoted,
    "zip: sixteen in each, five deep": forty_two,
    "zip: 19,000 empty members": lambda: crowded(19_000),
    "zip: 60,000 empty members": lambda: crowded(60_000),
    "zip: a boast of 4 GB": boasting,
    "zip: 200 MB of zeros by LZMA": xz,
    "gzip: 200 MB of zeros": lambda: gzip.compress(bytes(200_000_000)),
    "docx: a billion laughs": lambda: word(RUN.format("&l9;"), LAUGHS),
    "docx: one entity of 100 kB, 10,000 times": lambda: word(RUN.format("&b;" * 10_000), SWOLLEN),
    "docx: entities from outside": lambda: word(RUN.format("&b;"), OUTSIDE),
    "docx: 300,000 elements deep": lambda: word("<w:p>" * 300_000),
    "docx: 300,000 paragraphs": lambda: word(RUN.format("secret") * 300_000),
    "docx: a million attributes": lambda: word("<w:p " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>"),
    "xlsx: cells all over the sheet": lambda: workbook(
        "".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(1, 1_048_576, 50))
    ),
    "xlsx: one long string, 300,000 times": referring,
    "ods: one cell, 17 billion times": repeated,
    "odt: two billion spaces": spaced,
}
