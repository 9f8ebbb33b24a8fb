import pytest

from backend.model import Attachment, Draft, Level, Reading, Signal
from backend.pipeline import Engine
from backend.wording import verdict_json


def check(*signals):
    draft = Draft(attachments=(Attachment("a1", reading=Reading(signals=signals)),))
    return Engine.build().check(draft)


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_a_position_is_a_note_that_names_it_and_offers_to_take_it_out(language):
    found = check(Signal("position", 1.0, "a1", details={"latitude": "39.9042", "longitude": "116.4074"}))
    (told,) = verdict_json(found, language)["findings"]
    assert (told["rule"], told["category"], told["level"]) == ("metadata.position", "metadata", "note")
    assert "39.9042, 116.4074" in told["reason"] and told["remedies"] == ["strip_metadata"]


def test_a_file_without_a_position_is_clear():
    assert check().level is Level.CLEAR
