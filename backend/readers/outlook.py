"""Outlook messages (MSG): subject, people, bodies, and attachments, also messages in messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backend.model import Reading
from backend.readers import Progress, Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.encoding import decoded
from backend.readers.gather.html import read_html
from backend.readers.gather.labels import header_labels
from backend.readers.gather.limits import opened
from backend.readers.office.rtf import read_rtf, unpacked
from backend.readers.office.storage import is_ole, open_ole

KIND = "outlook"
ORDER = 30
MEDIA_TYPES = ("application/vnd.ms-outlook",)
# Storages and the numbers of properties: [MS-OXMSG] 2, [MS-OXPROPS].
PROPERTIES = "__properties_version1.0"
VALUE, ATTACHED, PERSON = "__substg1.0_", "__attach_version1.0_", "__recip_version1.0_"
SUBJECT, SENDER, SENDER_MAIL, TO, CC, HEADERS = "0037", "0C1A", "5D01", "0E04", "0E03", "007D"
BODY, HTML, RTF = "1000", "1013", "1009"
PERSON_NAME, PERSON_MAIL = "3001", "39FE"
FILE_DATA, FILE_MESSAGE = "3701", "3701000D"
FILE_NAMES = ("3707", "3704")
MOST_STREAM = 50_000_000
MOST_DEPTH = 4


def sniff(data: bytes) -> bool:
    """Return whether a file is an OLE container that holds a message."""
    return is_ole(data) and PROPERTIES.encode("utf-16-le") in data


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return header and bodies as one part; attachments are numbered behind it."""
    with opened() as limits:
        gather = Gather(id, progress, limits)
        with open_ole(data) as file:
            if not file.exists(PROPERTIES):
                raise Unreadable("damaged")  # nothing of it can be reached
            _Message(file, gather).read(())
        return gather.reading()


class _Message:
    """A message and those inside it, each a storage of the same file."""

    def __init__(self, file: Any, gather: Gather) -> None:
        self._file, self._gather = file, gather
        self._entries = [tuple(entry) for entry in file.listdir(streams=True, storages=True)]

    def read(self, at: tuple[str, ...], depth: int = 0) -> None:
        """Read the message that lies at a path."""
        gather = self._gather
        if depth >= MOST_DEPTH:
            gather.gap("too_deep")
            return
        known = {name: self._text(at, key) for name, key in (("Subject", SUBJECT), ("From", SENDER), ("", SENDER_MAIL))}
        known |= {"To": self._text(at, TO), "Cc": self._text(at, CC)}
        people = [self._text(one, key) for one in self._inside(at, PERSON) for key in (PERSON_NAME, PERSON_MAIL)]
        gather.extra(
            "\n".join([*(f"{name}: {value}" for name, value in known.items() if value), *filter(None, people)])
        )
        gather.labels(header_labels(self._text(at, HEADERS)))
        gather.extra(self._text(at, BODY))
        gather.extra(read_html(self._html(at)).text)
        if not self._text(at, BODY) and not self._html(at):
            gather.extra(read_rtf(unpacked(self._bytes(at, RTF, "0102"))).text)
        attached = list(self._inside(at, ATTACHED))
        for done, one in enumerate(attached):
            self._attachment(one, depth)
            gather.tell(done + 1, len(attached))

    def _attachment(self, at: tuple[str, ...], depth: int) -> None:
        self._gather.extra("\n".join(filter(None, (self._text(at, key) for key in FILE_NAMES))))
        inner = (*at, VALUE + FILE_MESSAGE)
        if inner in self._entries:
            self.read(inner, depth + 1)
            return
        with self._gather.trying(inside=True):
            data = self._bytes(at, FILE_DATA, "0102")
            if data:
                self._gather.file(data)

    def _inside(self, at: tuple[str, ...], kind: str) -> Iterator[tuple[str, ...]]:
        for entry in self._entries:
            if len(entry) == len(at) + 1 and entry[: len(at)] == at and entry[-1].startswith(kind):
                yield entry

    def _html(self, at: tuple[str, ...]) -> str:
        data = self._bytes(at, HTML, "0102")
        return decoded(data) if data else self._text(at, HTML)

    def _text(self, at: tuple[str, ...], key: str) -> str:
        wide = self._bytes(at, key, "001F")
        return wide.decode("utf-16-le", "replace") if wide else decoded(self._bytes(at, key, "001E"))

    def _bytes(self, at: tuple[str, ...], key: str, form: str) -> bytes:
        path = (*at, f"{VALUE}{key}{form}")
        if path not in self._entries:
            return b""
        if self._file.get_size(list(path)) > MOST_STREAM:
            raise Unreadable("too_large")
        with self._file.openstream(list(path)) as stream:
            data: bytes = stream.read()
        self._gather.limits.unpacked(len(data))
        return data
