"""Word documents (DOCX): text, headers, notes, comments, tracked changes, properties, labels, pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from backend.model import Reading
from backend.readers import Progress
from backend.readers.gather import Gather
from backend.readers.gather.limits import opened
from backend.readers.gather.package import Package
from backend.readers.office.ooxml import (
    Text,
    is_kind,
    main_part,
    read_embedded,
    read_properties,
    read_text,
    relations,
    tidy,
)

KIND = "word"
ORDER = 20
MEDIA_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-word.document.macroenabled.12",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
)
DULL = re.compile(
    r"(?:^|/)(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering|people|theme\d*|colors\d*|style\d+"
    r"|commentsExtended|commentsIds|commentsExtensible|itemProps\d*)\.xml$|_rels/|^docProps/|Content_Types|docMetadata/"
)
CHANGES = ("ins", "del", "moveFrom", "moveTo")


class _Words(Text):
    """The text of one member; what was deleted but is still there is kept apart."""

    def __init__(self, every: bool = False) -> None:
        super().__init__(every)
        self.deleted: list[str] = []
        self.hidden = self.changes = 0
        self._depth = 0

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        super().enter(name, attributes)
        self._depth += name == "delText"
        self.hidden += name == "vanish" and attributes.get("val", "1") not in ("0", "false")
        self.changes += name in CHANGES and "id" in attributes

    def leave(self, name: str) -> None:
        super().leave(name)
        self._depth -= name == "delText"
        if name == "p" and self.deleted:
            self.deleted.append("\n")

    def data(self, text: str) -> None:
        if self._depth and not self._skip:
            self.deleted.append(text)
        else:
            super().data(text)


def sniff(data: bytes) -> bool:
    """Return whether a file is a Word package, by its list of content types."""
    return is_kind(data, "word")


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return all words of the document, seen and unseen, as one part; pictures are numbered behind it."""
    with opened() as limits:
        package = Package(data)
        gather = Gather(id, progress, limits)
        main = main_part(package)
        names = [name for name in package.names if name.endswith(".xml") and not DULL.search(name)]
        for name in [main, *(name for name in names if name != main)]:
            _member(package, name, gather)
        gather.extra("\n".join(one.target for one in relations(package, main) if one.external))
        read_properties(package, gather)
        gather.tell(1, 2)
        read_embedded(package, gather)
        return gather.reading()


def _member(package: Package, name: str, gather: Gather) -> None:
    if gather.full:
        return
    words = _Words(every=name.startswith("customXml/"))
    read_text(package, name, gather, words)
    gather.extra(words.text)
    gather.extra(tidy("".join(words.deleted)))
    gather.hidden("comments", words.counts.get("comment", 0))
    gather.hidden("changes", words.changes)
    gather.hidden("words", words.hidden)
