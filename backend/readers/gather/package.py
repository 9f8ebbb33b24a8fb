"""ZIP containers, opened without trust: few enough members, read in pieces, counted as they come out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from backend.readers import Unreadable
from backend.readers.gather.limits import Limits, current

STARTS = (b"PK\x03\x04", b"PK\x05\x06")
ENTRY = b"PK\x01\x02"
MOST_ENTRIES = 20_000
"""Entries of the directory, which is read whole before anything else."""
PIECE = 65_536
SMALL_PIECE = 4096
"""For members that are not packed by deflate: ``zipfile`` unpacks all of what it has read of them at once."""
COMMON = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LARGEST = 100_000_000
"""Bytes of one member that is needed whole."""
RATIO, RATIO_FROM = 300, 10_000_000
"""Nothing that people pack shrinks so much; counted from so many bytes on."""


class Package:
    """A ZIP file's members."""

    def __init__(self, data: bytes, limits: Limits | None = None) -> None:
        """Read the directory; raises :class:`Unreadable` ``too_large`` or ``damaged``."""
        if data.count(ENTRY) > MOST_ENTRIES:
            raise Unreadable("too_large")
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except Exception:  # zipfile fails on broken directories in several ways
            raise Unreadable("damaged") from None
        self.infos = [info for info in self._file.infolist() if not info.filename.endswith("/")]
        self.names = [info.filename for info in self.infos]
        self._limits = limits or current()

    def __contains__(self, name: str) -> bool:
        """Return whether there is a member of this name."""
        return name in self._file.NameToInfo

    def pieces(self, name: str | zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a member's bytes; raises :class:`Unreadable` the moment it is too much."""
        info = name if isinstance(name, zipfile.ZipInfo) else self._info(name)
        if info.flag_bits & 1:
            raise Unreadable("encrypted")
        done, most = 0, PIECE if info.compress_type in COMMON else SMALL_PIECE
        with _told(), self._file.open(info) as file:
            while piece := file.read(most):
                done += len(piece)
                self._limits.unpacked(len(piece))
                if done > RATIO_FROM and done > RATIO * max(1, info.compress_size):
                    raise Unreadable("too_large")
                yield piece

    def bytes(self, name: str | zipfile.ZipInfo, most: int = LARGEST) -> bytes:
        """Return a member's bytes, at most so many; raises :class:`Unreadable`."""
        out = bytearray()
        for piece in self.pieces(name):
            out += piece
            if len(out) > most:
                raise Unreadable("too_large")
        return bytes(out)

    def _info(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._file.getinfo(name)
        except KeyError:
            raise Unreadable("damaged") from None


@contextmanager
def _told() -> Iterator[None]:
    """Turn what zipfile raises into the reason."""
    try:
        yield
    except NotImplementedError:
        raise Unreadable("unsupported") from None
    except (Unreadable, MemoryError):
        raise
    except Exception:  # each way to pack fails in ways of its own; the other members are read
        raise Unreadable("damaged") from None


def is_zip(data: bytes) -> bool:
    """Return whether a file begins as a ZIP container does."""
    return data.startswith(STARTS)
