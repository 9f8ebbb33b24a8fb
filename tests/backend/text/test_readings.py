from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.text.normalise import normalise
from backend.text.readings import join, joined, loose


@pytest.mark.parametrize(
    ("text", "read"),
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
def test_a_break_of_a_line_counts_as_a_space_or_within_cjk_as_nothing(text, read):
    assert joined(normalise(text)).folded == read == join(text).lower()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("#ProjectSunbird", "#project sunbird"),
        ("project_sunbird-v2.docx", "project sunbird v2 docx"),
        ("Project “Sunbird” and *Kestrel*", "project sunbird and kestrel"),
        ("Project Sun-\n bird", "project sunbird"),
        ("Project-\nSunbird", "project sunbird"),
        ("「青鹭」计划", "青鹭计划"),
        ("青鹭 · 计划\n一号", "青鹭计划一号"),
        ("two\nlines_of words", "two lines of words"),
    ],
)
def test_what_is_written_together_or_otherwise_apart_is_read_as_words(text, read):
    assert loose(normalise(text)).folded == read


def test_a_text_of_plain_words_is_read_once():
    view = normalise("one two three, and four.")
    assert joined(view) is None and loose(view) is None


@given(st.text(alphabet="abA \n\t\r_-.*“·é青鹭ｱ\u0301\u200b", max_size=40))
def test_every_character_leads_back_to_its_own(text):
    view = normalise(text)
    for reading in (joined(view), loose(view)):
        if reading is None:
            continue
        assert len(reading.folded) == len(reading.plain)
        for at, character in enumerate(reading.folded):
            start, end = reading.back(at, at + 1)
            if not character.isspace():
                assert view.folded[start:end] == character
