import random

import pytest

from backend import readers
from backend.readers.pictures import guess, ocr, scripts
from backend.readers.pictures.engines import tesseract
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.reading import read_page
from tests.photos.draw import photo
from training.scripts.train import page

SIZE = (1500, 2000)


def needs(language):
    return pytest.mark.skipif(language not in tesseract.languages(), reason=f"tesseract-ocr-{language} is missing")


def lines_of(script, fate, seed, **more):
    (part,) = readers.read("a1", "", photo(script, fate, seed, size=SIZE, **more)).parts
    return part, part.text.splitlines()


@needs("kor")
@pytest.mark.parametrize(("fate", "turn"), [("desk", 0), ("screen", 270)])
def test_a_korean_page_and_its_boxed_stamp_are_read(fate, turn):
    part, lines = lines_of("ko", fate, 3, marking="대외비", turn=turn)
    assert "대외비" in lines and "해안계획국" in lines
    stamp = next(line for line in part.lines if part.text[line.start : line.end] == "대외비")
    assert stamp.boxed and stamp.red > 0.8


@needs("rus")
@pytest.mark.parametrize(("fate", "turn"), [("held", 180), ("social", 0)])
def test_a_russian_page_is_read_in_its_own_letters(fate, turn):
    _, lines = lines_of("ru", fate, 4, marking="Для служебного пользования", turn=turn)
    assert "Для служебного пользования" in lines
    assert "Управление портового строительства" in lines


@needs("ara")
def test_an_arabic_page_is_read():
    lines = ["إعلان عن اجتماع السكان", "نرجو من السكان الكرام عدم ترك الدراجات أمام مدخل المبنى"]
    pixels = page({"fonts": ["NotoNaskhArabic"]}, lines, random.Random(3))
    told = []
    read = read_page(ocr.engine(ocr.FULL), pixels, ocr.engine(ocr.QUICK).read(pixels), told.append)
    words = " ".join(line.text for line in read.sheet.turned.found)
    assert read.legible and read.whole and told
    assert "السكان" in words and "الدراجات" in words


@needs("rus")
def test_a_page_of_very_many_lines_is_not_read_for_minutes(monkeypatch):
    monkeypatch.setattr(scripts, "MOST", 5)
    reading = readers.read("a1", "", photo("ru", "held", 4, size=SIZE))
    assert [gap.reason for gap in reading.gaps] == ["overfull"]
    assert "СОВЕРШЕННО СЕКРЕТНО" in reading.parts[0].text  # the likeliest were read


@needs("vie")
def test_the_tones_of_a_vietnamese_stamp_are_read():
    _, lines = lines_of("vi", "desk", 3)
    assert "TUYỆT MẬT" in lines


@needs("kor")
def test_likely_markings_are_told_before_the_rest_of_the_page():
    told = []
    data = photo("ko", "desk", 3, size=SIZE, marking="대외비")
    readers.read("a1", "", data, lambda done, total, unit, reading=None: told.append((done, reading)))
    words = [reading.parts[0].text for _, reading in told if reading is not None and reading.parts]
    assert "대외비" in words[0] and len(words[0]) < 0.8 * len(words[-1])
    assert [done for done, _ in told] == sorted({done for done, _ in told})


@pytest.mark.parametrize(
    ("engine", "korean", "better"),
    [
        ("Ⅱ[급비밀", "[급비밀", "Ⅱ급비밀"),
        ("Ⅲ口司昌", "미급비밀", "Ⅲ급비밀"),
        ("Ⅲ口司昌", "11급비밀", "Ⅲ급비밀"),
        ("표急", "Ⅱ교급비밀", "Ⅱ급비밀"),
        ("Ⅰ. 口司", "1. 시험 계획", "Ⅰ시험 계획"),
        ("Ⅱ口司昌", "[|교급비밀", "Ⅱ급비밀"),
        ("口司昌", "급비밀", "급비밀"),
        ("口司昌", "보급비밀", "보급비밀"),
    ],
)
def test_the_numeral_of_a_korean_grade_is_put_together_from_both_engines(engine, korean, better):
    line = Found(engine, 0.6, 0.0, 0.0, 200.0, 40.0)
    assert scripts._better(line, korean, 0.7).text == better


def test_without_the_language_nothing_is_said_to_be_installed(monkeypatch):
    monkeypatch.setattr(tesseract, "languages", lambda: {"eng": "", "kor": ""})
    assert scripts.installed() == {"hangul": "kor"}


def test_a_page_in_letters_that_are_known_but_doubtful_is_in_no_foreign_script():
    found = [Found("関係各位 試験を下記のとおり実施する", 0.7, 0.0, 30.0 * n, 300.0, 20.0) for n in range(6)]
    assert guess.guess(found) == ""


def test_few_letters_do_not_tell_a_script():
    assert guess.guess([Found("Ng 17", 0.5, 0.0, 0.0, 50.0, 20.0)]) == ""
