import time
import unicodedata

import pytest

from backend.model import Draft, Level, Message, Term, TermList
from backend.pipeline import Engine
from backend.store.making import make_term


def verdict(text, *terms, level=Level.STOP, enabled=True):
    made = TermList(
        "l1", "Projects", level, enabled, tuple(Term(one) if isinstance(one, str) else one for one in terms)
    )
    return Engine.build([made]).check(Draft(text=text))


def spans(found):
    return [(place.start, place.end) for finding in found.findings for place in finding.places]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("we start project Sunbird on Monday", "Project Sunbird"),
        ("PROJECT SUNBIRD", "project sunbird"),
        ("昨天金乌工程开会了", "金乌工程"),
        ("昨天金烏工程開會了", "金乌工程"),
        ("dự án Sao Mai xong rồi", "Dự án Sao Mai"),
        ("du an sao mai xong roi", "Dự án Sao Mai"),
        (unicodedata.normalize("NFD", "dự án sao mai"), "dự án sao mai"),
        ("ｓｕｎｂｉｒｄ", "sunbird"),
        ("s u n b i r d", "sunbird"),
        ("sun\u200bbird", "sunbird"),
        ("#sunbird!", "sunbird"),
        ("金乌-2", "金乌-2"),
        ("we start Project\n  Sunbird on Monday", "Project Sunbird"),
        ("we start Project\r\nSunbird", "project  sunbird"),
        ("Project \t Sunbird", "Project Sunbird"),
        ("昨天的金乌\n工程开会了", "金乌工程"),
        ("dự án Sao\nMai xong rồi", "Dự án Sao Mai"),
    ],
)
def test_it_finds_a_term_however_it_is_written(text, term):
    found = verdict(text, term)
    assert (found.level, found.findings[0].category) == (Level.STOP, "list")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("sunbirds are small", "sunbird"),
        ("a resunbird", "sunbird"),
        ("rau muống mat lạnh", "mật"),
        ("nothing here", "sunbird"),
        ("tôi mất rồi", "tối mật"),
        ("a sunflower", "sun flower"),
        ("基金 乌云", "金乌"),
    ],
)
def test_it_leaves_other_words_alone(text, term):
    assert verdict(text, term).level is Level.CLEAR


def test_an_exact_term_is_met_by_the_very_characters_only():
    assert verdict("XK-9", Term("XK-9", "exact")).level is Level.STOP
    assert verdict("xk-9", Term("XK-9", "exact")).level is Level.CLEAR


def test_a_term_that_is_broken_over_two_lines_is_shown_whole():
    text = "first\n\nwe start Project\n  Sunbird on Monday"
    assert spans(verdict(text, "Project Sunbird")) == [(text.index("Project"), text.index(" on"))]
    assert spans(verdict(text, Term("Project Sunbird", "exact"))) == [(text.index("Project"), text.index(" on"))]
    assert verdict("our project\n\nSunbird is a name", "Project Sunbird").level is Level.CLEAR


def test_a_term_may_be_met_anywhere():
    assert verdict("thesunbirds", Term("sunbird", "anywhere")).level is Level.STOP


@pytest.mark.parametrize("text", ["project Sunbrid is on", "the Sunbird.", "our SUNBRD", "Sunbirrd!"])
def test_a_near_term_is_met_misspelt(text):
    assert verdict(text, Term("sunbird", "near")).level is Level.STOP


def test_two_letters_may_be_wrong_in_a_long_term():
    assert verdict("operatoin nightfall", Term("operation nightfall", "near")).level is Level.STOP
    assert verdict("operation daylight", Term("operation nightfall", "near")).level is Level.CLEAR


def test_an_expression_of_ones_own_is_met_and_its_place_told():
    found = verdict("😀 the XK-204 arrived", Term(r"xk-\d{3}", "regex"))
    assert (found.level, spans(found)) == (Level.STOP, [(7, 13)])


def test_an_endless_expression_is_a_gap_and_other_terms_are_still_met():
    found = verdict("sunbird " + "a" * 60 + "!", Term("(a|aa)+$", "regex"), "sunbird")
    assert [gap.reason for gap in found.gaps] == ["timeout"]
    assert found.level is Level.STOP


def test_a_term_may_have_a_level_of_its_own():
    assert verdict("sunbird", Term("sunbird", level=Level.NOTE)).level is Level.NOTE


def test_a_list_that_is_off_is_silent():
    assert verdict("sunbird", "sunbird", enabled=False).level is Level.CLEAR


def test_places_count_utf16_code_units():
    assert spans(verdict("😀😀 sunbird", "sunbird")) == [(5, 12)]


def test_the_words_are_told_and_the_list_is_named():
    finding = verdict("Sunbird and SUNBIRD", "sunbird").findings[0]
    assert finding.values["words"] == "“Sunbird”, “SUNBIRD”"
    assert finding.values["list"] == "Projects"


def test_what_others_wrote_in_the_thread_is_not_the_draft():
    engine = Engine.build([TermList("l1", "P", terms=(Term("sunbird"),))])
    draft = Draft(text="ok", channel="message", thread=(Message("them", "how is sunbird?"),))
    assert engine.check(draft).level is Level.CLEAR


def test_thousands_of_slow_expressions_end_in_a_gap_and_not_in_minutes():
    slow = [Term(rf"(?:\w+\s+){{1,20}}[#%]|[#%]{number}", "regex") for number in range(1000)]
    began = time.monotonic()
    found = verdict("one word and another " * 500, *slow)
    assert [gap.reason for gap in found.gaps] == ["timeout"]
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("text", ["(?:(?:x{9999}){9999}){9999}", "a{10000000}", "(?x) (?:(?: b { 9 9 9 9 }){9999})"])
def test_an_expression_that_would_fill_the_memory_is_none(text):
    assert make_term(text, "regex") is None


def test_a_text_full_of_what_may_be_misspelt_terms_is_a_gap():
    terms = [Term(f"thunderbird{number}", "near") for number in range(300)]
    found = verdict("thunderbrid1 " * 100, *terms)
    assert [gap.reason for gap in found.gaps] == ["overfull"] and found.level is Level.STOP
