import io
from pathlib import Path

import pytest
from PIL import Image

from backend import readers
from tests.photos.draw import draw

NOTE = Path(__file__).parents[2] / "files" / "note.heic"
"""A drawn note of 720 x 300 with a position; the library that ships can read HEIC and not write it."""


def avif(position=None):
    page = Image.open(io.BytesIO(draw("en", "social", 1, position=position)))
    out = io.BytesIO()
    page.save(out, "AVIF", exif=page.info.get("exif", b""))
    return out.getvalue()


def test_a_heic_is_read_with_its_position():
    reading = readers.read("a1", "", NOTE.read_bytes())
    assert "Harbour programme plan" in reading.parts[0].text and reading.parts[0].size == (720, 300)
    place = next(one.details for one in reading.signals if one.kind == "position")
    assert (place["latitude"], place["longitude"]) == ("21.0278", "105.8342")


def test_an_avif_is_read_with_its_position():
    reading = readers.read("a1", "", avif(position=(21.0278, 105.8342)))
    assert "TOP SECRET" in reading.parts[0].text
    assert "position" in [one.kind for one in reading.signals]


@pytest.mark.parametrize("make", [NOTE.read_bytes, avif])
def test_the_safe_copy_is_a_jpeg_without_the_words_and_the_position(make):
    data = make()
    part = readers.read("a1", "", data).parts[0]
    copied, media_type = readers.copy(data, [(None, (0, 0, *part.size))], True)
    assert media_type == "image/jpeg" and not Image.open(io.BytesIO(copied)).getexif()
    assert readers.read("a1", "", copied).parts == ()


@pytest.mark.parametrize("make", [NOTE.read_bytes, avif])
@pytest.mark.parametrize("cut", [40, 400, -400])
def test_a_cut_picture_is_damaged(make, cut):
    assert [gap.reason for gap in readers.read("a1", "", make()[:cut]).gaps] == ["damaged"]
