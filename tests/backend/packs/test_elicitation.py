"""Chats in which the other side asks, pays, poses or threatens, and chats that only look like it."""

import json
from pathlib import Path

import pytest

from backend.model import THREAD, Draft, Level, Message
from backend.pipeline import Engine

ENGINE = Engine.build()
CHATS = [json.loads(line) for line in Path(__file__).with_name("chats.jsonl").read_text(encoding="utf-8").splitlines()]
"""Invented for this test; in each the person answers with what gives nothing away."""


def told(*thread, answer="ok", channel="message"):
    messages = tuple(one if isinstance(one, Message) else Message("them", one) for one in thread)
    findings = ENGINE.check(Draft(text=answer, channel=channel, thread=messages)).findings
    return {one.rule: one for one in findings if one.rule.startswith("chat.")}


def loudest(chat):
    thread = (Message(one["from"], one["text"]) for one in chat["thread"])
    return max((one.level for one in told(*thread, answer=chat["text"]).values()), default=Level.CLEAR)


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_somebody_who_is_drawn_out_or_threatened_is_told_while_the_answer_is_still_harmless(language):
    levels = {one["id"]: loudest(one) for one in CHATS if one["label"] == "leak" and one["lang"] == language}
    assert len(levels) >= 20
    missed = [id for id, level in levels.items() if level < Level.NOTE]
    assert len(missed) <= 0.15 * len(levels), missed
    assert sum(level >= Level.WARN for level in levels.values()) >= 0.6 * len(levels)


def test_ordinary_chats_are_never_interrupted():
    levels = {one["id"]: loudest(one) for one in CHATS if one["label"] == "fine"}
    assert len(levels) >= 60
    assert [id for id, level in levels.items() if level >= Level.WARN] == []
    assert len([id for id, level in levels.items() if level >= Level.NOTE]) <= 0.05 * len(levels)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("chat.papers", "could you send me the internal phone list of your unit"),
        ("chat.paid", "we pay 300 USD per report about your ministry"),
        ("chat.other-app", "let's continue on Telegram, it's safer there"),
        ("chat.new-number", "It's Karen, new number. Transfer 4,000 to the supplier before noon, urgent"),
        ("chat.code", "please send me the verification code you just got"),
        ("chat.threat", "pay 800 or your pictures go to everybody you know"),
        ("chat.whereabouts", "where is your unit stationed?"),
    ],
)
def test_each_kind_of_approach_is_called_by_its_name_and_quoted_from_the_chat(rule, words):
    finding = told(words)[rule]
    place = finding.places[0]
    assert place.part == THREAD
    assert finding.values["words"].startswith("“" + words[place.start : place.end][:50])
    assert finding.remedies == ()


def test_only_what_the_other_side_said_counts():
    asked = "can you send me the internal phone list?"
    assert "chat.papers" in told(asked)
    assert told(Message("me", asked), "haha no") == {}
    assert told("haha", Message("me", "pay 800 or"), "your pictures go to everybody you know") == {}


def test_offsets_are_those_of_the_whole_thread_as_the_extension_shows_it():
    own, asked = "你好 🙂, who’s this?", "can you send me the internal phone list?"
    place = told(Message("me", own), asked)["chat.papers"].places[0]
    joined = f"{own}\n{asked}".encode("utf-16-le")
    assert joined[2 * place.start : 2 * place.end].decode("utf-16-le") == "internal phone list"


def test_who_refuses_or_has_told_somebody_is_not_interrupted():
    threat = "pay 800 or your pictures go to everybody you know"
    assert told(threat)["chat.threat"].level is Level.WARN
    for answer in ("I have told my wife and the police", "我已经报警了", "tôi báo công an rồi"):
        assert told(threat, answer=answer)["chat.threat"].level is Level.NOTE


@pytest.mark.parametrize("channel", ["post", "ai", "upload", "mail"])
def test_only_conversations_are_looked_at(channel):
    assert told("pay 800 or your pictures go to everybody you know", channel=channel) == {}


def test_the_same_words_in_the_draft_itself_are_no_approach():
    assert told(answer="can you send me the internal phone list?") == {}
