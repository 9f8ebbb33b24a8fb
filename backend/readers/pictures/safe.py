"""A safe copy of a picture: regions covered with solid colour, everything but pixels left behind."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageOps

from backend.model import Box
from backend.readers import Unreadable
from backend.readers.pictures.decode import FORMATS, loaded, opaque, open_image, open_picture

COVER = (0, 0, 0)
"""Solid: what is blurred can be guessed back."""
LARGEST = 64_000_000
KEPT = ("RGB", "RGBA", "L", "LA")


def safe_copy(data: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> tuple[bytes, str]:
    """Return the copy's bytes, in the picture's own format, and their media type.

    Orientation is baked into the pixels, since the tag that tells it goes with the rest.
    Metadata never survives a covering: an EXIF thumbnail may show what was covered.
    """
    picture = open_picture(data)
    if picture.size[0] * picture.size[1] > LARGEST:
        raise Unreadable("too_large")
    image = open_image(data)
    icc = None if strip_metadata or boxes else image.info.get("icc_profile")
    exif = None if strip_metadata or boxes else image.info.get("exif")
    turned = _plain(ImageOps.exif_transpose(loaded(image)))
    draw = ImageDraw.Draw(turned)
    for _page, (x, y, w, h) in boxes:
        if w > 0 and h > 0:
            draw.rectangle((x, y, x + w - 1, y + h - 1), fill=_cover(turned.mode))
    return _encoded(turned, picture.format, exif=exif, icc=icc), FORMATS[picture.format]


def _plain(image: Image.Image) -> Image.Image:
    """Return pixels alone in a mode that can be drawn on and saved; nothing of ``info`` comes along."""
    source = image if image.mode in KEPT else image.convert("RGBA") if "transparency" in image.info else opaque(image)
    clean = Image.new(source.mode, source.size)
    # What is wholly transparent keeps no colour: words may hide there.
    clean.paste(source, mask=source.getchannel("A").point(_shown) if source.mode.endswith("A") else None)
    return clean


def _shown(alpha: int) -> int:
    return 255 if alpha else 0


def _cover(mode: str) -> int | tuple[int, ...]:
    covers: dict[str, int | tuple[int, ...]] = {"L": 0, "LA": (0, 255), "RGBA": (*COVER, 255)}
    return covers.get(mode, COVER)


def _encoded(image: Image.Image, format: str, exif: bytes | None, icc: bytes | None) -> bytes:
    out = io.BytesIO()
    if format in ("JPEG", "BMP"):
        image = opaque(image)
    options = {"JPEG": {"quality": 92, "subsampling": 1}, "WEBP": {"quality": 92}}.get(format, {})
    extra = {} if exif is None else {"exif": _upright(exif)}
    if icc is not None:
        extra["icc_profile"] = icc
    image.save(out, format, **options, **extra)
    return out.getvalue()


def _upright(exif: bytes) -> bytes:
    """Return EXIF data whose orientation says upright, since the pixels now are."""
    data = Image.Exif()
    data.load(exif)
    data[0x0112] = 1
    return data.tobytes()
