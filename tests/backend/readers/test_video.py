import io

import cv2
import numpy as np
import pytest
from PIL import Image

from backend import readers
from tests.photos.draw import photo


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    """Two seconds of white, then a page."""
    page = np.asarray(Image.open(io.BytesIO(photo("en", "social", 1))).resize((900, 1200)))[:, :, ::-1]
    path = tmp_path_factory.mktemp("video") / "a.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"mp4v"), 10, (900, 1200))
    for number in range(40):
        writer.write(page if number > 20 else np.full_like(page, 255))
    writer.release()
    return path.read_bytes()


def test_a_page_shown_in_a_video_is_read_and_the_rest_is_a_gap(video):
    reading = readers.read("a1", "", video)
    assert ["TOP SECRET" in part.text for part in reading.parts] == [True]
    assert [gap.reason for gap in reading.gaps] == ["sampled"]


@pytest.mark.parametrize("cut", [40, 4000])
def test_a_cut_video_is_damaged(video, cut):
    assert [gap.reason for gap in readers.read("a1", "", video[:cut]).gaps] == ["damaged"]
