import pytest
import regex

from backend.rules.loader import load_packs
from backend.rules.needs import merged, needs
from backend.text.normalise import normalise, simplify

PACKS = load_packs()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"TOP[ -]SECRET", {"SECRET"}),
        (r"(?:SECRET|CONFIDENTIAL)\W", {"SECRET", "CONFIDENTIAL"}),
        (r"(?i)Geheim", {"geheim"}),
        (r"(?:绝|机)\s?密", {"密"}),
        (r"x?(?:ab)?\d", set()),
        (r"\p{Lu}SECRET", set()),
    ],
)
def test_it_tells_words_of_which_every_match_holds_one(source, words):
    assert needs(source).words == words


@pytest.mark.parametrize(("source", "digits"), [(r"\d{3}-?[0-9]{4}", 7), (r"(?:\d{9}|[1-9]\d{4})", 5), (r"\d{2,}", 0)])
def test_it_tells_how_many_digits_every_match_holds(source, digits):
    assert needs(source).digits == digits


def test_a_match_at_the_very_edge_of_a_window_is_searched():
    needed = needs(r"(?<!\w)A{3}MARK")
    assert needed.stretches("AAAMARK", [(0, 7)], None) == [(0, 7)]
    assert needed.stretches("AAAMARK", [(0, 6)], None) == []


def test_letters_that_ignoring_case_makes_equal_are_found():
    text = normalise("gızli")
    needed = needs("(?i)GIZLI")
    assert regex.search("(?i)GIZLI", text.clean)
    assert needed.stretches(text.caseless, [(0, 5)], None)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_no_match_of_any_rule_is_lost(pack):
    samples = [normalise("\n".join(("..", sample.text, ".."))) for rule in pack.rules for sample in rule.hits]
    compared = 0
    for rule in pack.rules:
        for pattern, needed in zip(rule.patterns, rule.needs, strict=True):
            if not needed.words and not needed.digits:
                continue
            expression = regex.compile(simplify(pattern.expression.source))
            for view in samples:
                text = view.view(pattern.expression.view)
                full = [(0, len(text))]
                searched = text if needed.exact else view.caseless
                if needed.digits:
                    stretches = needed.near_digits(view.digits, full)
                else:
                    stretches = needed.stretches(searched, full, None)
                found = [match.span() for low, high in stretches for match in expression.finditer(text, low, high)]
                expected = [match.span() for match in expression.finditer(text)]
                assert found == expected, pattern.expression.source
                compared += len(expected)
    assert compared


def test_spans_that_meet_become_one():
    assert merged([(5, 9), (0, 3), (3, 4)]) == [(0, 4), (5, 9)]
