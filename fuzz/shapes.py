"""Mutators that know a file's shape: they change what lies below a checksum or a compression, and put it back.

Each takes the bytes, a source of chance, and ``raw``, which changes bytes without knowing what they are.
What is not of the shape is changed raw.
"""

from __future__ import annotations

import io
import json
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, MutableMapping
from typing import Any

from fuzz import seeds
from tests.files.messages import ole

Raw = Callable[[bytes], bytes]
Mutator = Callable[[bytes, random.Random, Raw], bytes]
MOST = 2_000_000
NUMBERS = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
PNG = b"\x89PNG\r\n\x1a\n"


def blind(data: bytes, rng: random.Random, raw: Raw) -> bytes:
    """Change bytes wherever they are, or set a number that is often a limit."""
    if len(data) > 8 and rng.random() < 0.25:
        at, size, order = rng.randrange(len(data) - 4), rng.choice((1, 2, 4)), rng.choice("<>")
        number = rng.choice(NUMBERS) & ((1 << 8 * size) - 1)
        packed = struct.pack(order + {1: "B", 2: "H", 4: "I"}[size], number)
        return data[:at] + packed + data[at + size :]
    return raw(data)


def chance(rng: random.Random) -> Raw:
    """Return a plain mutator of bytes, for where no fuzzer is at hand: some are flipped, cut, doubled or put in."""

    def raw(data: bytes) -> bytes:
        out = bytearray(data)
        for _ in range(rng.choice((1, 1, 2, 4, 16))):
            at, end = sorted((rng.randrange(len(out) + 1), rng.randrange(len(out) + 1)))
            what = rng.randrange(5)
            if what == 0 and at < len(out):
                out[at] ^= 1 << rng.randrange(8)
            elif what == 1:
                del out[at : min(end, at + 64)]
            elif what == 2:
                out[at:at] = out[at : min(end, at + 64)] * rng.choice((1, 2, 9))
            elif what == 3:
                out[at:at] = bytes(rng.randrange(256) for _ in range(rng.choice((1, 2, 8))))
            elif rng.random() < 0.2:
                del out[at:]
        return bytes(out)

    return raw


def zipped(data: bytes, rng: random.Random, raw: Raw) -> bytes:
    """Change the content of one member, leave one out, double one, or move one; then pack anew."""
    if rng.random() < 0.2:
        return blind(data, rng, raw)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            members = [(info.filename, old.read(info)) for info in old.infolist() if info.file_size < MOST][:200]
    except Exception:  # no longer an archive that can be opened: there is no shape left
        return blind(data, rng, raw)
    if not members:
        return blind(data, rng, raw)
    at = rng.randrange(len(members))
    name, body = members[at]
    what = rng.random()
    if what < 0.8:
        members[at] = (name, marked_up(body, rng, raw) if body[:1] == b"<" else blind(body, rng, raw))
    elif what < 0.87:
        del members[at]
    elif what < 0.94:
        members[at] = (name, members[rng.randrange(len(members))][1])
    else:
        members.append((rng.choice([one for one, _ in members]), body))
    return _packed(members)


def _packed(members: list[tuple[str, bytes]]) -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        warnings.simplefilter("ignore")  # the same name twice is what is wanted
        for name, body in members:
            new.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), body)
    return out.getvalue()


def marked_up(data: bytes, rng: random.Random, raw: Raw) -> bytes:
    """Change one value of an attribute or text, double an element, or nest it deep; else change bytes."""
    what = rng.random()
    if what < 0.4:
        found = [match.span(1) for match in re.finditer(rb'"([^"<>]*)"|>([^<>]+)<', data) if match[1] is not None]
        if found:
            start, end = rng.choice(found)
            value = rng.choice((raw(data[start:end]), b"-1", b"999999999999", b"1e999", b"", b"A1048576", b"../../x"))
            return data[:start] + value + data[end:]
    if what < 0.7:
        tags = list(re.finditer(rb"<([\w:]+)(?: [^<>]*)?/?>", data))
        if tags:
            tag = rng.choice(tags)
            end = data.find(b"</" + tag[1] + b">", tag.end())
            block = data[tag.start() : end + len(tag[1]) + 3] if end > 0 else tag[0]
            return data[: tag.start()] + block[:20_000] * rng.choice((0, 2, 2, 30)) + data[tag.start() + len(block) :]
    return blind(data, rng, raw)


def png(data: bytes, rng: random.Random, raw: Raw) -> bytes:
    """Change one chunk, below its checksum and, of pixels, below their compression; other pictures raw."""
    if not data.startswith(PNG) or rng.random() < 0.15:
        return blind(data, rng, raw)
    chunks, at = [], len(PNG)
    while at + 8 <= len(data) and len(chunks) < 500:
        size = int.from_bytes(data[at : at + 4], "big")
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    if not chunks:
        return blind(data, rng, raw)
    number = rng.randrange(len(chunks))
    kind, body = chunks[number]
    if rng.random() < 0.15:
        chunks.insert(rng.randrange(len(chunks)), chunks[number])
    else:
        chunks[number] = (kind, _inflated(body, rng, raw) if kind in (b"IDAT", b"iCCP") else blind(body, rng, raw))
    return PNG + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _inflated(body: bytes, rng: random.Random, raw: Raw) -> bytes:
    try:
        plain = zlib.decompressobj().decompress(body, MOST)
    except zlib.error:
        return blind(body, rng, raw)
    return zlib.compress(blind(plain, rng, raw))


def pdf(data: bytes, rng: random.Random, raw: Raw) -> bytes:
    """Change one object, its numbers and references, or a stream below its compression; the rest stays in order."""
    objects = list(re.finditer(rb"\d+ 0 obj\b(.*?)endobj", data, re.S))
    if not objects or rng.random() < 0.15:
        return blind(data, rng, raw)
    found = rng.choice(objects)
    body = found[1]
    stream = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.S)
    if stream and rng.random() < 0.6:
        inner = _inflated(stream[1], rng, raw)
        body = body[: stream.start(1)] + inner + body[stream.end(1) :]
    else:
        numbers = list(re.finditer(rb"-?\d+(?:\.\d+)?", body))
        if numbers and rng.random() < 0.6:
            one = rng.choice(numbers)
            value = rng.choice([b"0", b"-1", b"1", b"2", b"3", b"65535", b"2147483647", b"99999999999", b"1e9"])
            body = body[: one.start()] + value + body[one.end() :]
        else:
            body = blind(body, rng, raw)
    return data[: found.start(1)] + body + data[found.end(1) :]


def outlook(data: bytes, rng: random.Random, raw: Raw) -> bytes:
    """Change one stream of the seed's message and put it together anew; or the container itself."""
    if rng.random() < 0.5:
        return blind(data, rng, raw)
    tree = _copied(seeds.OUTLOOK)
    for _ in range(rng.choice((1, 1, 3))):
        _change(tree, rng, raw)
    return ole(tree)


def _copied(tree: Any) -> Any:
    return {name: _copied(value) if isinstance(value, dict) else value for name, value in tree.items()}


def _change(tree: MutableMapping[str, Any], rng: random.Random, raw: Raw) -> None:
    name = rng.choice(sorted(tree))
    if isinstance(tree[name], dict):
        if tree[name]:
            _change(tree[name], rng, raw)
    elif rng.random() < 0.15:
        tree[name[:-1] + rng.choice("0123456789ABCDEF")] = tree.pop(name)
    else:
        tree[name] = raw(tree[name])[:60_000]


def table(data: bytes, rng: random.Random, raw: Raw) -> bytes:
    """Change one value of JSON to one of another kind; what is no JSON raw."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return blind(data, rng, raw)
    return json.dumps(_other(value, rng)).encode() if rng.random() < 0.6 else blind(data, rng, raw)


ODD = (None, True, -1, 0, 2**31, 2**63, 1e308, "", "\ud800", "\x00", "x" * 5000, "😀", [], {}, [[[[[]]]]], {"x": {}})


def _other(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(list(value))
        return {**value, key: _other(value[key], rng)}
    if isinstance(value, list) and value and rng.random() < 0.85:
        at = rng.randrange(len(value))
        return [*value[:at], _other(value[at], rng), *value[at + 1 :]]
    return rng.choice(ODD)


def named(inner: Mutator) -> Mutator:
    """Return a mutator of inputs whose first byte says what the rest is."""

    def mutate(data: bytes, rng: random.Random, raw: Raw) -> bytes:
        return data[:1] + inner(data[1:], rng, raw)

    return mutate
