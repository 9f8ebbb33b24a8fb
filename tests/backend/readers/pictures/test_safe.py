import io

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from backend import readers
from backend.readers.pictures.proof import prove_picture
from tests.photos.draw import draw, photo


def opened(data):
    return Image.open(io.BytesIO(data))


def test_covered_words_are_gone_and_the_rest_can_still_be_read():
    data = photo("zh", "social", 7)
    part = readers.read("a1", "", data).parts[0]
    box = next(line.box for line in part.lines if "机密" in part.text[line.start : line.end])
    copied, media_type = readers.copy(data, [(None, box)], True)
    again = readers.read("a1", "", copied).parts[0]
    assert media_type == "image/jpeg"
    assert "机密" not in again.text and "海州市发展规划委员会文件" in again.text
    x, y, w, h = box
    assert np.asarray(opened(copied))[y + 3 : y + h - 3, x + 3 : x + w - 3].max() < 40


@pytest.mark.parametrize("exif_turn", [90, 180, 270])
def test_orientation_is_baked_in_and_boxes_are_those_of_the_picture_as_shown(exif_turn):
    data = draw("en", "held", 7, size=(900, 1200), exif_turn=exif_turn)
    copied, _ = readers.copy(data, [(None, (10, 20, 300, 100))], True)
    picture = opened(copied)
    assert picture.size == (900, 1200) and picture.getexif().get(0x0112, 1) == 1
    assert np.asarray(picture)[30:110, 20:300].max() < 40


def test_position_thumbnail_comments_and_profiles_are_left_behind():
    source = opened(draw("en", "social", 1, position=(39.9, 116.4)))
    exif = source.getexif()
    exif[0x9286] = "canary-comment"
    out = io.BytesIO()
    source.save(out, "JPEG", exif=exif, comment=b"canary-comment", icc_profile=b"canary-profile" * 20)
    copied, _ = readers.copy(out.getvalue(), [], True)
    assert b"canary" in out.getvalue() and b"canary" not in copied and b"Exif" not in copied
    assert not [signal for signal in readers.read("a1", "", copied).signals if signal.kind == "position"]


def test_text_chunks_of_a_png_are_left_behind():
    info = PngInfo()
    info.add_text("Comment", "canary-chunk")
    info.add_itxt("XML:com.adobe.xmp", "canary-xmp")
    out = io.BytesIO()
    opened(photo("en", "social", 1)).save(out, "PNG", pnginfo=info)
    copied, media_type = readers.copy(out.getvalue(), [], True)
    assert media_type == "image/png" and b"canary" not in copied


def test_covering_always_leaves_metadata_behind_since_a_thumbnail_shows_what_was_covered():
    data = draw("en", "social", 1, position=(39.9, 116.4))
    assert b"Exif" in readers.copy(data, [], False)[0]
    assert b"Exif" not in readers.copy(data, [(None, (1, 1, 5, 5))], False)[0]


@pytest.mark.parametrize(
    ("format", "mode"), [("WEBP", "RGBA"), ("GIF", "P"), ("BMP", "RGB"), ("TIFF", "L"), ("PNG", "LA")]
)
def test_the_copy_keeps_the_format_and_the_size(format, mode):
    out = io.BytesIO()
    Image.new(mode, (64, 48)).save(out, format)
    copied, media_type = readers.copy(out.getvalue(), [(None, (0, 0, 10, 10))], True)
    assert opened(copied).format == format and opened(copied).size == (64, 48)
    assert media_type == f"image/{format.lower()}"


@pytest.mark.parametrize("box", [(-50, -50, 80, 80), (2000, 3000, 9999, 9999), (5, 5, 0, 0), (5, 5, -3, 8)])
def test_boxes_beyond_the_edge_or_empty_do_no_harm(box):
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "PNG")
    assert opened(readers.copy(out.getvalue(), [(None, box)], True)[0]).size == (64, 48)


def small(format, **options):
    out = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, format, **options)
    return out.getvalue()


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>canary</x:xmpmeta>"


@pytest.mark.parametrize(
    "data",
    [
        small("JPEG", xmp=XMP, comment=b"canary", icc_profile=b"canary" * 30),
        small("PNG", icc_profile=b"canary" * 30) + b"canary behind the end",
        small("WEBP", xmp=XMP, icc_profile=b"canary" * 30),
        small("GIF", comment=b"canary"),
        small("TIFF", description="canary", artist="canary", software="canary", tiffinfo={700: XMP, 65000: "canary"}),
        small("MPO", xmp=XMP, save_all=True, append_images=[Image.new("RGB", (60, 40), "red")]),
        small("GIF", save_all=True, append_images=[Image.new("RGB", (320, 240), "red")], comment=b"canary"),
        small("WEBP", save_all=True, append_images=[Image.new("RGB", (320, 240), "red")], xmp=XMP),
        small("TIFF", save_all=True, append_images=[Image.new("RGB", (320, 240), "red")], description="canary"),
    ],
    ids=["jpeg", "png", "webp", "gif", "tiff", "mpo", "moving gif", "moving webp", "tiff pages"],
)
def test_a_copy_of_any_format_says_nothing_beside_its_pixels(data):
    copied, _ = readers.copy(data, [(None, (20, 20, 80, 60))], True)
    assert b"canary" in data and b"canary" not in copied
    assert np.asarray(opened(copied).convert("L"))[30:70, 30:90].max() < 60


def test_the_photo_of_a_phone_with_a_second_picture_behind_it_is_copied_without_it():
    data = small("MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "red")])
    assert opened(data).n_frames == 2
    copied, media_type = readers.copy(data, [], True)
    assert media_type == "image/jpeg" and getattr(opened(copied), "n_frames", 1) == 1 and b"MPF" not in copied


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_words_that_hide_where_a_picture_is_transparent_are_gone(mode):
    hidden = Image.new(mode, (64, 48), (*(200,) * (len(mode) - 1), 0))
    out = io.BytesIO()
    hidden.save(out, "PNG")
    copied, _ = readers.copy(out.getvalue(), [(None, (0, 0, 4, 4))], True)
    assert np.asarray(opened(copied))[10:, 10:].max() == 0


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "GIF"])
def test_a_copy_that_does_not_cover_or_still_tells_something_is_refused(format):
    for data, bare in ((small(format), False), (small(format, exif=tagged()), True), (b"no picture", True)):
        if format == "GIF" and bare:
            continue
        with pytest.raises(readers.Unreadable):
            prove_picture(data, [] if bare else [(None, (20, 20, 80, 60))], bare)


def tagged():
    exif = Image.Exif()
    exif[0x013B] = "Anna Example"
    return exif
