"""Phone photos in HEIC and AVIF: read like any photo, with position and orientation; bursts up to twelve pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pi_heif
from PIL import Image

from backend.model import Box, Reading
from backend.readers import Progress, Unreadable
from backend.readers import copy as copy_any
from backend.readers import read as read_any
from backend.readers.gather import Gather
from backend.readers.gather.frames import as_jpeg, checked, seen, spread
from backend.readers.gather.limits import opened
from backend.readers.pictures import beside

KIND = "heif"
ORDER = 46
MEDIA_TYPES = ("image/heic", "image/heif", "image/avif")
HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
AVIF = frozenset((b"avif", b"avis"))
MOST = 12


def sniff(data: bytes) -> bool:
    """Return whether a file's first box names a kind of picture."""
    return data[4:8] == b"ftyp" and bool(_brands(data) & (HEIC | AVIF))


def _brands(data: bytes) -> set[bytes]:
    """Return the main brand and the compatible ones."""
    end = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}


def _image(data: bytes) -> Image.Image:
    try:
        if _brands(data) & AVIF:
            return Image.open(io.BytesIO(data), formats=("AVIF",))
        image: Image.Image = pi_heif.HeifImageFile(io.BytesIO(data))
    except Exception:  # both libraries fail on broken boxes in their own ways
        raise Unreadable("damaged") from None
    return image


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return what the picture reader reads of it; of several pictures, each with its number."""
    with opened() as limits:
        image = checked(_image(data))
        count = getattr(image, "n_frames", 1)
        if count == 1:
            packed = _jpeg(image)
            reading = read_any(id, "", packed, progress)
            # The preview in the EXIF data does not come along when pixels are packed anew.
            told = [one for one in beside.signals(id, packed, image.info.get("exif") or b"") if one.kind == "preview"]
            return replace(reading, signals=(*reading.signals, *told))
        gather = Gather(id, progress, limits, "pages")
        if count > MOST:
            gather.gap("sampled")
        numbers = spread(count, MOST)
        with gather.trying():
            for done, (number, frame) in enumerate(seen(image, numbers)):
                gather.file(as_jpeg(frame), number + 1)
                gather.tell(done + 1, len(numbers))
        return gather.reading()


def copy(data: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> tuple[bytes, str]:
    """Return a safe copy of the main picture as a JPEG, which opens everywhere."""
    return copy_any(_jpeg(checked(_image(data))), boxes, strip_metadata)


def _jpeg(image: Image.Image) -> bytes:
    try:
        image.load()
        return as_jpeg(image)
    except Exception:
        raise Unreadable("damaged") from None
