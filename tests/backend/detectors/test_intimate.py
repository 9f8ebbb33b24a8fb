import pytest

from backend.model import Attachment, Draft, Message, Reading, Signal
from backend.pipeline import Engine
from backend.wording import verdict_json

ENGINE = Engine.build()
PICTURE = Attachment("a1", reading=Reading(signals=(Signal("intimate", 0.93, "a1"),)))


def told(*thread, channel="message", language="en", attachments=(PICTURE,)):
    said = tuple(Message("them", text) for text in thread)
    verdict = ENGINE.check(Draft(channel=channel, thread=said, attachments=attachments))
    found = verdict_json(verdict, language)["findings"]
    return [(one["rule"], one["level"]) for one in found if one["category"] == "intimate"]


@pytest.mark.parametrize("channel", ["post", "message", "ai"])
def test_an_intimate_picture_is_a_quiet_question(channel):
    assert told("how was your day?", channel=channel) == [("intimate.picture", "note")]


@pytest.mark.parametrize(
    "thread",
    [
        ("Send me a pic, only for me",),
        ("I have your photos. Pay up or everyone will see",),
        ("发张照片给我看看嘛",),
        ("你的视频在我手里，不给钱就发到群里",),
        ("Em gửi ảnh nóng cho anh đi",),
        ("Không trả thì tao tung lên, có danh bạ hết rồi",),
        ("Let's move to Telegram", "I will pay you in bitcoin"),
    ],
)
def test_where_somebody_presses_for_it_the_person_is_asked_once(thread):
    assert told(*thread) == [("intimate.pressed", "warn")]


@pytest.mark.parametrize(
    "thread", [("Telegram works better for me",), ("See you at six, bring the kids",), ("明天几点到？",)]
)
def test_ordinary_talk_does_not_press(thread):
    assert told(*thread) == [("intimate.picture", "note")]


def test_a_thread_does_not_matter_in_a_public_post_and_nothing_is_said_without_a_picture():
    assert told("Send me a pic", channel="post") == [("intimate.picture", "note")]
    assert told("Send me a pic", attachments=()) == []


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_it_is_told_without_blame_in_every_language(language):
    draft = Draft(channel="message", thread=(Message("them", "send nudes"),), attachments=(PICTURE,))
    one = verdict_json(ENGINE.check(draft), language)["findings"][0]
    assert one["rule"] == "intimate.pressed" and one["title"] and one["advice"] and one["remedies"] == []
