"""ZIP archives: every file in them, also in archives inside, within limits on number, size and depth."""

from __future__ import annotations

from backend.model import Reading
from backend.readers import Progress
from backend.readers.gather import Gather
from backend.readers.gather.limits import MOST_FILES, opened
from backend.readers.gather.package import Package, is_zip

KIND = "archive"
ORDER = 60
MEDIA_TYPES = ("application/zip",)
LARGEST_MEMBER = 50_000_000


def sniff(data: bytes) -> bool:
    """Return whether a file begins as a ZIP archive does; office files, which do too, come before."""
    return is_zip(data)


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return the parts of all files inside, numbered on; their names are a part of their own."""
    with opened() as limits:
        package = Package(data, limits)
        gather = Gather(id, progress, limits)
        gather.extra("\n".join(package.names[:MOST_FILES]))
        for done, info in enumerate(package.infos):
            if limits.files <= 0 or limits.late or limits.bytes <= 0:
                gather.gap("timeout" if limits.late else "overfull")
                break
            with gather.trying(inside=True):
                gather.file(package.bytes(info, LARGEST_MEMBER))
            gather.tell(done + 1, len(package.infos))
        return gather.reading()
