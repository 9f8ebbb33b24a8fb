import pytest

from backend.case import CaseText
from backend.model import Line, Part
from backend.rules.loader import read_rule
from backend.rules.matcher import Matcher, similar
from backend.text.normalise import normalise
from tests.backend.rules.test_loader import rule


def scores(text, channel="post", part=None, **changes):
    made = read_rule(rule(**changes))
    view = normalise(text)
    part = part or Part("text", text)
    at = view.folded.find("sunbird")
    anchors = [(at, at + 7)] if at >= 0 else []
    return [match.score for match in Matcher(made, CaseText(part, view, {}), channel).matches(anchors)]


def test_the_best_pattern_of_a_place_wins():
    patterns = [{"match": "SUNBIRD", "confidence": 0.5}, {"match": "SUNBIRD", "confidence": 1.0}]
    assert scores("SUNBIRD", patterns=patterns) == [90]


def test_a_named_group_is_the_place():
    assert scores("code SUNBIRD", patterns=[{"match": "code (?P<v>SUNBIRD)"}]) == [90]


def test_what_is_near_adds_to_the_score():
    near = [{"words": ["nest"], "within": 10, "add": -40}]
    assert scores("SUNBIRD nest", near=near) == [50]
    assert scores("SUNBIRD and far away a nest", near=near) == [90]


def test_what_is_required_must_be_there():
    near = [{"words": ["nest"], "required": True}]
    assert scores("SUNBIRD", near=near) == []
    assert scores("SUNBIRD " + "x " * 200 + "nest", near=near) == [90]


def test_near_words_are_whole_words():
    near = [{"words": ["nest"], "required": True}]
    assert scores("SUNBIRD nestled", near=near) == []


def test_what_makes_it_harmless_drops_it():
    assert scores("SUNBIRD feeder", unless=[{"words": ["feeder"], "within": 20}]) == []


def test_a_validator_must_agree():
    changes = {"validator": "luhn", "patterns": [{"match": r"SUNBIRD (?P<v>\d+)"}]}
    assert scores("SUNBIRD 4111111111111111", **changes) == [90]
    assert scores("SUNBIRD 4111111111111112", **changes) == []


def test_the_channel_weighs_in_and_scores_stay_within_100():
    assert scores("SUNBIRD", channel="ai", channels={"ai": 30}) == [100]
    assert scores("SUNBIRD", channel="post", channels={"ai": 30}) == [90]


def test_patterns_look_only_around_anchors():
    patterns = [{"match": "MARK"}]
    assert scores("sunbird" + " " * 300 + "MARK", patterns=patterns) == []
    assert scores("sunbird MARK", patterns=patterns) == [90]


def test_a_place_on_the_page_weighs_in():
    lines = (Line(0, 7, (10, 20, 300, 40), red=0.9), Line(8, 12, (10, 900, 300, 40)))
    part = Part("a", "SUNBIRD\ntext", origin="ocr", size=(1000, 1400), lines=lines)
    assert scores(part.text, part=part, score=50, where={"top": 10, "red": 20, "bottom": 7}) == [80]


def test_a_misread_marking_alone_on_its_line_is_found_on_a_page():
    page = Part("a", "SUNB1RD\nmore text", origin="ocr")
    assert scores(page.text, part=page, fuzzy=["sunbird"]) == [87]
    typed = Part("text", page.text)
    assert scores(page.text, part=typed, fuzzy=["sunbird"]) == []


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("top secret", "top secret", True),
        ("t0p secret", "top secret", True),
        ("top secre", "top secret", True),
        ("t0p s3cret", "top secret", False),
        ("strengg3heim", "strenggeheim", True),
        ("mat", "mật", False),
    ],
)
def test_one_misread_letter_is_borne_and_two_from_twelve_on(text, word, expected):
    assert similar(text, word) is expected


def test_overlapping_forms_are_told_once_by_the_tightest_span():
    made = read_rule(rule(patterns=[{"match": r"SUNBIRD\s+"}, {"match": r"SUNBIRD see you"}]))
    text = CaseText(Part("text", "a SUNBIRD see you"), normalise("a SUNBIRD see you"), {})
    assert [(one.start, one.end) for one in Matcher(made, text, "post").matches([(2, 9)])] == [(2, 9)]


def test_evidence_raises_no_higher_than_the_most_and_what_is_answered_counts_after_it():
    near = [{"words": ["nest"], "add": 30}, {"words": ["never"], "answer": True, "add": -40}]
    made = read_rule(rule(near=near, score=70, most=84))
    text = CaseText(Part("text", "SUNBIRD nest, never"), normalise("SUNBIRD nest, never"), {})
    said = [normalise(words) for words in ("ok", "I never do")]
    answered = [Matcher(made, text, "message", answer) for answer in (None, *said)]
    assert [next(one.matches([(0, 7)])).score for one in answered] == [84, 84, 44]
