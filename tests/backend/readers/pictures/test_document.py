import json

import pytest

from backend.readers.picture import first_look
from backend.readers.pictures import document
from backend.readers.pictures.decode import open_picture
from backend.readers.pictures.ocr import Found
from tests.photos.draw import photo

SOME = 40


@pytest.fixture(scope="module")
def features():
    return first_look(open_picture(photo("en", "social", 1))).features


def test_the_coefficients_are_those_of_the_features_that_are_measured(features):
    model = json.loads(document.FILE.read_text(encoding="utf-8"))
    assert set(model["document"]["features"]) == {name for name in features if not name.startswith(document.WORDS)}
    assert set(model["kinds"]) == set(document.KINDS)
    assert all(set(one["features"]) == set(features) for one in model["kinds"].values())


def test_strength_is_a_probability_whatever_the_features(features):
    for extreme in (-1e9, 0.0, 1e9):
        assert 0 <= document.strength(dict.fromkeys(features, extreme)) <= 1


def test_features_of_a_picture_without_text_are_all_nothing():
    assert set(document.text_features([], (400, 300)).values()) == {0.0}


def test_lines_that_begin_at_one_margin_are_counted_whichever_way_the_page_lies():
    upright = [Found("a line of text", 0.9, 40.0, 30.0 * n, 200.0, 20.0) for n in range(6)]
    on_side = [Found("a line of text", 0.9, 30.0 * n, 40.0, 20.0, 200.0) for n in range(6)]
    aligned = [document.text_features(lines, (400, 300))["margin"] for lines in (upright, on_side)]
    assert aligned[0] == aligned[1] > 1.5


def rows(corpora, *kinds):
    lines = (corpora / "images.jsonl").read_text(encoding="utf-8").splitlines()
    chosen = [row for row in map(json.loads, lines) if row["kind"] in kinds]
    return [(corpora / row["file"]).read_bytes() for row in chosen[:: max(1, len(chosen) // SOME)]]


def shown(pictures):
    return sum(document.strength(first_look(open_picture(data)).features) >= 0.5 for data in pictures)


def test_documents_of_the_open_set_are_found(corpora):
    pictures = rows(corpora, "doc_photo", "doc_scan", "id_doc", "receipt")
    assert shown(pictures) >= 0.95 * len(pictures)


def test_ordinary_photos_and_memes_of_the_open_set_are_quiet(corpora):
    pictures = rows(corpora, "natural_negative") + rows(corpora, "meme_negative")
    assert shown(pictures) <= 0.02 * len(pictures)
