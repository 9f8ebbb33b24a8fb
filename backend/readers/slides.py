"""PowerPoint presentations (PPTX): slides, also hidden ones, speaker notes, comments, properties, labels, pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from backend.model import Reading
from backend.readers import Progress
from backend.readers.gather import Gather
from backend.readers.gather.limits import opened
from backend.readers.gather.markup import Walker, local, walk
from backend.readers.gather.package import Package
from backend.readers.office.ooxml import (
    EMBEDDED,
    Relation,
    Text,
    is_kind,
    main_part,
    read_embedded,
    read_properties,
    read_text,
    relations,
)

KIND = "slides"
ORDER = 22
MEDIA_TYPES = (
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12",
)
REST = re.compile(
    r"(?:^|/)(?:slideMasters|slideLayouts|notesMasters|handoutMasters)/[^/]+\.xml$|customXml/item\d+\.xml$"
)
COMMENTS = ("comments", "comment")


class _Order(Walker):
    """The relation ids of slides in the order in which they are shown."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "sldId":
            self.ids += [value for key, value in attributes.items() if key != "id" and local(key) == "id"]


class _Slide(Text):
    """A slide's or its notes' text, without the number that is on every one."""

    def __init__(self, every: bool = False) -> None:
        super().__init__(every)
        self.shown = True
        self._field = 0

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        super().enter(name, attributes)
        self._field += name == "fld"
        if name == "sld":
            self.shown = attributes.get("show", "1") not in ("0", "false")

    def leave(self, name: str) -> None:
        super().leave(name)
        self._field -= name == "fld"

    def data(self, text: str) -> None:
        if not self._field:
            super().data(text)


def sniff(data: bytes) -> bool:
    """Return whether a file is a PowerPoint package, by its list of content types."""
    return is_kind(data, "ppt")


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return one part for each slide with its notes and comments, and one for all that stands on none."""
    with opened() as limits:
        package = Package(data)
        gather = Gather(id, progress, limits, "pages")
        main = main_part(package)
        order = _Order()
        walk(package.pieces(main), order)
        pointed = {one.id: one for one in relations(package, main)}
        slides = [pointed[one].target for one in order.ids if one in pointed]
        used: dict[str, int] = {}
        for number, name in enumerate(slides, 1):
            if not gather.full:
                used.update(_slide(package, gather, name, number))
            gather.pages = number
            gather.tell(number, len(slides) + 1)
        for name in package.names:
            if REST.search(name) and not gather.full:
                gather.extra(read_text(package, name, gather, Text(every="customXml" in name)).text)
        read_properties(package, gather)
        read_embedded(package, gather, used)
        return gather.reading()


def _slide(package: Package, gather: Gather, name: str, number: int) -> dict[str, int]:
    """Read one slide; return the pictures it uses, each with the slide's number."""
    slide = _Slide()
    read_text(package, name, gather, slide)
    pointed = [one for one in relations(package, name) if one.target in package]
    notes = _texts(package, gather, [one for one in pointed if one.type == "notesSlide"])
    comments = _texts(package, gather, [one for one in pointed if one.type in COMMENTS])
    others = _texts(package, gather, [one for one in pointed if one.type in ("chart", "diagramData")])
    gather.text("\n".join([slide.text, *(one.text for one in (*notes, *comments, *others))]), number)
    gather.hidden("slides", int(not slide.shown))
    gather.hidden("notes", sum(bool(one.text) for one in notes))
    gather.hidden("comments", sum(one.counts.get("cm", 0) for one in comments))
    return {one.target: number for one in pointed if EMBEDDED.search(one.target)}


def _texts(package: Package, gather: Gather, wanted: list[Relation]) -> list[_Slide]:
    found = []
    for one in wanted:
        walker = _Slide()
        read_text(package, one.target, gather, walker)
        found.append(walker)
    return found
