import importlib.util
import io
import sys

import pytest
from PIL import Image

from backend.readers import Unreadable
from backend.readers.pictures import ocr
from backend.readers.pictures.decode import open_picture
from backend.readers.pictures.engines import rapid
from tests.photos.draw import photo

INSTALLED = {"paddle": "faster_paddle", "rapid": "rapidocr"}


@pytest.fixture
def anew():
    """No engine is remembered, before and after."""
    for remembered in (ocr._loaded, rapid._sessions):
        remembered.cache_clear()
    yield
    ocr._loaded.cache_clear()


@pytest.mark.parametrize("name", ocr.ENGINES)
def test_either_engine_reads_a_marking_where_it_stands(monkeypatch, anew, name):
    if importlib.util.find_spec(INSTALLED[name]) is None:
        pytest.skip(f"{INSTALLED[name]} is not installed")
    monkeypatch.setenv(ocr.SETTING, name)
    pixels = open_picture(photo("zh", "social", 7)).pixels(1600)
    found = ocr.engine(ocr.FULL).read(pixels[: pixels.shape[0] // 4])
    line = next(line for line in found if "机密★10年" in line.text)
    assert line.confidence > 0.9 and 0 < line.y < pixels.shape[0] / 4 and line.width > 2 * line.height


@pytest.mark.parametrize("name", ocr.ENGINES)
def test_nothing_is_read_on_an_empty_or_a_tiny_picture(monkeypatch, anew, name):
    if importlib.util.find_spec(INSTALLED[name]) is None:
        pytest.skip(f"{INSTALLED[name]} is not installed")
    monkeypatch.setenv(ocr.SETTING, name)
    engine = ocr.engine(ocr.QUICK)
    for size in ((300, 200), (3, 400)):
        out = io.BytesIO()
        Image.new("RGB", size, "white").save(out, "PNG")
        assert engine.read(open_picture(out.getvalue()).pixels(960)) == []


def test_the_fallback_is_used_where_the_first_cannot_be_imported(monkeypatch, anew):
    pytest.importorskip("rapidocr")
    monkeypatch.delenv(ocr.SETTING, raising=False)
    monkeypatch.setitem(sys.modules, "faster_paddle", None)
    assert type(ocr.engine(ocr.QUICK)).__name__ == "Rapid"


def test_a_machine_without_any_engine_has_a_gap(monkeypatch, anew):
    for module in INSTALLED.values():
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Unreadable, match="no_models"):
        ocr.engine(ocr.QUICK)


def test_an_unknown_name_in_the_setting_chooses_the_first_installed(monkeypatch):
    monkeypatch.setenv(ocr.SETTING, "abacus")
    assert ocr.names() == ocr.ENGINES
