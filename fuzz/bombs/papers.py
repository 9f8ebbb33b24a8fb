"""PDF that leads in circles or never ends; mails, messages, markup and rich text nested without end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping

from fuzz import seeds
from tests.files import messages, pdfs

MEGABYTE = 1_000_000
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(*objects: bytes, tail: bytes = b"") -> bytes:
    """Return a PDF of objects numbered from 1, the first of which is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += head + table + b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, tail)
    return out + b"startxref\n%d\n%%%%EOF" % start


def stream(data: bytes, more: bytes = b"") -> bytes:
    """Return a stream."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


def page(content: bytes, filters: bytes = b"", box: bytes = b"0 0 595 842", *more: bytes) -> bytes:
    """Return a PDF of one page with a content; further objects are numbered from 6."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
        % box,
        stream(content, filters), FONT, *more,
    )  # fmt: skip


def squeezed(data: bytes, times: int) -> bytes:
    """Return a page whose content is packed so many times over."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return page(data, b"/Filter[" + b"/FlateDecode " * times + b"]")


def circle() -> bytes:
    """Return a PDF whose tree of pages has itself for a child."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647/Parent 2 0 R>>")


def tree(depth: int) -> bytes:
    """Return a PDF whose tree of pages doubles at each level by naming the same child twice."""
    inner = [b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count %d>>" % (n + 3, n + 3, 2 ** (depth - n)) for n in range(depth)]
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *inner, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def tables() -> bytes:
    """Return a PDF whose table of objects says that the one before it is itself."""
    data = pdfs.pdf(["secret"])
    at = data.rindex(b"startxref") + 10
    place = data[at:].split()[0]
    return data.replace(b"trailer\n<<", b"trailer\n<</Prev " + place + b" ", 1)


def forms() -> bytes:
    """Return a PDF whose form draws itself twice."""
    own = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    return page(b"/X Do", b"", b"0 0 595 842", stream(b"/X Do /X Do", own))


def chain() -> bytes:
    """Return a PDF of forms of which each draws the next ten times over, nine deep."""
    own = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    inner = [stream(b"/X Do " * 10, own % (number + 7)) for number in range(9)]
    return page(b"/X Do", b"", b"0 0 595 842", *inner, stream(b"BT /F 9 Tf (a) Tj ET", own % 99))


def image(width: int, height: int) -> bytes:
    """Return a PDF with a picture of a size in it."""
    about = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    packed = zlib.compress(bytes(30 * MEGABYTE), 9)
    return page(b"595 0 0 842 0 0 cm /X Do", b"", b"0 0 595 842", stream(packed, about % (width, height)))


def within(depth: int) -> bytes:
    """Return mails forwarded in mails."""
    head = b"Subject: a\nFrom: a@example.org\nTo: b@example.org\nDate: Mon, 3 Mar 2025 10:00:00 +0700\n"
    return (head + b"Content-Type: message/rfc822\n\n") * depth + head + b"\nsecret"


def parts(depth: int) -> bytes:
    """Return a mail of parts in parts."""
    head = "Subject: a\nFrom: a@example.org\nTo: b@example.org\nDate: x\nMIME-Version: 1.0\n"
    body = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(depth))
    return (head + body + "Content-Type: text/plain\n\nsecret\n").encode()


def attached(count: int) -> bytes:
    """Return a mail with so many files."""
    head = "Subject: a\nFrom: a@example.org\nTo: b@example.org\nDate: x\nContent-Type: multipart/mixed; boundary=x\n\n"
    file = "--x\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=a.txt\n\nsecret\n"
    return (head + file * count + "--x--\n").encode()


def header(value: str) -> bytes:
    """Return a mail with a header."""
    return f"Subject: a\nFrom: a@example.org\nDate: x\nMessage-ID: x\nTo: {value}\n\nsecret".encode()


def container(at: int, value: int) -> bytes:
    """Return a message whose container has another number at a place of its head."""
    data = messages.ole(seeds.OUTLOOK)
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def chained() -> bytes:
    """Return a message whose first sector is followed by itself."""
    data = messages.ole({**seeds.OUTLOOK, "__substg1.0_1000001F": b"s\0" * 20_000})
    at = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    return data[:at] + struct.pack("<128I", *[n for n in range(128)]) + data[at + 512 :]


def family(depth: int) -> bytes:
    """Return a message with messages inside, so deep."""
    tree = dict(seeds.OUTLOOK)
    for _ in range(depth):
        tree = {**seeds.OUTLOOK, "__attach_version1.0_#00000000": {"__substg1.0_3701000D": tree}}
    return messages.ole(tree)


def rows() -> bytes:
    """Return an old workbook that says its first sheet ends in the last row and column there may be."""
    data = (seeds.FILES / "book.xls").read_bytes()
    at = data.index(b"\x00\x02\x0e\x00")
    return data[: at + 4] + struct.pack("<IIHH", 0, 2**31, 0, 65_535) + data[at + 16 :]


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "pdf: 400 MB packed four times": lambda: squeezed(bytes(400 * MEGABYTE), 4),
    "pdf: a million lines on a page": lambda: squeezed(b"BT /F 9 Tf " + b"(secret) Tj " * MEGABYTE + b"ET", 1),
    "pdf: a million lines to draw": lambda: squeezed(b"0 0 m 500 800 l S " * MEGABYTE, 1),
    "pdf: pages in a circle": circle,
    "pdf: 2 to the 30th pages": lambda: tree(30),
    "pdf: tables in a circle": tables,
    "pdf: a form that draws itself": forms,
    "pdf: forms ten times over, nine deep": chain,
    "pdf: arrays a million deep": lambda: pdf(b"<</Type/Catalog/Pages " + b"[" * MEGABYTE + b">>"),
    "pdf: a page a light year wide": lambda: page(b"BT /F 9 Tf (secret) Tj ET", b"", b"0 0 1e30 1e30"),
    "pdf: a page of 14,400 points": lambda: page(b"BT /F 9 Tf (secret) Tj ET", b"", b"0 0 14400 14400"),
    "pdf: a picture of 60,000 pixels a side": lambda: image(60_000, 60_000),
    "pdf: a picture of 3,000 pixels a side": lambda: image(3000, 3000),
    "mail: 3,000 mails in mails": lambda: within(3000),
    "mail: 900 parts in parts": lambda: parts(900),
    "mail: 20,000 parts in parts": lambda: parts(20_000),
    "mail: 10,000 files": lambda: attached(10_000),
    "mail: 300,000 addressees": lambda: header("a@example.org, " * 300_000),
    "mail: 100,000 open brackets": lambda: header("(" * 100_000),
    "mail: 100,000 open quotation marks": lambda: header('"\\' * 100_000),
    "mail: 200,000 coded words": lambda: header("=?utf-8?q?s?= " * 200_000),
    "mail: 100,000 groups": lambda: header("a:" * 100_000),
    "msg: sectors that follow themselves": chained,
    "msg: a directory that is its own table": lambda: container(48, 0),
    "msg: a table of 4 billion sectors": lambda: container(44, 2**32 - 1),
    "msg: tables in a circle": lambda: container(68, 0),
    "msg: 40 messages in messages": lambda: family(40),
    "xls: a sheet of 140 trillion cells": rows,
    "rtf: a million groups deep": lambda: b"{\\rtf1 " + b"{" * MEGABYTE,
    "rtf: a million empty groups": lambda: b"{\\rtf1 " + b"{}" * MEGABYTE + b"}",
    "rtf: bytes that are not there": lambda: b"{\\rtf1\\bin999999999999 secret}",
    "rtf: a million fonts": lambda: b"{\\rtf1{\\fonttbl" + b"{\\f1 a;}" * MEGABYTE + b"}}",
    "rtf: a picture of 30 MB": lambda: b"{\\rtf1{\\pict\\pngblip " + b"89504e47" * 4 * MEGABYTE + b"}}",
    "html: a million elements deep": lambda: b"<!doctype html><div>" + b"<div>" * MEGABYTE,
    "html: 300,000 open comments": lambda: b"<!doctype html><p>" + b"<!--" * 300_000,
    "html: a million attributes": lambda: b"<!doctype html><p " + b"a=1 b='2' " * 500_000 + b">secret",
    "html: a million open attributes": lambda: b"<!doctype html><p " + b"a='<p " * 300_000,
    "html: 300,000 tables": lambda: b"<!doctype html><table><tr><td>" + b"<table><tr><td>x" * 300_000,
    "xhtml: a billion laughs": lambda: _laughing(),
    "text: 19 MB in one line": lambda: b"secret " * 2_700_000,
    "text: 21 MB": lambda: b"secret " * 3 * MEGABYTE,
    "text: NUL bytes": lambda: b"secret" + bytes(MEGABYTE),
    "text: UTF-16 of every plane": lambda: "".join(map(chr, range(32, 0xD800))).encode("utf-16"),
}


def _laughing() -> bytes:
    from fuzz.bombs.packs import LAUGHS

    return f'<?xml version="1.0"?>{LAUGHS}<html xmlns="http://www.w3.org/1999/xhtml"><p>&l9;</p></html>'.encode()
