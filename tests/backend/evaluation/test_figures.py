from backend.evaluation.score import Outcome, by_rule, tallies, worst
from backend.model import Level


def outcome(ref, level, *, leak=None, expected=None, rules=(), gaps=0):
    return Outcome(ref, leak, expected, level, 10 * level, 1.0, rules, {"lang": "en"}, gaps)


SECRET = ("en.secret", "marking", Level.STOP)
FOUND = [
    outcome("found", Level.STOP, leak=True, rules=(SECRET, ("us.banner", "marking", Level.WARN))),
    outcome("missed", Level.CLEAR, leak=True),
    outcome("false", Level.WARN, leak=False, rules=(SECRET,)),
    outcome("quiet", Level.NOTE, leak=False, gaps=2),
    outcome("too low", Level.NOTE, expected=Level.STOP),
    outcome("too high", Level.STOP, expected=Level.CLEAR),
    outcome("as expected", Level.WARN, expected=Level.WARN),
]


def test_recall_precision_and_false_alarms_at_each_level_are_told():
    figures = tallies(FOUND)["all"]["all"].figures()
    assert (figures["recall"], figures["precision"]) == (50.0, 50.0)
    assert [figures[f"{level}_per_1000"] for level in ("note", "warn", "stop")] == [1000.0, 500.0, 0.0]
    assert (figures["level_met"], figures["gaps"]) == (33.33, 1)


def test_a_category_counts_a_draft_once_however_many_of_its_rules_spoke():
    rules = by_rule(FOUND)
    assert (rules["category marking"]["leaks"], rules["category marking"]["fine"]) == (1, 1)
    assert rules["en.secret"]["precision"] == 50.0
    assert rules["en.secret"]["fine_per_1000"] == 500.0


def test_the_worst_also_tell_where_an_expected_level_was_not_met():
    told = worst(FOUND)
    assert {one["ref"] for one in told["misses"]} == {"missed", "too low"}
    assert {one["ref"] for one in told["false_alarms"]} == {"false", "too high"}
