"""Read a safe copy back: covered regions are black on every page, and nothing is said beside the pixels."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

import numpy as np
from PIL import Image, TiffImagePlugin

from backend.model import Box
from backend.readers import Unreadable
from backend.readers.pictures.decode import exif_of

BLACK = 72
"""Brightness up to which a pixel of a compressed copy counts as covered; print on paper spans more than twice that."""
EDGE = 6
"""Pixels at the rim of a box that compression may mix with what is around it."""
BARE = frozenset(
    "background compression default_image dpi duration extension gamma jfif jfif_density jfif_unit jfif_version loop"
    " disposal blend bbox timestamp transparency version progression progressive adobe adobe_transform".split()
)
"""What an image tells of its own coding."""
TAGS = range(254, 348)
"""TIFF tags that say how pixels are stored; those in it that hold words follow."""
SPOKEN = frozenset((269, 270, 271, 272, 285, 305, 306, 315, 316, 333, 337))


def prove_picture(copied: bytes, boxes: Sequence[tuple[int | None, Box]], bare: bool) -> None:
    """Raise :class:`Unreadable` where a copy does not do what it is for; ``bare``: it may have no metadata."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(copied))
        count = int(getattr(image, "n_frames", 1))
        for number in range(count):
            image.seek(number)
            here = [box for page, box in boxes if page in (None, number + 1) or count == 1 or image.format != "TIFF"]
            if (bare and not is_bare(image)) or not all(is_covered(image, box) for box in here):
                raise Unreadable("damaged")
    except Unreadable:
        raise
    except Exception:  # a copy that cannot be opened is none
        raise Unreadable("damaged") from None


def is_bare(image: Image.Image) -> bool:
    """Return whether an image has nothing beside its pixels: no EXIF, XMP, comment, profile or text."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        tags = set(image.tag_v2)
        return all(tag in TAGS and tag not in SPOKEN for tag in tags)
    return not (set(map(str, image.info)) - BARE) and not getattr(image, "text", None) and not len(exif_of(image))


def is_covered(image: Image.Image, box: Box) -> bool:
    """Return whether a box, but for its rim, is black where it lies in the picture."""
    x, y, width, height = box
    rim = min(EDGE, max(0, width // 4), max(0, height // 4))
    left, top = max(0, x + rim), max(0, y + rim)
    right, bottom = min(image.size[0], x + width - rim), min(image.size[1], y + height - rim)
    if right <= left or bottom <= top:
        return True
    pixels = np.asarray(image.convert("RGB").crop((left, top, right, bottom)).convert("L"))
    return int(pixels.max()) <= BLACK
