import pytest

from backend.model import Attachment, Draft, Level, Policy, Reading, Signal
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


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_whose_camera_it_was_is_a_note_with_all_that_is_told(language):
    details = {"time": "2026-05-01 12:33", "serial": "SN-123", "owner": "Anna Example"}
    (told,) = verdict_json(check(Signal("camera", 1.0, "a1", details=details)), language)["findings"]
    assert (told["rule"], told["level"], told["remedies"]) == ("metadata.camera", "note", ["strip_metadata"])
    assert all(value in told["reason"] for value in details.values())


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_an_older_look_of_the_picture_is_a_question(language):
    (told,) = verdict_json(check(Signal("preview", 1.0, "a1", details={"how": "cropped"})), language)["findings"]
    assert (told["rule"], told["level"], told["remedies"]) == ("metadata.preview", "warn", ["strip_metadata"])


def test_the_hour_alone_is_no_note_unless_the_policy_wants_it_and_comes_with_a_position():
    hour = Signal("camera", 1.0, "a1", details={"time": "2026-05-01 12:33"})
    where = Signal("position", 1.0, "a1", details={"latitude": "39.9042", "longitude": "116.4074"})
    assert check(hour).level is Level.CLEAR
    (told,) = verdict_json(check(where, hour), "en")["findings"]
    assert "39.9042, 116.4074 (2026-05-01 12:33)" in told["reason"]
    draft = Draft(attachments=(Attachment("a1", reading=Reading(signals=(hour,))),))
    assert Engine.build(policy=Policy(note_at=20)).check(draft).findings[0].rule == "metadata.time"
