"""Long scans: which pages are read first, how far one is told to be, and which were not read."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from backend import readers
from backend.readers.gather.limits import Limits, current
from backend.readers.pdfs.page import opened
from backend.readers.pdfs.promise import in_order
from backend.wording import gap_json
from tests.files.pdfs import pdf

PAGES = 16


def scan(words="", ink="black"):
    page = Image.new("RGB", (420, 594), (250, 249, 246))
    ImageDraw.Draw(page).text((60, 60), words, font=ImageFont.load_default(30), fill=ink)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def long():
    """A scan whose ninth page bears a red stamp."""
    return pdf([scan("TOP SECRET", "red") if number == 9 else scan(f"Page {number}") for number in range(1, PAGES + 1)])


def test_the_first_pages_are_read_first_then_the_last_then_those_with_red_ink(long):
    order = in_order(opened(long), list(range(1, PAGES + 1)), Limits(until=float("inf")))
    assert order[:5] == [1, 2, 3, PAGES, 9] and sorted(order) == list(range(1, PAGES + 1))


def test_a_short_scan_is_read_in_its_own_order(long):
    assert in_order(opened(long), [2, 5, 9], Limits(until=float("inf"))) == [2, 5, 9]


def until_step(data, step):
    """Read a file whose time is over after so many steps."""
    told = []

    def progress(done, total, unit, reading=None):
        told.append((done, total, unit))
        if done == step:
            current().until = 0.0

    return readers.read("a1", "", data, progress), told


def test_pages_for_which_there_was_no_time_are_named(long):
    reading, told = until_step(long, PAGES + 5)
    assert "TOP SECRET" in next(part.text for part in reading.parts if part.page == 9)
    (gap,) = reading.gaps
    assert (gap.reason, gap.pages) == ("unread_pages", "4-8, 10-15")
    assert all("4-8, 10-15" in gap_json(gap, language)["message"] for language in ("en", "vi", "zh"))
    assert [done for done, _, _ in told] == list(range(1, PAGES + 6)) and told[-1][1:] == (2 * PAGES, "pages")


def test_pages_of_text_for_which_there_was_no_time_are_named_too():
    reading, _ = until_step(pdf(["one", "two", "three", "four"]), 1)
    assert [(gap.reason, gap.pages) for gap in reading.gaps] == [("unread_pages", "2-4")]


def test_a_scan_is_given_time_by_its_pages_within_a_bound():
    limits = Limits(until=0.0, depth=1)
    limits.extend(30.0)
    assert limits.until == 30.0
    limits.extend(1e6)
    assert limits.until < 300.0


def test_a_scan_inside_another_file_has_no_time_of_its_own():
    limits = Limits(until=0.0, depth=2)
    limits.extend(30.0)
    assert limits.until == 0.0
