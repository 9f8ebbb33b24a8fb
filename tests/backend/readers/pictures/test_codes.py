import io

import numpy as np
import pytest
from PIL import Image

from backend import readers
from tests.photos.codes import EXAMPLES, code, jpeg, photo_of, scene, with_code
from tests.photos.draw import photo


def found(data):
    return [signal for signal in readers.read("a1", "", data).signals if signal.kind == "code"]


def kinds(data):
    return [signal.details["kind"] for signal in found(data)]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_code_in_a_photo_is_known_for_what_it_is(kind):
    assert kinds(photo_of(EXAMPLES[kind])) == [kind]


@pytest.mark.parametrize("format", ["QRCode", "Aztec", "PDF417"])
@pytest.mark.parametrize("angle", [0, 7, -12, 90, 180, 265])
def test_a_boarding_pass_is_read_however_it_lies(format, angle):
    width = 900 if format == "PDF417" else 400
    (signal,) = found(photo_of(EXAMPLES["boarding_pass"], format, width, angle))
    x, y, w, h = signal.box
    assert x < 1100 < x + w and y < 750 < y + h


@pytest.mark.parametrize("format", ["QRCode", "Aztec", "PDF417"])
def test_the_covered_code_can_no_longer_be_read_and_the_rest_stays(format):
    data = photo_of(EXAMPLES["boarding_pass"], format, 700, 5)
    (signal,) = found(data)
    copied, _ = readers.copy(data, [(None, signal.box)], True)
    assert found(copied) == []
    before, after = (np.asarray(Image.open(io.BytesIO(one)).convert("L"), dtype=int) for one in (data, copied))
    assert np.abs(before[:200] - after[:200]).mean() < 3


def test_two_codes_are_told_apart_and_each_once():
    pixels = with_code(scene(), code(EXAMPLES["wifi"], width=400), (500, 700))
    data = jpeg(with_code(pixels, code(EXAMPLES["otp"], width=400), (1500, 700)))
    assert sorted(kinds(data)) == ["otp", "wifi"]


def test_a_code_on_white_ground_in_a_dark_screen_is_read_too():
    dark = 255 - code(EXAMPLES["login"], width=500)
    assert kinds(jpeg(with_code(np.full((1500, 2000, 3), 8, np.uint8), dark, (1000, 700)))) == ["login"]


@pytest.mark.parametrize(
    ("words", "format"),
    [
        ("5901234123457", "EAN13"),
        ("https://example.com/menu?utm_source=poster&utm_campaign=summer-2026", "QRCode"),
        ("WIFI:T:nopass;S:cafe;P:;;", "QRCode"),
        ("Table 12", "QRCode"),
        ("tram stop 4711", "QRCode"),
        ("https://example.com/invite/everybody-is-welcome-here", "QRCode"),
    ],
)
def test_codes_of_products_and_plain_links_are_silent(words, format):
    assert kinds(photo_of(words, format)) == []


def test_the_words_of_a_plain_code_are_checked_like_any_text_where_the_code_is():
    reading = readers.read("a1", "", photo_of("Project Canarybird kick-off, room 5"))
    (part,) = reading.parts
    assert part.text == "Project Canarybird kick-off, room 5" and part.lines[0].box[0] < 1100
    assert readers.read("a1", "", photo_of(EXAMPLES["wifi"])).parts == ()


def test_a_small_code_on_a_photographed_page_is_read_beside_its_words():
    page = np.asarray(Image.open(io.BytesIO(photo("en", "held", 7, size=(1500, 2000)))))
    data = jpeg(with_code(page.copy(), code(EXAMPLES["token"], width=220), (750, 1500), 3))
    reading = readers.read("a1", "", data)
    assert [signal.details["kind"] for signal in reading.signals if signal.kind == "code"] == ["token"]
    assert "Harbour Programme Office" in reading.parts[0].text


@pytest.mark.parametrize("angle", [0, 5, 30, -40])
def test_a_printed_boarding_pass_with_its_code_askew_is_read(angle):
    page = np.asarray(Image.open(io.BytesIO(photo("en", "held", 7, size=(1500, 2000)))))
    data = jpeg(with_code(page.copy(), code(EXAMPLES["boarding_pass"], "PDF417", 800), (750, 1300), angle))
    assert kinds(data) == ["boarding_pass"]
