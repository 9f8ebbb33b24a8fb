from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.text.lines import Joined, join
from backend.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("one\ntwo", "one two"),
        ("one \r\n  two", "one two"),
        ("one  two\tthree", "one two three"),
        ("one\n\ntwo", "one  two"),  # an empty line is no wrap
        ("我们的青鹭\n计划", "我们的青鹭计划"),
        ("青鹭  计划", "青鹭 计划"),
        ("Plan\n青鹭", "plan 青鹭"),
    ],
)
def test_a_break_of_a_line_counts_as_a_space_or_within_cjk_as_nothing(text, joined):
    assert Joined.of(normalise(text)).folded == joined == join(text).lower()


def test_a_text_without_breaks_is_read_once():
    assert Joined.of(normalise("one two three")) is None


@given(st.text(alphabet="ab \n\t\ré青鹭ｱ\u0301\u200b", max_size=40))
def test_every_character_leads_back_to_its_own(text):
    view = normalise(text)
    joined = Joined.of(view)
    if joined is None:
        return
    assert len(joined.folded) == len(joined.plain)
    for at, character in enumerate(joined.folded):
        start, end = joined.back(at, at + 1)
        if not character.isspace():
            assert view.folded[start:end] == character
            assert joined.forth(start, end) == (at, at + 1)
