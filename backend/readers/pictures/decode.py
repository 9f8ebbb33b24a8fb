"""Open a picture safely: by content, with limits that are checked before decoding."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from backend.readers import Unreadable

Pixels = NDArray[np.uint8]
FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
FIRST_OF = {"MPO": "JPEG"}
LARGEST_JPEG = 250_000_000
"""Pixels; JPEG decodes at a fraction of its size."""
LARGEST = 64_000_000
"""Pixels of the other formats, which are decoded whole."""
LONGEST_SIDE = 30_000
SIDEWAYS = (5, 6, 7, 8)
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Picture:
    """An opened picture whose pixels are not decoded yet."""

    data: bytes
    format: str
    size: tuple[int, int]
    """Width and height as displayed, after EXIF orientation."""

    def pixels(self, longest: int) -> Pixels:
        """Return RGB pixels, upright by EXIF, the longer side at most so long."""
        image = open_image(self.data)
        stored = (self.size[1], self.size[0]) if _orientation(image) in SIDEWAYS else self.size
        scale = min(1.0, longest / max(stored))
        wanted = (max(1, round(stored[0] * scale)), max(1, round(stored[1] * scale)))
        image.draft("RGB", wanted)  # JPEG only: decodes at a half, a quarter or an eighth
        image = _upright(shrunk(loaded(image), wanted))
        return np.ascontiguousarray(np.asarray(opaque(image)))


def open_picture(data: bytes) -> Picture:
    """Return a picture after a look at its header only.

    Raises :class:`Unreadable`: ``damaged``, ``unsupported`` or ``too_large``.
    """
    image = open_image(data)
    width, height = image.size
    most = LARGEST_JPEG if image.format == "JPEG" else LARGEST
    if width * height > most or max(width, height) > LONGEST_SIDE:
        raise Unreadable("too_large")
    if _orientation(image) in SIDEWAYS:
        width, height = height, width
    # Phones put a second picture behind a JPEG, a preview or a map of brightness; the first is a JPEG like any other.
    return Picture(data, FIRST_OF.get(image.format or "", image.format or ""), (width, height))


def open_image(data: bytes) -> Image.Image:
    """Return Pillow's lazy image of a known format."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is judged by open_picture
            return Image.open(io.BytesIO(data), formats=tuple(FORMATS))
    except UnidentifiedImageError:
        raise Unreadable("damaged") from None
    except Image.DecompressionBombError:
        raise Unreadable("too_large") from None
    except Exception:  # each format has its own ways to fail on a broken header
        raise Unreadable("damaged") from None


def _upright(image: Image.Image) -> Image.Image:
    """Return an image turned as its EXIF data says; broken data says nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # the pixels are fine, and are what people are shown
        return image


def loaded(image: Image.Image) -> Image.Image:
    """Decode the first frame; a truncated file is damaged, not half a picture."""
    try:
        image.load()
    except Exception:
        raise Unreadable("damaged") from None
    return image


def shrunk(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """Return an image at a size, averaged; never enlarged."""
    if image.size[0] <= wanted[0] and image.size[1] <= wanted[1]:
        return image
    exif = exif_of(image)
    small = opaque(image).resize(wanted, Image.Resampling.BOX)
    small.getexif().update({ORIENTATION: exif.get(ORIENTATION, 1)})
    return small


def opaque(image: Image.Image) -> Image.Image:
    """Return an RGB image; what is transparent lies on white, as pages show it."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, layer).convert("RGB")
    if image.mode in ("I;16", "I;16B", "I"):
        return Image.fromarray((np.asarray(image) / 256).clip(0, 255).astype(np.uint8)).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    return int(exif_of(image).get(ORIENTATION, 1) or 1)


def exif_of(image: Image.Image) -> Any:
    """Return the EXIF data; broken data is no data."""
    try:
        return image.getexif()
    except Exception:
        return Image.Exif()
