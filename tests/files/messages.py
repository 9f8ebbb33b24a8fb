"""Mails: EML by the standard library, MSG by a small writer of OLE containers ([MS-CFB], [MS-OXMSG])."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Any

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL, CUTOFF = 512, 64, 4096
Tree = Mapping[str, Any]


def eml(
    body: str = "See you on Friday.",
    *,
    html: str = "",
    files: Mapping[str, bytes] | None = None,
    inner: EmailMessage | None = None,
    label: str = "",
) -> EmailMessage:
    """Return a mail; ``as_bytes()`` is its file."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "An <an@example.org>", "binh@example.org", "Kế hoạch"
    mail["Date"] = "Mon, 03 Mar 2025 10:00:00 +0700"
    if label:
        name = "MSIP_Label_3f2a1b0c-1111-2222-3333-444455556666"
        mail["msip_labels"] = f"{name}_Enabled=True; {name}_Name={label};"
    mail.set_content(body)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, data in (files or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if inner is not None:
        mail.add_attachment(inner)
    return mail


def msg(body: str = "See you on Friday.", *, html: str = "", files: Sequence[bytes] = (), inner: str = "") -> bytes:
    """Return an Outlook message with attachments, and perhaps a message inside it."""
    return ole(_message(body, html, files, inner))


def _message(body: str, html: str, files: Sequence[bytes], inner: str) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "__properties_version1.0": bytes(32),
        "__substg1.0_0037001F": "Plan".encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
        "__recip_version1.0_#00000000": {"__substg1.0_3001001F": "Binh Le".encode("utf-16-le")},
    }
    if html:
        tree["__substg1.0_10130102"] = html.encode()
    for number, data in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__substg1.0_37010102": data,
            "__substg1.0_3707001F": "plan.bin".encode("utf-16-le"),
        }
    if inner:
        tree["__attach_version1.0_#000000FF"] = {"__substg1.0_3701000D": _message(inner, "", (), "")}
    return tree


class _Writer:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.small = bytearray()
        self.small_fat: list[int] = []
        self.entries: list[list[Any]] = []

    def chain(self, data: bytes) -> int:
        """Store data in whole sectors; return the first."""
        if not data:
            return END
        first = len(self.sectors)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        self.sectors += pieces
        self.fat += [*range(first + 1, first + len(pieces)), END]
        return first

    def stream(self, data: bytes) -> int:
        if len(data) >= CUTOFF:
            return self.chain(data)
        first, count = len(self.small_fat), -(-len(data) // SMALL)
        if not count:
            return END
        self.small += data.ljust(count * SMALL, b"\0")
        self.small_fat += [*range(first + 1, first + count), END]
        return first

    def storage(self, tree: Tree) -> int:
        """Store what a storage holds; return its first child, the others hang to the right of it."""
        numbers = []
        for name in sorted(tree, key=lambda name: (len(name), name.upper())):
            number = len(self.entries)
            numbers.append(number)
            value = tree[name]
            self.entries.append([name, 1 if isinstance(value, Mapping) else 2, FREE, FREE, END, 0])
            if isinstance(value, Mapping):
                self.entries[number][3] = self.storage(value)
                self.entries[number][4] = 0
            else:
                self.entries[number][4:] = [self.stream(value), len(value)]
        for one, following in zip(numbers, numbers[1:], strict=False):
            self.entries[one][2] = following
        return numbers[0] if numbers else FREE


def ole(tree: Tree) -> bytes:
    """Return an OLE container with streams (bytes) and storages (mappings)."""
    writer = _Writer()
    writer.entries.append(["Root Entry", 5, FREE, FREE, END, 0])
    writer.entries[0][3] = writer.storage(tree)
    writer.entries[0][4:] = [writer.chain(bytes(writer.small)), len(writer.small)]
    small_fat = writer.chain(struct.pack(f"<{len(writer.small_fat)}I", *writer.small_fat))
    small_count = -(-4 * len(writer.small_fat) // SECTOR)
    directory = writer.chain(b"".join(_entry(*entry) for entry in writer.entries))
    tables = 1
    while (len(writer.fat) + tables) * 4 > tables * SECTOR:
        tables += 1
    at = len(writer.sectors)
    fat = [*writer.fat, *[FAT] * tables]
    fat += [FREE] * (tables * SECTOR // 4 - len(fat))
    packed = struct.pack(f"<{len(fat)}I", *fat)
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, directory, 0, CUTOFF, small_fat, small_count, END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", *[*range(at, at + tables), *[FREE] * (109 - tables)])
    return head + b"".join(writer.sectors) + packed


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII36xIQ", text, len(text), kind, 1, FREE, right, child, start, size)
