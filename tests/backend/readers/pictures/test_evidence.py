import json

import numpy as np
import pytest

from backend.readers.pictures import evidence
from backend.readers.pictures.board import board
from backend.readers.pictures.decode import open_picture
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.red import red_things
from tests.photos.draw import FATES
from tests.photos.official import NONE, marked
from tests.photos.things import LANGUAGES, thing

TURNS = dict(zip(FATES, (0, 90, 180, 270), strict=True))
TELLS = {
    "red_header": {"red_header", "red_line"},
    "red_star_line": {"red_header", "red_line", "star"},
    "round_seal": {"seal"},
    "square_seal": {"seal"},
    "stamp": {"stamp"},
    "watermark": {"watermark"},
    "tiled_watermark": {"watermark"},
}


def pixels(data):
    return open_picture(data).pixels(960)


def told(mark, fate, turn=0, seed=1):
    return {one.kind: one for one in evidence.signals("a1", pixels(marked(mark, fate, seed, turn)), 2.0, 0.9, [])}


@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("mark", sorted(TELLS))
def test_every_official_mark_is_seen_in_every_fate_whichever_way_the_page_lies(mark, fate):
    assert set(told(mark, fate, TURNS[fate])) == TELLS[mark]


@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("mark", sorted(NONE))
def test_adverts_logos_coffee_and_a_red_pen_are_none(mark, fate):
    # A straight stroke of a red pen may look like a line; alone it tells nobody anything.
    assert not set(told(mark, fate)) - {"red_line"}


@pytest.mark.parametrize(("mark", "shape"), [("round_seal", "round"), ("square_seal", "square")])
def test_a_seal_has_its_shape_and_its_box_in_the_displayed_picture(mark, shape):
    seal = told(mark, "held")["seal"]
    x, y, w, h = seal.box
    middle = (x + w / 2) / 1500, (y + h / 2) / 2000
    # Photos are 1500 by 2000, looked at with 960, and the scale given is 2.0 for 2.083.
    assert seal.details["shape"] == shape and middle[0] > 0.55 and middle[1] > 0.75


def test_the_box_of_a_header_lies_above_the_line():
    signals = told("red_header", "held")
    assert signals["red_header"].box[1] + signals["red_header"].box[3] < signals["red_line"].box[1] + 5


def test_nothing_is_looked_for_where_there_is_neither_paper_nor_writing():
    assert evidence.signals("a1", pixels(marked("round_seal", "held", 1)), 2.0, 0.1, []) == []


def test_a_picture_without_red_has_no_red_things():
    assert red_things(np.full((300, 400, 3), 240, np.uint8)) == []


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (8, 8), (64, 900), (900, 70)])
def test_pictures_of_any_size_and_of_pure_red_are_looked_at(size):
    for colour in ((255, 0, 0), (255, 255, 255), (0, 0, 0)):
        flat = np.empty((*size, 3), np.uint8)
        flat[:] = colour
        assert all(one.kind == "red_line" for one in evidence.signals("a1", flat, 1.0, 1.0, []))


def lines_of_a_board():
    return [Found(f"line {n}", 0.95, 60.0 + 500 * (n % 2), 60.0 + 160 * (n // 2), 380.0, 45.0) for n in range(6)]


@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_board_written_on_with_markers_is_seen(language, fate):
    assert board(pixels(thing("whiteboard", language, fate, 1)), lines_of_a_board()) > 0.5


@pytest.mark.parametrize("kind", ["receipt", "screen", "drawing", "ticket", "card", "badge"])
def test_other_things_are_no_boards_whatever_their_letters(kind):
    assert board(pixels(thing(kind, "en", "held", 1)), lines_of_a_board()) == 0


def test_a_page_of_small_print_is_no_board():
    small = [Found(f"line {n} of many", 0.95, 60.0, 12.0 * n, 380.0, 9.0) for n in range(30)]
    assert board(pixels(thing("whiteboard", "en", "held", 1)), small) == 0


def test_seals_are_hardly_ever_seen_on_ordinary_photos_of_the_open_set(corpora):
    rows = [json.loads(line) for line in (corpora / "images.jsonl").read_text(encoding="utf-8").splitlines()]
    chosen = [row for row in rows if row["kind"].endswith("_negative")][::8]
    seen = [evidence.signals("a1", pixels((corpora / row["file"]).read_bytes()), 1.0, 0.2, []) for row in chosen]
    assert len(chosen) > 40 and sum(any(one.kind != "red_line" for one in told) for told in seen) <= 1
