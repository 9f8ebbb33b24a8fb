"""Pictures out of files that hold several: pages of a TIFF, moments of an animation, images of a HEIC."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from backend.readers import Unreadable
from backend.readers.pictures.decode import LARGEST, LONGEST_SIDE, opaque

QUALITY = 92
ORIENTATION = 0x0112
SMALL = (32, 32)
ALIKE = 4.0
"""Mean difference in brightness, of 255, below which two moments show the same."""


def checked(image: Image.Image) -> Image.Image:
    """Return an image whose size may be decoded; raises :class:`Unreadable` ``too_large``."""
    width, height = image.size
    if width * height > LARGEST or max(width, height) > LONGEST_SIDE:
        raise Unreadable("too_large")
    return image


def as_jpeg(image: Image.Image) -> bytes:
    """Return one frame, upright, as a JPEG that keeps what the camera noted."""
    exif = _exif(image.info.get("exif"))
    upright = ImageOps.exif_transpose(image)
    out = io.BytesIO()
    opaque(upright).save(out, "JPEG", quality=QUALITY, **({"exif": exif} if exif else {}))
    return out.getvalue()


def _exif(data: object) -> bytes:
    """Return EXIF data that says upright, since the pixels are; broken data is none."""
    exif = Image.Exif()
    with suppress(Exception):
        if isinstance(data, bytes):
            exif.load(data)
            exif.get_ifd(0x8825)
            exif.get_ifd(0x8769)
            exif[ORIENTATION] = 1
            return exif.tobytes()
    return b""


def spread(count: int, most: int) -> list[int]:
    """Return at most so many numbers below ``count``, the first and the last among them.

    >>> spread(3, 10), spread(100, 4)
    ([0, 1, 2], [0, 33, 66, 99])
    """
    if count <= most:
        return list(range(count))
    return [round(index * (count - 1) / (most - 1)) for index in range(most)]


def seen(image: Image.Image, numbers: list[int]) -> Iterator[tuple[int, Image.Image]]:
    """Yield frames by their numbers, decoded; ends where the file does, with ``damaged``."""
    for number in numbers:
        try:
            image.seek(number)
            checked(image).load()
        except EOFError:
            return
        except Unreadable:
            raise
        except Exception:
            raise Unreadable("damaged") from None
        yield number, image


def thumbnail(image: Image.Image) -> NDArray[np.float32]:
    """Return what is compared to tell whether two moments show the same."""
    return np.asarray(image.convert("L").resize(SMALL), dtype=np.float32)


def alike(one: NDArray[np.float32] | None, other: NDArray[np.float32]) -> bool:
    """Return whether two moments show the same."""
    return one is not None and float(np.abs(one - other).mean()) < ALIKE
