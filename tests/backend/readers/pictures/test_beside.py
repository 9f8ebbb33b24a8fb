import io
import struct

import cv2
import numpy as np
import pytest
from PIL import Image

from backend import readers
from tests.photos.codes import scene

NAMES = {"time": 0x9003, "serial": 0xA431, "owner": 0xA430}


def exif(preview=None, turn=None, **tags):
    """EXIF data; a preview is packed behind it in a second directory, as cameras write it."""
    if preview is None:
        made = Image.Exif()
        made.get_ifd(0x8769).update({NAMES[name]: value for name, value in tags.items()})
        return made.tobytes()
    packed = saved(preview, quality=75)
    first = struct.pack("<HHHIII", 1, 0x0112 if turn else 0x0128, 3, 1, turn or 2, 26)
    where, length = struct.pack("<HHII", 0x0201, 4, 1, 56), struct.pack("<HHII", 0x0202, 4, 1, len(packed))
    second = struct.pack("<H", 2) + where + length + struct.pack("<I", 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + packed


def view(size=(800, 600)):
    """A scene with things in it."""
    pixels = scene(size, seed=8)
    for number, colour in enumerate(((230, 40, 40), (30, 60, 200), (240, 240, 240), (20, 20, 20))):
        cv2.circle(pixels, (120 + 180 * number, 200 + 70 * number), 60, colour, -1)
    return Image.fromarray(pixels)


def saved(image, format="JPEG", **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def told(data, kind):
    return [dict(one.details) for one in readers.read("a1", "", data).signals if one.kind == kind]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_time_serial_number_and_owner_are_told_in_every_format(format):
    data = saved(view(), format, exif=exif(time="2026:05:01 12:33:10", serial="SN-123", owner="Anna Example"))
    assert told(data, "camera") == [{"time": "2026-05-01 12:33", "serial": "SN-123", "owner": "Anna Example"}]
    copied, _ = readers.copy(data, [], True)
    assert told(copied, "camera") == [] and b"Anna" not in copied


@pytest.mark.parametrize("tags", [{"time": "0000:00:00 00:00:00"}, {"serial": "0000"}, {"owner": " \x00 "}, {}])
def test_empty_fields_say_nothing(tags):
    assert told(saved(view(), exif=exif(**tags)), "camera") == []


def small(image):
    return image.resize((160, round(160 * image.size[1] / image.size[0])))


def covered():
    image = view()
    image.paste((0, 0, 0), (240, 210, 380, 330))
    return image


@pytest.mark.parametrize(
    ("picture", "how"),
    [
        (view().crop((0, 0, 500, 600)), "cropped"),
        (view().crop((300, 200, 700, 500)), "changed"),
        (covered(), "changed"),
    ],
    ids=["another shape", "same shape", "covered"],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_preview_that_shows_more_than_the_picture_is_told_and_gone_from_the_copy(picture, how, format):
    data = saved(picture, format, exif=exif(small(view())))
    assert told(data, "preview") == [{"how": how}]
    assert told(readers.copy(data, [], True)[0], "preview") == []


def framed():
    """A preview of a wide picture with black bars, as many cameras write it."""
    bars = Image.new("RGB", (160, 120))
    bars.paste(view((900, 600)).resize((160, 107)), (0, 6))
    return bars


@pytest.mark.parametrize(
    ("picture", "preview"),
    [
        (view(), small(view())),
        (view((900, 600)), framed()),
        (Image.fromarray((np.asarray(view()) * 0.6 + 40).astype(np.uint8)), small(view())),
        (view().convert("L").convert("RGB"), small(view())),
        (Image.new("RGB", (800, 600), "white"), Image.new("RGB", (160, 120), "white")),
    ],
    ids=["the same", "with bars", "another light", "without colour", "blank"],
)
def test_a_preview_of_the_same_picture_is_silent(picture, preview):
    assert told(saved(picture, exif=exif(preview)), "preview") == []


def test_a_preview_that_is_no_picture_is_none():
    data = exif(small(view()))
    assert told(saved(view(), exif=data[:-2000] + bytes(2000)), "preview") == []


@pytest.mark.parametrize(("turn", "back"), [(3, 180), (6, 90), (8, 270)])
def test_a_preview_lies_as_its_picture_does(turn, back):
    stored = view().rotate(back, expand=True)
    assert told(saved(stored, exif=exif(small(stored), turn=turn)), "preview") == []
    assert told(saved(stored, exif=exif(small(stored).rotate(180), turn=turn)), "preview") == [{"how": "changed"}]
