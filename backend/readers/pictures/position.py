"""Where a picture was taken, from its EXIF data."""

from __future__ import annotations

import math
from typing import Any

from backend.readers.pictures.decode import exif_of, open_image

GPS = 0x8825


def position(data: bytes) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees, rounded to about ten metres, or ``None``."""
    try:
        gps = exif_of(open_image(data)).get_ifd(GPS)
        latitude, longitude = _degrees(gps[2], gps.get(1)), _degrees(gps[4], gps.get(3))
    except Exception:  # cameras write odd things here; a position that cannot be read is none
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or (latitude, longitude) == (0.0, 0.0):
        return None
    return round(latitude, 4), round(longitude, 4)


def _degrees(value: Any, side: Any) -> float:
    degrees, minutes, seconds = (float(number) for number in value)
    total = degrees + minutes / 60 + seconds / 3600
    if math.isnan(total):
        raise ValueError("no number")
    word = side.decode("ascii", "ignore") if isinstance(side, bytes) else str(side)
    return -total if word.strip().upper()[:1] in ("S", "W") else total
