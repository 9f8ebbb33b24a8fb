import pytest

from backend.detectors.labels import judged
from backend.model import Attachment, Draft, Level, Reading, Signal
from backend.pipeline import Engine
from backend.wording import verdict_json


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Secret", "labels.secret"),
        ("Highly Confidential", "labels.secret"),
        ("机密", "labels.secret"),
        ("Tuyệt mật", "labels.secret"),
        ("Confidential \\ All Employees", "labels.confidential"),
        ("Vertraulich", "labels.confidential"),
        ("Bảo mật", "labels.confidential"),
        ("Internal", "labels.internal"),
        ("内部", "labels.internal"),
        ("Public", ""),
        ("General", ""),
        ("Non-Confidential", ""),
        ("Unclassified", ""),
        ("公开", ""),
        ("Blue 3", "labels.other"),
        ("", "labels.other"),
    ],
)
def test_a_label_is_judged_by_its_name(name, rule):
    assert judged(name)[0] == rule


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_the_gravest_label_of_a_file_is_asked_about_by_its_name(language):
    signals = tuple(Signal("sensitivity_label", 1.0, "a1", details={"name": name}) for name in ("Public", "Secret"))
    verdict = Engine.build().check(Draft(attachments=(Attachment("a1", reading=Reading(signals=signals)),)))
    (told,) = verdict_json(verdict, language)["findings"]
    assert verdict.level is Level.WARN and "Secret" in told["reason"] and told["places"] == [{"part": "a1"}]
