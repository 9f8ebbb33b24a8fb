import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.text import index
from backend.text.index import LiteralIndex


def test_it_reports_literals_inside_one_another_and_repeated_ones():
    hits, overfull = LiteralIndex(["top secret", "secret", "secret"]).find("a top secret")
    assert set(hits) == {(0, 2, 12), (1, 6, 12), (2, 6, 12)}
    assert not overfull


def test_it_never_finds_an_empty_literal():
    assert LiteralIndex(["", "a"]).find("ba") == ([(1, 1, 2)], False)
    assert LiteralIndex([]).find("anything") == ([], False)


def test_offsets_count_characters_not_bytes():
    assert LiteralIndex(["机密"]).find("😀 机密") == ([(0, 2, 4)], False)


def test_it_says_when_there_were_too_many_hits(monkeypatch):
    monkeypatch.setattr(index, "MOST_HITS", 10)
    hits, overfull = LiteralIndex(["a"]).find("a" * 11)
    assert (len(hits), overfull) == (10, True)


@given(st.lists(st.text("abc密", min_size=1, max_size=3), max_size=6), st.text("abc密", max_size=30))
def test_it_finds_exactly_what_a_plain_search_finds(literals, text):
    whole, _ = LiteralIndex(literals).find(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "BLOCK", 4)
        hits, _ = LiteralIndex(literals).find(text)
    assert sorted(hits) == sorted(whole) and [hit[2] for hit in hits] == sorted(hit[2] for hit in hits)
    expected = {
        (number, at, at + len(literal))
        for number, literal in enumerate(literals)
        for at in range(len(text))
        if text.startswith(literal, at)
    }
    assert set(hits) == expected


def test_literals_in_literals_without_end_take_no_more_than_a_few_blocks_of_memory():
    hits, overfull = LiteralIndex(["a" * length for length in range(1, 100)]).find("a" * 1_000_000)
    assert (len(hits), overfull) == (index.MOST_HITS, True)
