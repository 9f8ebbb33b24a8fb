"""Where a document lies is what a copy covers: then nothing of it can be seen or read."""

import numpy as np
import pytest

from backend import readers
from backend.model import Attachment, Draft
from backend.pipeline import Engine
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.region import region
from tests.photos.draw import photo

ENGINE = Engine.build()


def of_document(data):
    reading = readers.read("a1", "", data)
    findings = ENGINE.check(Draft(attachments=(Attachment("a1", reading=reading),))).findings
    return reading, [one for one in findings if one.rule == "document.photo"]


@pytest.mark.parametrize(("script", "fate", "how"), [("en", "held", {}), ("zh", "desk", {"turn": 90})])
def test_a_page_that_is_covered_is_no_document_any_more(script, fate, how):
    data = photo(script, fate, 1, size=(1500, 2000), **how)
    reading, (finding,) = of_document(data)
    assert finding.remedies == ("cover_boxes",)
    copied, _ = readers.copy(data, [(place.page, place.box) for place in finding.places], True)
    left, told = of_document(copied)
    assert len(reading.parts[0].text) > 300 and "".join(part.text for part in left.parts) == "" and told == []


def test_a_page_on_a_table_is_covered_without_all_of_the_table():
    pixels = np.full((800, 1000, 3), (90, 60, 40), np.uint8)
    pixels[200:600, 300:700] = 245
    x, y, width, height = region(pixels, [Found("Minutes", 0.9, 350, 250, 200, 30)], 2.0)
    assert x < 600 and y < 400 and x + width > 1400 and y + height > 1200, "the paper, and some air around it"
    assert x > 400 and y > 200 and x + width < 1600 and y + height < 1400


def test_writing_beside_the_palest_area_is_covered_itself():
    pixels = np.full((800, 1000, 3), (90, 60, 40), np.uint8)
    pixels[0:300, 600:1000] = 245
    x, y, width, height = region(pixels, [Found("Minutes", 0.9, 100, 600, 200, 30)], 1.0)
    assert x < 100 and x + width < 500 and y > 400


def test_a_picture_without_paper_or_writing_has_no_region():
    assert region(np.full((300, 400, 3), (20, 60, 200), np.uint8), [], 1.0) is None
