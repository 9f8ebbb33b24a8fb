import io

import pytest
from PIL import Image

from backend import readers
from tests.photos.draw import photo


def frames(format, count=3):
    """A blank page, then pages with writing."""
    page = Image.open(io.BytesIO(photo("en", "social", 1))).resize((900, 1200))
    blank = Image.new("RGB", page.size, "white")
    out = io.BytesIO()
    timed = {} if format == "TIFF" else {"duration": 300}
    blank.save(out, format, save_all=True, append_images=[page] * (count - 1), **timed)
    return out.getvalue()


def test_every_page_of_a_tiff_is_read():
    reading = readers.read("a1", "", frames("TIFF"))
    assert [part.page for part in reading.parts] == [2, 3] and reading.gaps == ()
    assert all("TOP SECRET" in part.text for part in reading.parts)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_a_later_moment_of_a_moving_picture_is_read_once(format):
    reading = readers.read("a1", "", frames(format))
    assert ["TOP SECRET" in part.text for part in reading.parts] == [True]


def test_a_long_animation_is_told_to_be_sampled():
    small = [Image.new("L", (64, 64), shade) for shade in range(0, 250, 5)]
    out = io.BytesIO()
    small[0].save(out, "GIF", save_all=True, append_images=small[1:])
    assert [gap.reason for gap in readers.read("a1", "", out.getvalue()).gaps] == ["sampled"]


def test_a_copy_of_a_tiff_is_covered_on_its_page():
    copied, media_type = readers.copy(frames("TIFF"), [(2, (0, 0, 900, 1200))], True)
    assert media_type == "image/tiff"
    assert [part.page for part in readers.read("a1", "", copied).parts] == [3]


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_a_copy_of_a_moving_picture_is_covered_at_every_moment(format):
    copied, media_type = readers.copy(frames(format), [(2, (0, 0, 900, 1200))], True)
    image = Image.open(io.BytesIO(copied))
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        assert image.convert("L").getextrema()[1] < 20
    assert readers.read("a1", "", copied).parts == () and media_type == f"image/{format.lower()}"


def test_a_single_picture_is_left_to_its_reader():
    assert readers.find(photo("en", "social", 1)).KIND == "picture"
    assert readers.find(frames("TIFF", 1)).KIND == "picture"
