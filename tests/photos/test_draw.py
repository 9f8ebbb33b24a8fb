import io

import pytest
from PIL import Image

from tests.photos.draw import FATES, draw
from tests.photos.paper import papers

SMALL = (600, 800)


def test_the_same_arguments_give_the_same_bytes():
    assert draw("zh", "desk", 3, size=SMALL) == draw("zh", "desk", 3, size=SMALL) != draw("zh", "desk", 4, size=SMALL)


@pytest.mark.parametrize("script", sorted(papers()))
@pytest.mark.parametrize("fate", FATES)
def test_every_script_meets_every_fate(script, fate):
    assert Image.open(io.BytesIO(draw(script, fate, 1, size=SMALL))).format == "JPEG"


def test_a_phone_photo_has_twelve_megapixels_and_a_network_makes_it_small():
    assert Image.open(io.BytesIO(draw("en", "held", 1))).size == (3000, 4000)
    assert max(Image.open(io.BytesIO(draw("en", "social", 1))).size) == 1280
