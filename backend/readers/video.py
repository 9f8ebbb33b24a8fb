"""Short videos (MP4, MOV, WebM, MKV, AVI): up to ten moments, each read like a photo; the sound is not heard."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from PIL import Image

from backend.model import Reading
from backend.readers import Progress, Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.frames import alike, as_jpeg, spread, thumbnail
from backend.readers.gather.limits import Limits, opened

KIND = "video"
ORDER = 48
MEDIA_TYPES = ("video/mp4", "video/quicktime", "video/webm", "video/x-matroska", "video/x-msvideo")
MATROSKA = b"\x1a\x45\xdf\xa3"
PICTURES = frozenset((b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"))
MOST_MOMENTS = 10
LONGEST_SIDE = 4200
QUIET = "OPENCV_FFMPEG_LOGLEVEL"


def sniff(data: bytes) -> bool:
    """Return whether a file begins as a video does."""
    if data[4:8] == b"ftyp":
        return data[8:12] not in PICTURES
    return data.startswith(MATROSKA) or (data[:4] == b"RIFF" and data[8:12] == b"AVI ")


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return what can be read at some moments, each with its number; always with a gap for the rest."""
    with opened() as limits:
        gather = Gather(id, progress, limits, "pages")
        gather.gap("sampled")
        last = None
        for number, frame in _moments(data, limits):
            now = thumbnail(frame)
            if not alike(last, now):
                gather.file(as_jpeg(frame), number)
            last = now
            gather.tell(number, MOST_MOMENTS)
        return gather.reading()


def _moments(data: bytes, limits: Limits) -> Iterator[tuple[int, Image.Image]]:
    """Yield pictures spread over the video, numbered from 1; the bytes stay in memory."""
    os.environ.setdefault(QUIET, "-8")
    source: Any = io.BytesIO(data)  # must outlive the video, which does not hold it
    try:
        video = cv2.VideoCapture(source, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    except cv2.error:
        raise Unreadable("unsupported") from None
    try:
        count = _count(video)
        for number, at in enumerate(spread(count, MOST_MOMENTS), 1):
            if limits.late:
                return
            video.set(cv2.CAP_PROP_POS_FRAMES, at)
            told, pixels = video.read()
            if told:
                yield number, Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
            elif number == 1:
                raise Unreadable("damaged")
    finally:
        video.release()
        source.close()


def _count(video: Any) -> int:
    """Return how many pictures there are; raises :class:`Unreadable`."""
    if not video.isOpened():
        raise Unreadable("damaged")
    sides = video.get(cv2.CAP_PROP_FRAME_WIDTH), video.get(cv2.CAP_PROP_FRAME_HEIGHT)
    if max(sides) > LONGEST_SIDE:
        raise Unreadable("too_large")
    return max(1, int(min(video.get(cv2.CAP_PROP_FRAME_COUNT), 10_000_000)))
