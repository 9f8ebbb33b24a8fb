"""Pictures and videos that claim to be far larger or longer than they are, or that lead in circles."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping

from fuzz import seeds

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *more: bytes, pixels: bytes = b"\0") -> bytes:
    """Return a PNG of a size, with chunks before its pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return SIGNATURE + head + b"".join(more) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")


def packed_text(kind: bytes) -> bytes:
    """Return a small PNG with 100 MB of packed words beside its pixels."""
    body = {b"zTXt": b"a\0\0", b"iCCP": b"a\0\0", b"iTXt": b"a\0\1\0\0\0"}[kind]
    return png(64, 64, *[chunk(kind, body + zlib.compress(bytes(100_000_000), 9))], pixels=bytes(64 * 193))


def gif(count: int, width: int = 16, height: int = 16) -> bytes:
    """Return a GIF with so many frames of one pixel."""
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + frame * count + b"\x3b"


def tiff(tables: int, back_to: int | None, width: int = 16, height: int = 16, strip: int = 256) -> bytes:
    """Return a TIFF with so many tables of a page; the last leads back to one of them, or ends."""
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1)]
    entries += [(278, 4, height), (279, 4, strip)]
    size, first = 2 + 12 * len(entries) + 4, 8 + 256
    out = b"II*\0" + struct.pack("<I", first) + bytes(256)
    for number in range(tables):
        last = number == tables - 1
        following = (0 if back_to is None else first + back_to * size) if last else first + (number + 1) * size
        table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
        out += struct.pack("<H", len(entries)) + table + struct.pack("<I", following)
    return out


def jpeg(width: int, height: int, scans: int = 1) -> bytes:
    """Return a progressive JPEG that claims a size, and has its scans again and again."""
    data = seeds.packed("JPEG", progressive=True)
    at = data.index(b"\xff\xc2")
    data = data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]
    first = data.index(b"\xff\xda")
    return data[:first] + data[first:-2] * scans + data[-2:]


def bmp(width: int, height: int) -> bytes:
    """Return a BMP that claims a size."""
    data = seeds.packed("BMP")
    return data[:18] + struct.pack("<ii", width, height) + data[26:]


def webp(width: int, height: int) -> bytes:
    """Return a lossless WebP that claims a size."""
    bits = (width - 1) | (height - 1) << 14
    body = b"\x2f" + struct.pack("<I", bits) + bytes(64)
    return b"RIFF" + struct.pack("<I", 12 + len(body)) + b"WEBPVP8L" + struct.pack("<I", len(body)) + body


def jpeg2000() -> bytes:
    """Return the head of a JPEG 2000 that claims two billion pixels a side."""
    size = struct.pack(">HHIIIIIIIIH", 0xFF51, 47, *[2**31 - 1, 2**31 - 1, 0, 0, 1, 1, 0, 0], 3)
    return b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 " + b"\0\0\0\0jp2c\xff\x4f" + size[:40]


def heif(width: int, height: int) -> bytes:
    """Return a phone's picture whose own box claims a size."""
    data = seeds.phones()[1]
    at = data.index(b"ispe")
    return data[: at + 8] + struct.pack(">II", width, height) + data[at + 16 :]


def lying(format: int, mark: bytes, at: int) -> bytes:
    """Return a video that claims to last for weeks."""
    data = seeds.videos()[format]
    place = data.index(mark) + at
    return data[:place] + b"\xff\xff\xff\x7f" + data[place + 4 :]


def boxes() -> bytes:
    """Return a video of boxes in boxes, a hundred thousand deep."""
    data = b""
    for depth in range(20_000):
        data += struct.pack(">I", 8 * (20_000 - depth)) + b"moov"
    return seeds.videos()[0][:32] + data


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "png: 60,000 pixels a side": lambda: png(60_000, 60_000),
    "png: 2 billion pixels a side": lambda: png(2**31 - 1, 2**31 - 1),
    "png: 7,900 pixels a side of zeros": lambda: png(7900, 7900, pixels=bytes((3 * 7900 + 1) * 7900)),
    "png: 100 MB of words": lambda: packed_text(b"zTXt"),
    "png: 100 MB of international words": lambda: packed_text(b"iTXt"),
    "png: 100 MB of colours": lambda: packed_text(b"iCCP"),
    "png: 200,000 small chunks": lambda: png(16, 16, chunk(b"tEXt", b"a\0b") * 200_000, pixels=bytes(16 * 49)),
    "gif: 100,000 frames": lambda: gif(100_000),
    "gif: 65,535 pixels a side": lambda: gif(2, 65_535, 65_535),
    "tiff: a table that leads to itself": lambda: tiff(1, 0),
    "tiff: three tables in a circle": lambda: tiff(3, 0),
    "tiff: 100,000 pages": lambda: tiff(20_000, None),
    "tiff: 4 billion pixels a side": lambda: tiff(1, None, 2**32 - 1, 2**32 - 1, 2**32 - 1),
    "tiff: a strip of 4 GB": lambda: tiff(1, None, 4000, 4000, 2**32 - 1),
    "jpeg: 65,500 pixels a side": lambda: jpeg(65_500, 65_500),
    "jpeg: 15,000 pixels a side, 300 times": lambda: jpeg(15_000, 15_000, 300),
    "bmp: 2 billion pixels a side": lambda: bmp(2**31 - 1, 2**31 - 1),
    "webp: 16,384 pixels a side": lambda: webp(16_384, 16_384),
    "jpeg 2000: 2 billion pixels a side": jpeg2000,
    "heif: 2 billion pixels a side": lambda: heif(2**31 - 1, 2**31 - 1),
    "mp4: weeks that are not there": lambda: lying(0, b"stts", 12),
    "avi: weeks that are not there": lambda: lying(1, b"avih", 24),
    "mp4: boxes in boxes": boxes,
}
