import cv2
import numpy as np
import pytest

from backend.readers.pictures.cut import HEIGHT, cut_line
from backend.readers.pictures.ocr import Found
from backend.readers.pictures.sheet import Sheet
from backend.readers.pictures.slope import page_slope
from backend.readers.pictures.turn import Turned

SIZE = (900, 1200)
LETTERS = "a line of print that goes on for a while"


def page(warp):
    """Return pixels of a printed page moved by ``warp``, and its lines as upright boxes."""
    flat = np.full((SIZE[1], SIZE[0], 3), 245, np.uint8)
    found = []
    for top in range(150, 1050, 60):
        cv2.putText(flat, LETTERS, (100, top + 20), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 2)
        corners = np.array([[[100, top - 6], [760, top - 6], [760, top + 28], [100, top + 28]]], np.float32)
        x, y = cv2.perspectiveTransform(corners, warp)[0].T
        found.append(Found(LETTERS, 0.9, float(x.min()), float(y.min()), float(np.ptp(x)), float(np.ptp(y))))
    return cv2.warpPerspective(flat, warp, SIZE, borderMode=cv2.BORDER_REPLICATE), found


def turned_by(degrees):
    return np.vstack([cv2.getRotationMatrix2D((450, 600), degrees, 1.0), (0, 0, 1)])


@pytest.mark.parametrize("degrees", [-9.0, -3.0, 0.0, 4.0, 8.0])
def test_the_slope_of_a_tilted_page(degrees):
    slope = page_slope(*page(turned_by(degrees)))
    assert abs(slope.at(300) - degrees) < 0.6 and abs(slope.at(900) - degrees) < 0.6


def test_a_page_seen_at_an_angle_has_another_slope_at_its_top_than_at_its_bottom():
    source = np.array([[0, 0], [900, 0], [900, 1200], [0, 1200]], np.float32)
    seen = np.array([[0, 60], [900, 0], [900, 1200], [0, 1120]], np.float32)
    slope = page_slope(*page(cv2.getPerspectiveTransform(source, seen)))
    assert slope.at(200) > 1.5 and slope.at(1000) < -1.5


def test_a_page_without_writing_lies_level():
    assert page_slope(np.full((300, 200, 3), 250, np.uint8), []).at(100) == 0.0


def test_a_line_is_cut_out_level():
    pixels, found = page(turned_by(6))
    line = cut_line(pixels, found[5], 6.0)
    rows = np.flatnonzero((line < 128).any(axis=1))
    assert HEIGHT * 0.4 < np.ptp(rows) < HEIGHT * 0.95  # askew it would touch both edges


def stamped():
    pixels = np.full((400, 600, 3), 245, np.uint8)
    cv2.putText(pixels, "SECRET", (200, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (200, 20, 30), 4)
    cv2.rectangle(pixels, (180, 65), (410, 140), (200, 20, 30), 4)
    matrix = cv2.getRotationMatrix2D((295, 100), 8, 1.0)
    pixels = cv2.warpAffine(pixels, matrix, (600, 400), borderValue=(245, 245, 245))
    return pixels, Found("SECRET", 0.9, 195.0, 65.0, 200.0, 70.0)


def test_a_stamp_has_a_slope_of_its_own_and_comes_first():
    pixels, stamp = stamped()
    lines = [Found("a plain line of print", 0.9, 60.0, 200.0 + 40 * n, 400.0, 20.0) for n in range(4)]
    sheet = Sheet(Turned(0, pixels, [*lines, stamp]))
    assert abs(sheet.angle(stamp) - 8) < 1.5 and abs(sheet.angle(lines[0])) < 0.1
    assert sheet.promising()[0] == stamp


def test_the_frame_of_a_stamp_is_not_cut_out_with_its_letters():
    pixels, stamp = stamped()
    with_frame = cut_line(pixels, stamp, 8.0)
    without = cut_line(pixels, stamp, 8.0, framed=True)
    dark = [float((line < 140).mean()) for line in (with_frame, without)]
    assert 0.05 < dark[1] < dark[0]
