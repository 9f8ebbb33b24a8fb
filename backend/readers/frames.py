"""Pictures with several pages or moments: TIFF page by page, moving GIF, WebP and PNG at up to twelve moments."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageDraw

from backend.model import Box, Reading
from backend.readers import Progress, Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.frames import alike, as_jpeg, checked, seen, spread, thumbnail
from backend.readers.gather.limits import opened
from backend.readers.pictures.decode import opaque
from backend.readers.pictures.proof import prove_picture

KIND = "frames"
ORDER = 45
FORMATS = {"TIFF": "image/tiff", "GIF": "image/gif", "WEBP": "image/webp", "PNG": "image/png"}
MEDIA_TYPES = tuple(FORMATS.values())
STARTS = (b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a", b"RIFF", b"\x89PNG")
MOST_PAGES, MOST_MOMENTS, MOST_COPIED = 300, 12, 300


def sniff(data: bytes) -> bool:
    """Return whether a file is a picture of a known format that holds more than one."""
    if not data.startswith(STARTS):
        return False
    try:
        return bool(getattr(_image(data), "is_animated", False))
    except Exception:  # what is broken is left to the reader of single pictures
        return False


def _image(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(io.BytesIO(data), formats=tuple(FORMATS))


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return what can be read on each page or at each moment, with its number."""
    with opened() as limits:
        image = _image(data)
        pages = image.format == "TIFF"
        gather = Gather(id, progress, limits, "pages")
        count = getattr(image, "n_frames", 1)
        numbers = spread(count, MOST_PAGES if pages else MOST_MOMENTS)
        if len(numbers) < count:
            gather.gap("overfull" if pages else "sampled")
        last = None
        with gather.trying():
            for done, (number, frame) in enumerate(seen(image, numbers)):
                now = thumbnail(frame)
                if pages or not alike(last, now):
                    gather.file(as_jpeg(frame), number + 1)
                last = now
                gather.tell(done + 1, len(numbers))
        return gather.reading()


def copy(data: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> tuple[bytes, str]:
    """Return a copy of pixels alone; in a moving picture, a region is covered at every moment."""
    del strip_metadata  # only pixels and the time between them are copied
    image = _image(data)
    count = getattr(image, "n_frames", 1)
    if count > MOST_COPIED:
        raise Unreadable("too_large")
    frames: list[Image.Image] = []
    durations: list[int] = []
    for number, frame in seen(checked(image), list(range(count))):
        here = [box for page, box in boxes if page in (None, number + 1) or image.format != "TIFF"]
        frames.append(_covered(frame, here))
        durations.append(int(frame.info.get("duration", 100) or 100))
    out = io.BytesIO()
    timed = {} if image.format == "TIFF" else {"duration": durations, "loop": 0}
    packed = {"compression": "tiff_lzw"} if image.format == "TIFF" else {}
    frames[0].save(out, image.format, save_all=True, append_images=frames[1:], **timed, **packed)
    return out.getvalue(), FORMATS[str(image.format)]


def copyable(data: bytes) -> bool:
    """Return whether there are not too many moments or pages to draw them all."""
    return int(getattr(_image(data), "n_frames", 1)) <= MOST_COPIED


def prove(copied: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> None:
    """Raise :class:`Unreadable` where a page or a moment shows or says what it should not."""
    del strip_metadata
    prove_picture(copied, boxes, True)


def _covered(frame: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    pixels = opaque(frame)
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)
    draw = ImageDraw.Draw(clean)
    for x, y, width, height in boxes:
        if width > 0 and height > 0:
            draw.rectangle((x, y, x + width - 1, y + height - 1), fill=(0, 0, 0))
    return clean
