import pytest

from backend import wording
from backend.model import LANGUAGES, Draft, Gap, Term, TermList
from backend.pipeline import Engine

ENGINE = Engine.build([TermList("l1", "项目", terms=(Term("sunbird"),))])


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("zh-TW", "zh"),
        ("fr, de;q=0.9", "en"),
        ("en;q=0.1, zh;q=0.9", "zh"),
        ("zh;q=lots", "en"),
        ("zh;q=0, vi;q=0.5", "vi"),
    ],
)
def test_it_picks_the_language_a_person_asked_for(header, language):
    assert wording.pick(header) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_is_told_in_every_language(language):
    told = ENGINE.catalogue.verdict(ENGINE.check(Draft(text="sunbird 机密★10年")), language)
    assert {finding["category"] for finding in told["findings"]} == {"list", "marking"}
    for finding in told["findings"]:
        assert "{" not in finding["title"] + finding["reason"] + finding["advice"]


def test_a_reason_quotes_the_words_seen_shortened():
    assert wording.quoted(["a  b\nc", "x" * 80]) == "“a b c”, “" + "x" * 59 + "…”"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gap_has_a_message_in_every_language(language):
    for reason in wording._gap_texts():
        assert wording.gap_json(Gap("text", reason), language)["message"]


def test_every_rule_has_wording_in_every_language():
    for rule in (*ENGINE.catalogue._texts,):
        texts = ENGINE.catalogue.texts(rule)
        assert all(texts[key][language] for key in ("title", "reason", "advice") for language in LANGUAGES)
