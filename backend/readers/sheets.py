"""Excel workbooks (XLSX): every sheet, also hidden ones and hidden rows, comments, properties, labels, pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from backend.model import Reading
from backend.readers import Progress
from backend.readers.gather import Gather
from backend.readers.gather.limits import opened
from backend.readers.gather.markup import Walker, local, walk
from backend.readers.gather.package import Package
from backend.readers.office.cells import Cells, Strings
from backend.readers.office.ooxml import (
    EMBEDDED,
    Text,
    is_kind,
    main_part,
    read_embedded,
    read_properties,
    read_text,
    relations,
)

KIND = "sheets"
ORDER = 21
MEDIA_TYPES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
)
REST = re.compile(
    r"(?:^|/)(?:drawings|charts|diagrams|externalLinks|pivotCache|queryTables)/[^/]+\.xml$"
    r"|connections\.xml$|customXml/item\d+\.xml$"
)


@dataclass(frozen=True)
class _Sheet:
    name: str
    id: str
    hidden: bool


class _Workbook(Walker):
    """Names of sheets in their order, and defined names."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.names: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "sheet":
            id = next((value for key, value in attributes.items() if local(key) == "id" and key != "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(_Sheet(attributes.get("name", ""), id, hidden))
        elif local(tag) == "definedName":
            self.names.append(attributes.get("name", "") + " " + attributes.get("comment", ""))


class _Rest(Text):
    """Charts, drawings, links to other workbooks, and the copy of its source that a pivot table keeps."""

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        super().enter(name, attributes)
        if name in ("s", "n", "d", "sheetName"):
            self.pieces.append(f"{attributes.get('v') or attributes.get('val', '')}\n")


def sniff(data: bytes) -> bool:
    """Return whether a file is an Excel package, by its list of content types."""
    return is_kind(data, "xl")


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return one part for each sheet, numbered in their order, and one for all that stands on none."""
    with opened() as limits:
        package = Package(data)
        gather = Gather(id, progress, limits, "pages")
        main = main_part(package)
        book = _Workbook()
        walk(package.pieces(main), book)
        pointed = {one.id: one for one in relations(package, main)}
        strings = _strings(package, gather, [one.target for one in pointed.values() if one.type == "sharedStrings"])
        used: dict[str, int] = {}
        for number, sheet in enumerate(book.sheets, 1):
            if sheet.id in pointed and not gather.full:
                used.update(_sheet(package, gather, sheet, number, pointed[sheet.id].target, strings))
            gather.pages = number
            gather.tell(number, len(book.sheets) + 1)
        gather.extra("\n".join(book.names))
        for name in package.names:
            if REST.search(name) and not gather.full:
                gather.extra(read_text(package, name, gather, _Rest(every="customXml" in name)).text)
        read_properties(package, gather)
        read_embedded(package, gather, used)
        return gather.reading()


def _strings(package: Package, gather: Gather, names: list[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        walker = Strings(4 * gather.limits.characters)
        with gather.trying():
            walk(package.pieces(name), walker)
        found.extend(walker.found)
    return found


def _sheet(
    package: Package, gather: Gather, sheet: _Sheet, number: int, part: str, strings: list[str]
) -> dict[str, int]:
    """Read one sheet; return the pictures it uses, each with the sheet's number."""
    cells = Cells(strings, gather.limits.characters)
    with gather.trying(number):
        walk(package.pieces(part), cells)
    pointed = relations(package, part)
    comments = [one for one in pointed if one.type in ("comments", "threadedComment") and one.target in package]
    walkers = {one.type: read_text(package, one.target, gather) for one in comments}
    counts = [w.counts.get("comment", 0) + w.counts.get("threadedComment", 0) for w in walkers.values()]
    gather.hidden("comments", max(counts, default=0))  # a threaded comment has a plain copy of itself
    texts = [sheet.name, *cells.rows, *(walker.text for walker in walkers.values())]
    gather.text("\n".join(texts), number)
    if cells.overfull:
        gather.gap("overfull")
    if cells.lost:
        gather.gap("damaged", number)
    gather.hidden("sheets", int(sheet.hidden))
    gather.hidden("rows", cells.hidden)
    return _pictures(package, [one.target for one in pointed if one.type == "drawing"], number)


def _pictures(package: Package, drawings: list[str], number: int) -> dict[str, int]:
    targets = [one.target for drawing in drawings for one in relations(package, drawing)]
    return {target: number for target in targets if EMBEDDED.search(target)}
