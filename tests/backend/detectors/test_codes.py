import pytest

from backend.detectors.codes import WEIGHTS
from backend.model import Attachment, Draft, Level, Reading, Signal
from backend.pipeline import Engine
from backend.wording import verdict_json
from tests.photos.codes import EXAMPLES

ENGINE = Engine.build()


def check(*kinds, channel="post"):
    signals = tuple(
        Signal("code", 1.0, "a1", box=(10 * number, 0, 90, 90), details={"kind": kind})
        for number, kind in enumerate(kinds)
    )
    return ENGINE.check(Draft(channel=channel, attachments=(Attachment("a1", reading=Reading(signals=signals)),)))


@pytest.mark.parametrize(
    ("kind", "post", "message"),
    [
        ("wallet_key", "stop", "stop"),
        ("otp", "stop", "stop"),
        ("identity", "stop", "warn"),
        ("boarding_pass", "warn", "note"),
        ("health", "warn", "note"),
        ("pay", "warn", "warn"),
        ("login", "warn", "warn"),
        ("token", "warn", "note"),
        ("device", "warn", "note"),
        ("wifi", "warn", "note"),
        ("ticket", "warn", "note"),
        ("contact", "note", "note"),
        ("payment", "note", "note"),
        ("wallet", "note", "note"),
    ],
)
def test_a_code_is_as_loud_as_what_it_gives_away_and_quieter_to_one_person(kind, post, message):
    assert [check(kind).level.word, check(kind, channel="message").level.word] == [post, message]


@pytest.mark.parametrize("kind", sorted(WEIGHTS))
@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_every_kind_is_told_in_every_language_and_can_be_covered(kind, language):
    (told,) = verdict_json(check(kind), language)["findings"]
    assert told["rule"] == f"code.{kind}" and told["remedies"] == ["cover_boxes"]
    assert told["places"] == [{"part": "a1", "box": [0, 0, 90, 90]}]
    assert all(told[key] for key in ("title", "reason", "advice"))


def test_codes_of_one_kind_are_one_finding_with_all_their_places():
    (told,) = check("ticket", "ticket", "ticket").findings
    assert len(told.places) == 3


def test_every_kind_that_is_read_has_an_example_and_a_weight():
    assert set(EXAMPLES) == set(WEIGHTS)


def test_a_code_of_no_kind_is_clear():
    assert check("").level is Level.CLEAR
