import io
import random

import numpy as np
import pytest
from PIL import Image

from backend import readers
from backend.readers.pictures.engines import tesseract
from backend.wording import gap_json
from tests.photos.draw import draw, photo
from training.scripts.train import page


def signals(reading):
    return {signal.kind: signal for signal in reading.signals}


def scene(width=1200, height=900):
    """A hill under a sky: nothing to read."""
    rows = np.linspace(0, 1, height)[:, None, None]
    sky = np.array([120, 170, 230]) * (1 - rows) + np.array([90, 120, 60]) * rows
    noise = np.random.default_rng(5).normal(0, 12, (height, width, 3))
    out = io.BytesIO()
    Image.fromarray(np.clip(sky + noise, 0, 255).astype(np.uint8)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("fate", ["held", "desk", "social", "screen"])
def test_the_marking_of_a_photographed_first_page_is_read_where_it_stands(fate):
    reading = readers.read("a1", "", photo("zh", fate, 7))
    (part,) = reading.parts
    marked = [line for line in part.lines if part.text[line.start : line.end] == "机密★10年"]
    assert len(marked) == 1 and marked[0].box[1] < part.size[1] / 4
    assert "海州市发展规划委员会文件" in part.text
    seen = signals(reading)
    assert seen["document"].strength > 0.9
    assert seen["document"].details["kind"] == ("screen" if fate == "screen" else "page")
    assert {"red_header", "seal"} <= set(seen)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_and_its_boxes_lie_in_the_picture_as_shown(turn):
    upright = readers.read("a1", "", photo("en", "held", 7, size=(1500, 2000))).parts[0]
    turned = readers.read("a1", "", photo("en", "held", 7, size=(1500, 2000), turn=turn)).parts[0]
    assert (4 - turned.turned) % 4 * 90 == (360 - turn) % 360
    for words in ("HPO/2025/0417", "Harbour Programme Office"):
        x, y, w, h = box_of(upright, words)
        width, height = upright.size
        expected = {
            90: (height - y - h, x, h, w),
            180: (width - x - w, height - y - h, w, h),
            270: (y, width - x - w, h, w),
        }
        assert np.abs(np.array(box_of(turned, words)) - expected[turn]).max() < 30


def box_of(part, words):
    return next(line.box for line in part.lines if words in part.text[line.start : line.end])


@pytest.mark.parametrize("exif_turn", [90, 180, 270])
def test_exif_orientation_is_applied_before_anything_is_measured(exif_turn):
    plain = readers.read("a1", "", photo("vi", "held", 2, size=(1500, 2000))).parts[0]
    stored = readers.read("a1", "", photo("vi", "held", 2, size=(1500, 2000), exif_turn=exif_turn)).parts[0]
    assert stored.size == (1500, 2000) and stored.turned == 0
    assert np.abs(np.array(box_of(plain, "05/BC-UBKH")) - box_of(stored, "05/BC-UBKH")).max() < 20


def test_a_red_boxed_stamp_is_told_as_such():
    part = readers.read("a1", "", photo("vi", "held", 2, size=(1500, 2000))).parts[0]
    stamp = next(line for line in part.lines if part.text[line.start : line.end].startswith("TUY"))
    body = next(line for line in part.lines if "báo cáo" in part.text[line.start : line.end].lower())
    assert (stamp.red > 0.8, stamp.boxed) == (True, True)
    assert (body.red < 0.2, body.boxed) == (True, False)


def told_by(data):
    told = []
    readers.read("a1", "", data, lambda done, total, unit, reading=None: told.append((done, total, reading)))
    return told


def test_the_document_is_told_first_then_its_marking_then_all_of_it():
    told = told_by(photo("zh", "social", 7))
    first, second = (reading for _, _, reading in told if reading is not None)
    assert signals(first)["document"].strength > 0.5 and not first.parts
    (part,) = second.parts
    line = next(line for line in part.lines if part.text[line.start : line.end] == "机密★10年")
    assert line.box[1] < part.size[1] / 4
    assert [done for done, _, _ in told] == [0, 1, 2, told[-1][1]]


def test_a_page_on_its_side_is_not_guessed_at_early():
    told = told_by(photo("zh", "social", 7, turn=90))
    assert [len(reading.parts) for _, _, reading in told if reading is not None] == [0, 0]


def test_a_photo_without_writing_is_quiet():
    reading = readers.read("a1", "", scene())
    assert (reading.parts, reading.gaps) == ((), ())
    assert "document" not in signals(reading) or signals(reading)["document"].strength < 0.5


@pytest.mark.parametrize("position", [(39.9042, 116.4074), (-33.8688, 151.2093), (21.0278, -105.8342)])
def test_the_position_of_a_photo_is_told(position):
    reading = readers.read("a1", "", draw("en", "social", 1, position=position))
    details = signals(reading)["position"].details
    found = float(details["latitude"]), float(details["longitude"])
    assert np.abs(np.array(found) - position).max() < 0.0002


@pytest.mark.parametrize("format", ["PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_other_formats_are_read_too(format):
    picture = Image.open(io.BytesIO(photo("en", "social", 1)))
    out = io.BytesIO()
    picture.save(out, format)
    assert "HPO/2025/0417" in readers.read("a1", "", out.getvalue()).parts[0].text


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK", "1", "I;16"])
def test_every_kind_of_pixels_is_read(mode):
    page = Image.open(io.BytesIO(photo("en", "social", 1)))
    if mode == "I;16":
        page = Image.fromarray(np.asarray(page.convert("L")).astype(np.uint16) * 256)
    out = io.BytesIO()
    page = page if mode == "I;16" else page.convert(mode)
    page.save(out, "TIFF" if mode == "CMYK" else "PNG")
    assert "TOP SECRET" in readers.read("a1", "", out.getvalue()).parts[0].text


def test_a_truncated_picture_is_damaged():
    data = photo("en", "social", 1)
    assert [gap.reason for gap in readers.read("a1", "", data[: len(data) // 2]).gaps] == ["damaged"]


def test_a_bomb_is_told_by_its_header_and_never_decoded():
    small = io.BytesIO()
    Image.new("1", (64, 64)).save(small, "PNG")
    data = bytearray(small.getvalue())
    data[16:24] = (60_000).to_bytes(4) + (60_000).to_bytes(4)
    import zlib

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4)
    assert [gap.reason for gap in readers.read("a1", "", bytes(data)).gaps] == ["too_large"]


def test_without_the_engine_the_gap_says_so(monkeypatch):
    from backend.readers.pictures import ocr

    def missing(side):
        raise ImportError

    monkeypatch.setattr(ocr, "_loaded", missing)
    assert [gap.reason for gap in readers.read("a1", "", photo("en", "social", 1)).gaps] == ["no_models"]


@pytest.mark.parametrize(("script", "named"), [("ko", "script_hangul"), ("ru", "script_cyrillic")])
@pytest.mark.parametrize("turn", [0, 180])
def test_a_script_that_nothing_here_reads_is_a_gap_that_names_it(monkeypatch, script, named, turn):
    monkeypatch.setattr(tesseract, "languages", dict)
    reading = readers.read("a1", "", photo(script, "held", 3, size=(1500, 2000), turn=turn))
    assert [gap.reason for gap in reading.gaps] == [named]
    assert all(gap_json(reading.gaps[0], language)["message"] for language in ("en", "vi", "zh"))


def test_writing_that_cannot_be_made_out_is_a_gap_and_not_clear():
    words = {"fonts": ["NotoSerifDevanagari"]}
    lines = ["आज सुबह शहर में हल्की बारिश हुई और शाम को आसमान साफ रहेगा", "निवासियों की बैठक की सूचना"]
    out = io.BytesIO()
    Image.fromarray(page(words, lines, random.Random(3))).save(out, "JPEG")
    reading = readers.read("a1", "", out.getvalue())
    assert [gap.reason for gap in reading.gaps] == ["illegible"]


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_on_its_side_is_a_document_as_surely_as_one_upright(turn):
    reading = readers.read("a1", "", photo("zh", "desk", 3, size=(1500, 2000), turn=turn))
    assert signals(reading)["document"].strength > 0.9


@pytest.mark.parametrize("seed", range(25))
def test_broken_bytes_end_in_a_reading_or_a_gap_and_never_in_an_error(seed):
    rng = np.random.default_rng(seed)
    out = io.BytesIO()
    Image.fromarray(rng.integers(0, 255, (48, 64, 3), dtype=np.uint8)).save(
        out, ("JPEG", "PNG", "WEBP", "GIF", "TIFF")[seed % 5]
    )
    data = bytearray(out.getvalue())
    for place in rng.integers(4, len(data), 12):
        data[place] = rng.integers(256)
    reading = readers.read("a1", "", bytes(data))
    assert all(gap.reason in ("damaged", "unsupported", "too_large") for gap in reading.gaps)


def test_broken_data_beside_the_pixels_leaves_them_to_be_read():
    out = io.BytesIO()
    Image.new("RGB", (90, 60), "white").save(out, "PNG", exif=b"Exif\x00\x00M\x00M\x00*\x00\x00\x00")
    assert readers.read("a1", "", out.getvalue()).gaps == ()
