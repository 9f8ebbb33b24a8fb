import pytest

from backend.model import Attachment, Draft, Gap, Level, Line, Part, Policy, Reading, Signal, Term, TermList
from backend.pipeline import Engine

ENGINE = Engine.build()


def page(text, **line):
    lines, at = [], 0
    for number, words in enumerate(text.split("\n")):
        lines.append(Line(at, at + len(words), (50, 60 + 80 * number, 900, 50), **line))
        at += len(words) + 1
    return Part("p1", text, origin="ocr", page=1, size=(1000, 1400), lines=tuple(lines))


def test_an_empty_draft_is_clear():
    verdict = ENGINE.check(Draft())
    assert (verdict.level, verdict.score, verdict.findings, verdict.gaps) == (Level.CLEAR, 0, (), ())


def test_a_marked_text_is_stopped_and_its_place_told():
    verdict = ENGINE.check(Draft(text="今天收到 机密★10年 的文件"))
    assert verdict.level is Level.STOP
    assert [(place.part, place.start, place.end) for place in verdict.findings[0].places] == [("text", 5, 11)]


def test_a_marking_on_a_page_is_stopped_and_its_box_told():
    reading = Reading(parts=(page("机密★10年\n关于某事的报告", red=0.8),))
    verdict = ENGINE.check(Draft(attachments=(Attachment("p1", reading=reading),)))
    assert verdict.level is Level.STOP
    place = verdict.findings[0].places[0]
    assert (place.part, place.page, place.box) == ("p1", 1, (50, 60, 900, 50))
    assert "cover_boxes" in verdict.findings[0].remedies


def test_a_marking_that_would_only_be_asked_about_is_stopped_on_a_photographed_document():
    marked = page("STRICTLY CONFIDENTIAL\nBoard paper on the north site\nfor the members of the board")
    seen = Signal("document", 0.95, "p1", 1, details={"kind": "page"})
    levels = {}
    for name, signals in (("words", ()), ("photo", (seen,))):
        reading = Reading(parts=(marked,), signals=signals)
        levels[name] = ENGINE.check(Draft(attachments=(Attachment("p1", reading=reading),))).level
    assert levels == {"words": Level.WARN, "photo": Level.STOP}


def test_a_gap_is_kept_and_never_lost_in_a_clear_verdict():
    reading = Reading(gaps=(Gap("p1", "encrypted"),))
    verdict = ENGINE.check(Draft(attachments=(Attachment("p1", reading=reading),)))
    assert verdict.gaps == (Gap("p1", "encrypted"),)


def test_other_lists_make_another_engine_and_leave_the_first_as_it_was():
    other = ENGINE.with_lists([TermList("l", "L", terms=(Term("sunbird"),))])
    assert other.check(Draft(text="sunbird")).level is Level.STOP
    assert ENGINE.check(Draft(text="sunbird")).level is Level.CLEAR


def test_a_policy_moves_the_thresholds():
    strict = ENGINE.with_policy(Policy(note_at=1, warn_at=2, stop_at=100))
    verdict = strict.check(Draft(text="机密★10年"))
    assert verdict.level is Level.WARN


def test_a_rule_that_is_switched_off_is_silent():
    rules = {one.rule for one in ENGINE.check(Draft(text="机密★10年")).findings}
    quiet = ENGINE.with_policy(Policy(disabled_rules=frozenset(rules)))
    assert quiet.check(Draft(text="机密★10年")).findings == ()


@pytest.mark.parametrize("text", ["T O P   S E C R E T // N O F O R N", "机 密 ★ 10 年"])
def test_spaced_out_letters_hide_nothing(text):
    assert ENGINE.check(Draft(text=text)).level >= Level.WARN


def test_what_a_louder_finding_says_of_the_same_place_is_not_said_twice():
    verdict = ENGINE.check(Draft(text="TOP SECRET//SI//NOFORN"))
    spans = [(place.start, place.end) for one in verdict.findings for place in one.places if one.category == "marking"]
    assert len(spans) == len(set(spans))


def test_a_flood_of_terms_is_told_as_a_gap_not_lost():
    engine = Engine.build([TermList("l", "L", terms=tuple(Term("a" * n, "anywhere") for n in range(1, 40)))])
    verdict = engine.check(Draft(text="a" * 3000))
    assert verdict.level is Level.STOP
    assert [gap.reason for gap in verdict.gaps] == ["overfull"]
