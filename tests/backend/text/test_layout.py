import pytest

from backend.model import Line, Part, Place
from backend.text.layout import Layout

SIZE = (1000, 1400)


def part(boxes, turned=0, **line):
    lines = tuple(Line(10 * at, 10 * at + 9, box, **line) for at, box in enumerate(boxes))
    return Part("p", "x" * 10 * len(boxes), origin="ocr", page=1, size=SIZE, lines=lines, turned=turned)


ROWS = [(100, 300 + 80 * row, 800, 40) for row in range(10)]


def traits(made, row):
    return Layout(made).traits(10 * row, 10 * row + 9)


def test_top_and_bottom_are_those_of_the_writing_not_of_the_picture():
    made = part(ROWS)
    assert (traits(made, 0), traits(made, 5), traits(made, 9)) == ({"top"}, set(), {"bottom"})


@pytest.mark.parametrize(
    ("turned", "box"),
    [
        (1, lambda x, y, w, h: (SIZE[1] - y - h, x, h, w)),
        (2, lambda x, y, w, h: (SIZE[0] - x - w, SIZE[1] - y - h, w, h)),
        (3, lambda x, y, w, h: (y, SIZE[0] - x - w, h, w)),
    ],
)
def test_a_turned_page_has_its_top_where_its_writing_begins(turned, box):
    made = part([box(*row) for row in ROWS], turned=turned, height=40.0)
    assert "top" in traits(made, 0) and "bottom" in traits(made, 9)


def test_a_large_a_red_a_framed_and_a_tilted_line_stand_out():
    large = part([*ROWS, (100, 600, 800, 90)])
    assert "large" in traits(large, 10)
    assert traits(part(ROWS, red=0.9, boxed=True, angle=12.0), 5) == {"red", "boxed", "tilted"}


def test_a_span_of_a_page_is_told_by_the_boxes_of_its_lines():
    found = list(Layout(part(ROWS)).places(5, 15))
    assert found == [Place("p", page=1, box=ROWS[0]), Place("p", page=1, box=ROWS[1])]


def test_a_span_of_plain_text_is_told_by_itself():
    assert list(Layout(Part("text", "some words")).places(5, 10)) == [Place("text", 5, 10)]
