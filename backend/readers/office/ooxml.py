"""Office Open XML (DOCX, XLSX, PPTX): the package, its relations, properties, and what is embedded.

Source: ECMA-376, Part 2 (packages) and Part 1 (properties).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from backend.readers import Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.labels import label_names
from backend.readers.gather.markup import Walker, local, walk
from backend.readers.gather.package import Package, is_zip

TYPES = "[Content_Types].xml"
MAIN = {
    "word": re.compile(rb"wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.(?:document|template)\.macro"),
    "xl": re.compile(rb"spreadsheetml\.(?:sheet|template)\.main\+xml|ms-excel\.(?:sheet|template|addin)\.macro"),
    "ppt": re.compile(
        rb"presentationml\.(?:presentation|template|slideshow)\.main\+xml"
        rb"|ms-powerpoint\.(?:presentation|template|slideshow|addin)\.macro"
    ),
}
EMBEDDED = re.compile(r"(?:^|/)(?:media|embeddings|attachments)/[^/]+$", re.I)
PROPERTIES = re.compile(r"(?:^|/)docProps/(?:core|app|custom)[^/]*\.xml$|/(?:core|app|custom)[^/]*-properties", re.I)
LABEL_INFO = re.compile(r"docMetadata/LabelInfo\.xml$", re.I)
DULL = frozenset(
    (
        "HeadingPairs Pages Words Characters CharactersWithSpaces Lines Paragraphs TotalTime Application AppVersion "
        "DocSecurity ScaleCrop LinksUpToDate SharedDoc HyperlinksChanged HLinks i4 bool revision Template Slides Notes "
        "PresentationFormat HiddenSlides MMClips created modified lastPrinted i8 filetime r8 date creation-date "
        "editing-duration editing-cycles generator document-statistic"
    ).split()
)
"""Properties that every file has and that say nothing."""
BETWEEN = frozenset({"property", "Properties", "coreProperties", "meta", "document-meta"})


def is_kind(data: bytes, kind: str) -> bool:
    """Return whether a file is an OOXML package whose main part is of a kind: ``word``, ``xl``, ``ppt``."""
    if not is_zip(data):
        return False
    try:
        package = Package(data)
        return TYPES in package and bool(MAIN[kind].search(package.bytes(TYPES, 4_000_000)))
    except Unreadable:
        return False


@dataclass(frozen=True)
class Relation:
    """Where one part of a package points to."""

    id: str
    type: str
    """The last word of the type, for example ``"comments"``."""
    target: str
    external: bool


class _Relations(Walker):
    def __init__(self, base: str) -> None:
        self.base = base
        self.found: list[Relation] = []

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        external = attributes.get("TargetMode") == "External"
        target = attributes.get("Target", "")
        if not external:
            target = unquote(target)
            target = target.lstrip("/") if target.startswith("/") else posixpath.join(self.base, target)
            target = posixpath.normpath(target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found.append(Relation(attributes.get("Id", ""), kind, target, external))


def relations(package: Package, part: str) -> list[Relation]:
    """Return what a part of the package points to; nothing where it says nothing."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", name + ".rels")
    if source not in package:
        return []
    walker = _Relations(folder)
    walk(package.pieces(source), walker)
    return walker.found


def main_part(package: Package) -> str:
    """Return the name of the main part; raises :class:`Unreadable` where there is none."""
    for relation in relations(package, ""):
        if relation.type == "officeDocument" and relation.target in package:
            return relation.target
    raise Unreadable("damaged")


class Properties(Walker):
    """Name and value of every property; custom ones bear their name as an attribute."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: dict[str, str] = {}
        self._names: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note which property comes now."""
        name = local(tag)
        named = attributes.get("name") if name in ("property", "user-defined") else None
        own = next((value for key, value in attributes.items() if local(key) == "name"), None)
        self._names.append(named or (own if name == "user-defined" else None) or name)

    def end(self, tag: str) -> None:
        """Note that it is over."""
        self._names.pop()

    def data(self, text: str) -> None:
        """Take its value."""
        outer = [name for name in self._names if name not in BETWEEN]
        name = outer[0] if outer else ""
        if text.strip() and name not in DULL:
            self.found[name] = (self.found.get(name, "") + " " + text.strip()).strip()


def read_properties(package: Package, gather: Gather) -> None:
    """Read the document's properties as text of their own, and its sensitivity labels."""
    walker = Properties()
    for name in package.names:
        if PROPERTIES.search(name):
            with gather.trying():
                walk(package.pieces(name), walker)
    labels = label_names(walker.found)
    for name in package.names:
        if LABEL_INFO.search(name) and not labels:
            with gather.trying():
                labels = label_info(package.bytes(name, 1_000_000))
    gather.labels(labels)
    gather.extra(listed(walker.found))


def listed(properties: Mapping[str, str]) -> str:
    """Return properties as lines; those of labels are told by their names alone."""
    return "\n".join(f"{name}: {value}" for name, value in properties.items() if "MSIP_Label_" not in name)


def label_info(data: bytes) -> list[str]:
    """Return one nameless label where the newer label file, which has only numbers, says that one is on."""
    on = re.search(rb"<(?:\w+:)?label\b(?=[^>]*enabled=\"(?:1|true)\")(?![^>]*removed=\"(?:1|true)\")", data)
    return [""] if on else []


def embedded(package: Package) -> Iterator[str]:
    """Yield the names of files that lie in the package as they are: pictures, other documents."""
    yield from (name for name in package.names if EMBEDDED.search(name) and not name.startswith("docProps/"))


def read_embedded(package: Package, gather: Gather, pages: Mapping[str, int] | None = None) -> None:
    """Read files that lie in the package: pictures, other documents; ``pages`` says where they are used."""
    names = list(embedded(package))
    for done, name in enumerate(names):
        with gather.trying(inside=True):
            gather.file(package.bytes(name), (pages or {}).get(name), embedded=True)
        gather.tell(done + 1, len(names) + 1)


class Text(Walker):
    """Text of DrawingML and alike, in the order of the file: runs, paragraphs, comments, cached values.

    ``AlternateContent`` says everything twice; only the first is read.
    """

    RUNS = frozenset({"t", "v", "delText", "instrText", "text"})
    BREAKS = frozenset({"p", "br", "cr", "tab", "tr", "comment", "cm", "pt", "si", "reply", "text"})
    ATTRIBUTES = frozenset({"descr", "title", "tooltip", "connection", "command", "displayName", "author"})

    def __init__(self, every: bool = False) -> None:
        """Begin with no text; with ``every``, take all there is and not only that of runs."""
        self.pieces: list[str] = []
        self._aside: dict[str, None] = {}
        self.counts: dict[str, int] = {}
        self._every = every
        self._in = int(every)
        self._skip = 0

    @property
    def text(self) -> str:
        """What was read, without empty lines; what stands in attributes, as who wrote it, comes last."""
        return tidy("\n".join(["".join(self.pieces), *self._aside]))

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """Go into an element; words may also stand in its attributes."""
        if self._skip or name == "Fallback":
            self._skip += 1
            return
        self.counts[name] = self.counts.get(name, 0) + 1
        self._in += name in self.RUNS
        for key in self.ATTRIBUTES & attributes.keys():
            self._aside[attributes[key]] = None

    def leave(self, name: str) -> None:
        """Go out of it; a paragraph ends its line."""
        if self._skip:
            self._skip -= 1
            return
        self._in -= name in self.RUNS
        if self._every or name in self.BREAKS:
            self.pieces.append("\t" if name == "tab" else "\n")

    def data(self, text: str) -> None:
        """Take the text of a run."""
        if self._in and not self._skip:
            self.pieces.append(text)


def tidy(text: str) -> str:
    """Return text without empty lines and spaces at the ends of lines."""
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line.strip())


def read_text(package: Package, name: str, gather: Gather, walker: Text | None = None) -> Text:
    """Return the text of one member; what cannot be read of it is a gap."""
    walker = walker or Text()
    with gather.trying():
        walk(package.pieces(name), walker)
    return walker
