import pytest

from backend.model import Attachment, Draft, Level, Reading, Signal
from backend.pipeline import Engine
from backend.wording import verdict_json


def check(*signals):
    return Engine.build().check(Draft(attachments=(Attachment("a1", reading=Reading(signals=signals)),)))


def counted(kind, count, **details):
    return Signal(f"hidden_{kind}", 1.0, "a1", details={"count": str(count), **details})


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "3 comments, 12 tracked changes and 1 hidden sheet"),
        ("vi", "3 nhận xét, 12 thay đổi được theo dõi và 1 trang tính ẩn"),
        ("zh", "3 条批注、12 处修订记录和1 个隐藏的工作表"),
    ],
)
def test_what_a_file_holds_is_said_in_one_note(language, words):
    verdict = check(counted("comments", 3), counted("changes", 12), counted("sheets", 1))
    (told,) = verdict_json(verdict, language)["findings"]
    assert verdict.level is Level.NOTE and words in told["reason"] and told["remedies"] == []


def test_the_copy_is_offered_where_one_can_be_made():
    (found,) = check(counted("comments", 1, copy="1")).findings
    assert found.remedies == ("strip_metadata",)


def test_text_under_a_box_is_asked_about_with_its_places():
    signals = [Signal("hidden_text", 1.0, "a1", page, (1, 2, 3, 4), {"copy": "1"}) for page in (1, 2)]
    (found,) = check(*signals).findings
    assert found.level is Level.WARN and [place.page for place in found.places] == [1, 2]
    assert found.remedies == ("strip_metadata",)


def test_a_file_with_nothing_hidden_is_clear():
    assert check().level is Level.CLEAR
