from backend.readers.pictures.lines import in_order
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.slope import LEVEL, Slope
from backend.readers.pictures.turn import unturned


def found(text, x, y, width=200.0, height=20.0):
    return Found(text, 1.0, float(x), float(y), float(width), float(height))


def texts(lines, slope=LEVEL):
    return [line.text for _, line in in_order(lines, slope)]


def test_rows_are_read_from_the_top_and_from_the_left():
    assert texts([found("d", 300, 52), found("a", 0, 0), found("b", 300, 3), found("c", 0, 50)]) == ["a", "b", "c", "d"]


def test_columns_are_read_one_after_the_other_under_a_common_title():
    title = found("the title of it all", 0, 0, 620)
    left = [found(f"left line {n}", 0, 60 + 30 * n, 290) for n in range(5)]
    right = [found(f"right line {n}", 330, 62 + 30 * n, 290) for n in range(5)]
    mixed = [line for pair in zip(right, left, strict=True) for line in pair]
    assert texts([*mixed, title]) == [line.text for line in (title, *left, *right)]


def test_a_tilted_page_is_read_as_if_it_lay_level():
    # Rising five degrees to the right: the right end of the first line stands above its left end.
    lines = [found("second", 0, 96, 180, 36), found("first, right", 600, 4, 200, 38), found("first", 0, 60, 180, 36)]
    assert texts(lines, Slope(5.0)) == ["first", "first, right", "second"]


def test_turning_a_box_back():
    # In a picture 400 wide and 300 high.
    assert unturned((10, 20, 30, 40), 0, (400, 300)) == (10, 20, 30, 40)
    assert unturned((10, 20, 30, 40), 2, (400, 300)) == (360, 240, 30, 40)
    assert unturned((20, 340, 40, 30), 1, (400, 300)) == (30, 20, 30, 40)
    assert unturned((240, 30, 40, 30), 3, (400, 300)) == (30, 20, 30, 40)
