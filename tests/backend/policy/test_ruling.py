"""What a policy does to what was seen."""

from __future__ import annotations

import pytest

from backend.model import Draft, Level, Line, Part, Policy
from backend.pipeline import Engine
from backend.policy import own

ENGINE = Engine.build()
MARKED = "机密★10年"
PHONE = "Call me on +84 90 123 4567"


def level(policy: Policy, text: str = PHONE, **about: str) -> Level:
    return ENGINE.with_policy(policy).check(Draft(text=text, **about)).level


def levels(*changes: tuple[str, str, str]) -> Policy:
    return Policy(levels=frozenset(changes))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("raise", Level.WARN),
        ("lower", Level.NOTE),
        ("note", Level.NOTE),
        ("warn", Level.WARN),
        ("stop", Level.STOP),
        ("off", Level.CLEAR),
        ("usual", Level.NOTE),
    ],
)
def test_a_category_is_louder_or_quieter_or_silent(change, told):
    assert level(levels(("identifier", "any", change))) == told
    assert level(levels(("identifier", "any", change)), MARKED) == Level.STOP


def test_what_is_not_told_at_all_is_not_raised():
    assert level(Policy(note_at=50, levels=frozenset({("identifier", "any", "stop")}))) == Level.CLEAR


def test_a_channel_has_a_word_of_its_own():
    policy = levels(("identifier", "any", "off"), ("identifier", "ai", "stop"), ("any", "any", "raise"))
    assert level(policy, channel="ai") == Level.STOP
    assert level(policy, channel="post") == Level.CLEAR
    assert level(levels(("any", "mail", "raise")), channel="mail") == Level.WARN
    assert level(levels(("any", "mail", "raise")), channel="post") == Level.NOTE


def test_what_is_switched_off_counts_in_no_score():
    verdict = ENGINE.with_policy(levels(("identifier", "any", "off"))).check(Draft(text=PHONE))
    assert (verdict.score, verdict.findings) == (0, ())


def test_a_quiet_rule_is_a_dot_and_no_more():
    found = ENGINE.check(Draft(text=MARKED)).findings
    quiet = Policy(quiet_rules=frozenset(one.rule for one in found))
    assert level(quiet, MARKED) == Level.NOTE
    both = Policy(quiet_rules=quiet.quiet_rules, levels=frozenset({("marking", "any", "stop")}))
    assert level(both, MARKED) == Level.NOTE


def test_a_site_that_is_off_is_a_gap_and_one_that_is_quiet_a_dot():
    off = ENGINE.with_policy(Policy(sites_off=frozenset({"x.com"}))).check(Draft(text=MARKED, site="m.x.com"))
    assert (off.level, off.findings, [gap.reason for gap in off.gaps]) == (Level.CLEAR, (), ["site_off"])
    assert level(Policy(sites_off=frozenset({"x.com"})), MARKED, site="notx.com") == Level.STOP
    assert level(Policy(sites_quiet=frozenset({"x.com"})), MARKED, site="x.com") == Level.NOTE
    assert level(Policy(sites_quiet=frozenset({"x.com"})), MARKED, site="") == Level.STOP


def test_packs_of_other_languages_are_silent_and_numbers_are_not():
    only_vietnamese = Policy(languages=frozenset({"vi"}))
    assert level(only_vietnamese, MARKED) < Level.STOP
    assert level(only_vietnamese, "TÀI LIỆU TUYỆT MẬT") > Level.NOTE
    assert level(only_vietnamese) == Level.NOTE
    assert level(Policy(languages=frozenset({"zh"})), MARKED) == Level.STOP


def test_what_a_level_does():
    policy = Policy(does=frozenset({("stop", "refuse")}))
    assert [policy.action(one) for one in Level] == ["", "mark", "ask", "refuse"]


@pytest.mark.parametrize(
    "text",
    [
        "Call me on +84 90 123 4567",
        "Call me on +84-90-123-4567.",
        "gọi tôi: 090 123 4567 nhé",
        "我的电话是０９０１２３４５６７，请打",
        "tel 0084901234567",
    ],
)
def test_my_own_number_is_fine_however_it_is_written(text):
    mine = own.add(Policy(), "my phone", "+84 90 123 4567")
    assert level(mine, text) == Level.CLEAR


@pytest.mark.parametrize("text", ["Call me on +84 90 123 4568", "Call +84 90 123 4567 or +84 90 123 4568"])
def test_another_number_is_not(text):
    mine = own.add(Policy(), "my phone", "+84 90 123 4567")
    assert level(Policy(), text) == level(mine, text) == Level.NOTE


def test_my_own_address_is_fine_and_another_is_not():
    mine = own.add(Policy(), "mail", "An.Nguyen@blueheron.com")
    assert level(mine, "Write to an.nguyen@blueheron.com please") == Level.CLEAR
    assert level(Policy(), "Write to an.nguyen@blueheron.com please") == Level.NOTE
    assert level(mine, "Write to dan.nguyen@blueheron.com please") == Level.NOTE
    assert level(mine, "Write to an.nguyen@blueheron.com.vn please") == Level.NOTE


def test_it_is_found_inside_a_longer_line_of_ones_own():
    mine = own.add(Policy(), "office", "Zephyr Ltd, 1 Harbour Road, tel. +44 20 7946 0958")
    text = "Visit ZEPHYR Ltd - 1 Harbour Road - Tel +44 20 7946 0958"
    assert level(Policy(), text) == Level.NOTE
    assert level(mine, text) == Level.CLEAR
    assert level(mine, "Visit us: tel. +44 20 7946 0958") == Level.NOTE


def test_own_data_excuse_no_marking_and_no_password():
    mine = own.add(Policy(), "stamp", "TOP SECRET//SI//NOFORN")
    assert level(mine, "TOP SECRET//SI//NOFORN") == Level.STOP


def test_my_own_number_on_a_picture_is_fine_too():
    mine = own.Own(own.add(Policy(), "my phone", "+84 90 123 4567"))
    text = "Phone 090 123 4567\nPhone 090 123 4568"
    lines = (Line(0, 18, (0, 0, 90, 9)), Line(19, 37, (0, 10, 90, 9)))
    part = Part("id", text, "ocr", lines=lines)
    found = ENGINE.with_policy(Policy()).check(Draft(text=text)).findings[0]
    for line, is_mine in zip(lines, (True, False), strict=True):
        place = type(found.places[0])("id", box=line.box)
        one = type(found)(found.rule, "identifier", 33, (place,))
        assert mine.is_all_of(one, {("id", None): part}) is is_mine


@pytest.mark.parametrize("text", ["", "1234", "....", "a" * 201])
def test_what_would_excuse_by_chance_is_not_taken(text):
    with pytest.raises(own.NotOwn):
        own.add(Policy(), "x", text)


def test_the_same_is_not_taken_twice():
    mine = own.add(Policy(), "x", "+84 90 123 4567")
    with pytest.raises(own.NotOwn):
        own.add(mine, "y", "0901234567")
