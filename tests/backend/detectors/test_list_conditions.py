"""Terms that count only here, only now, and not there."""

import pytest

from backend.model import Details, Draft, Level, Term, TermList
from backend.pipeline import Engine

ENGINE = Engine.build()


def check(text, *terms, site="x.com", channel="post", language="", **of_list):
    made = TermList("l1", "Projects", terms=terms, **of_list)
    return ENGINE.with_lists([made]).check(Draft(text=text, site=site, channel=channel, language=language))


def level(*args, **more):
    return check(*args, **more).level


def falcon(**details):
    return Term("Falcon", details=Details(**details))


@pytest.mark.parametrize(
    ("text", "language", "met"),
    [
        ("Falcon starts on Monday", "", True),
        ("Falcon starts on Monday", "en", True),
        ("Falcon starts on Monday", "vi", False),
        ("猎鹰 Falcon 下周一开始", "zh", False),
        ("Falcon bắt đầu vào thứ hai nhé mọi người", "", False),
    ],
)
def test_a_term_counts_only_in_its_languages(text, language, met):
    assert (level(text, falcon(languages=("en",)), language=language) is Level.STOP) is met


@pytest.mark.parametrize(
    ("site", "met"),
    [("x.com", True), ("m.x.com", True), ("https://X.com/home", True), ("netflix.com", False), ("", False)],
)
def test_a_term_counts_only_on_its_sites_and_below_them(site, met):
    assert (level("Falcon", falcon(sites=("x.com",)), site=site) is Level.STOP) is met


def test_a_term_counts_only_in_its_channels():
    assert level("Falcon", falcon(channels=("ai",)), channel="ai") is Level.STOP
    assert level("Falcon", falcon(channels=("ai",)), channel="post") is Level.CLEAR


def test_what_a_term_does_not_say_its_list_says():
    only_ai = Details(channels=("ai",))
    assert level("Falcon", Term("Falcon"), defaults=only_ai) is Level.CLEAR
    assert level("Falcon", falcon(channels=("post",)), defaults=only_ai) is Level.STOP


@pytest.mark.parametrize(
    ("text", "exception", "met"),
    [
        ("we watched Millennium Falcon", "Millennium Falcon", False),
        ("millennium falcon models", "Millennium Falcon", False),
        ("Falcon launches; we watched Millennium Falcon", "Millennium Falcon", True),
        ("Falcon, the ship of Star Wars", "Star Wars", False),
        ("Falcon launches. " + "and so on " * 20 + "Star Wars", "Star Wars", True),
        ("Falcon was in starry warsaw", "star", True),
    ],
)
def test_an_exception_excuses_what_stands_in_or_near_it(text, exception, met):
    assert (level(text, falcon(exceptions=(exception,))) is Level.STOP) is met


def test_a_chinese_exception_needs_no_spaces():
    term = Term("风筝", details=Details(exceptions=("风筝节",)))
    assert level("我们去风筝节", term) is Level.CLEAR
    assert level("我们的风筝下周开始", term) is Level.STOP


def test_a_score_takes_the_place_of_a_level():
    found = check("Falcon", falcon(score=70))
    assert (found.level, found.score) == (Level.WARN, 70)


def test_the_note_and_the_category_are_told():
    found = check("Falcon", falcon(note="Ask Kim first.", category="launch"))
    told = ENGINE.catalogue.finding(found.findings[0], "en")["reason"]
    assert told == "“Falcon” is on the list “Projects” of things that stay inside (launch). Ask Kim first."


def test_a_list_in_observe_mode_is_counted_and_changes_nothing():
    found = check("Falcon", falcon(), observe=True)
    assert (found.level, found.score, found.findings) == (Level.CLEAR, 0, ())
    assert [(one.rule, one.level) for one in found.observed] == [("list.l1", Level.STOP)]


def test_of_two_lists_with_the_same_words_the_first_speaks():
    lists = [TermList(name, name, terms=(Term("Falcon"),), position=place) for name, place in (("b", 2), ("a", 1))]
    assert [one.rule for one in ENGINE.with_lists(lists).check(Draft(text="Falcon")).findings] == ["list.a"]


NAMES = ("{} Trading Company Ltd", "Customer number {} of ours", "{}", "金乌工程第{}号有限公司")


@pytest.mark.parametrize("name", NAMES)
def test_each_term_of_a_long_list_is_met_and_nothing_else(name):
    many = TermList("l1", "P", terms=tuple(Term(name.format(f"n{n:04}")) for n in range(2500)))
    engine = ENGINE.with_lists([many])
    for n in range(0, 2500, 97):
        text = name.format(f"n{n:04}")
        (finding,) = engine.check(Draft(text=f"so {text}, {text}")).findings
        assert [(one.start, one.end) for one in finding.places] == [
            (3, 3 + len(text)),
            (5 + len(text), 5 + 2 * len(text)),
        ]
    assert engine.check(Draft(text="so " + name.format("n2500"))).level is Level.CLEAR


def test_terms_of_a_long_list_that_begin_alike_are_told_apart():
    many = TermList("l1", "P", terms=tuple(Term(f"Customer number {n}") for n in range(3000)))
    engine = ENGINE.with_lists([many])
    assert engine.check(Draft(text="about customer number 2999!")).level is Level.STOP
    assert engine.check(Draft(text="about customer number 3000")).level is Level.CLEAR
    (finding,) = engine.check(Draft(text="customer number 29 and customer number 2")).findings
    assert [(one.start, one.end) for one in finding.places] == [(0, 18), (23, 40)]
