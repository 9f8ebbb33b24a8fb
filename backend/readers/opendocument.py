"""OpenDocument text, spreadsheets and presentations (ODT, ODS, ODP), with comments, changes, notes, hidden sheets."""

from __future__ import annotations

import re

from backend.model import Reading
from backend.readers import Progress, Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.labels import label_names
from backend.readers.gather.limits import opened
from backend.readers.gather.markup import walk
from backend.readers.gather.package import Package, is_zip
from backend.readers.office.ooxml import Properties, listed
from backend.readers.office.opendocument import Content

KIND = "opendocument"
ORDER = 23
MEDIA_TYPES = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.graphics",
)
MANIFEST = "META-INF/manifest.xml"
PICTURES = re.compile(r"^(?:Pictures|media)/|^Object[^/]*$")
OBJECTS = re.compile(r"^(?:Object|Formula|Chart)[^/]*/content\.xml$")


def sniff(data: bytes) -> bool:
    """Return whether a file is an OpenDocument package, by its type and its list of files."""
    if not is_zip(data):
        return False
    try:
        package = Package(data)
        return "content.xml" in package and _type(package).startswith("application/vnd.oasis.opendocument.")
    except Unreadable:
        return False


def _type(package: Package) -> str:
    if "mimetype" in package:
        return package.bytes("mimetype", 1000).decode("latin-1").strip()
    found = re.search(rb"media-type=\"([^\"]+)\"", package.bytes(MANIFEST, 4_000_000))
    return found[1].decode("latin-1") if found else ""


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return one part for each sheet or slide, and one for all that stands on none."""
    with opened() as limits:
        package = Package(data)
        if MANIFEST in package and b"encryption-data" in package.bytes(MANIFEST, 4_000_000):
            raise Unreadable("encrypted")
        gather = Gather(id, progress, limits, "pages")
        paged = "text" not in _type(package)
        for name in ("content.xml", "styles.xml", *filter(OBJECTS.match, package.names)):
            if name in package:
                _content(package, name, paged and name == "content.xml", gather)
        _properties(package, gather)
        pictures = [name for name in package.names if PICTURES.match(name)]
        for done, name in enumerate(pictures):
            with gather.trying(inside=True):
                gather.file(package.bytes(name), embedded=True)
            gather.tell(done + 1, len(pictures))
        return gather.reading()


def _content(package: Package, name: str, paged: bool, gather: Gather) -> None:
    content = Content(paged, gather.limits.characters)
    with gather.trying():
        walk(package.pieces(name), content)
    for page in content.texts:
        if page:
            gather.text(content.text(page), page)
    gather.extra(content.text(0))
    for kind, count in content.counts.items():
        gather.hidden(kind, count)
    if content.overfull:
        gather.gap("overfull")


def _properties(package: Package, gather: Gather) -> None:
    walker = Properties()
    if "meta.xml" in package:
        with gather.trying():
            walk(package.pieces("meta.xml"), walker)
    gather.labels(label_names(walker.found))
    gather.extra(listed(walker.found))
