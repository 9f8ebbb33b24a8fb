import pytest

from backend.model import Attachment, Draft, Level, Reading, Signal
from backend.pipeline import Engine
from backend.wording import verdict_json

ENGINE = Engine.build()


def check(*signals):
    return ENGINE.check(Draft(attachments=(Attachment("a1", reading=Reading(signals=signals)),)))


def document(strength, kind="page"):
    return Signal("document", strength, "a1", details={"kind": kind})


@pytest.mark.parametrize("strength", [0.5, 0.7, 1.0])
@pytest.mark.parametrize(
    ("kind", "rule"),
    [("page", "photo"), ("id", "id"), ("receipt", "receipt"), ("screen", "screen"), ("other", "photo")],
)
def test_a_picture_of_a_document_is_a_warning_of_its_kind(strength, kind, rule):
    (finding,) = check(document(strength, kind)).findings
    assert (finding.rule, finding.category, finding.level) == (f"document.{rule}", "document", Level.WARN)
    assert finding.remedies == ("cover_boxes",) and finding.places[0].part == "a1"


def test_red_headers_and_seals_weigh_in_but_do_not_stop_by_themselves():
    plain, official = check(document(0.9)), check(document(0.9), Signal("seal", 0.9, "a1"))
    assert plain.score < official.score < 85


def test_what_may_be_a_document_is_a_note():
    (finding,) = check(document(0.3)).findings
    assert (finding.rule, finding.level) == ("document.perhaps", Level.NOTE)


def test_a_picture_of_none_is_clear():
    assert check().level is Level.CLEAR


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_every_kind_has_words(language):
    for kind in ("page", "id", "receipt", "screen"):
        (told,) = verdict_json(check(document(0.9, kind)), language)["findings"]
        assert all(told[key] and "{" not in told[key] for key in ("title", "reason", "advice"))
