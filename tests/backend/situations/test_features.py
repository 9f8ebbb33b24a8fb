import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.situations.features import BITS, LONGEST_TEXT, _codes, _tokens, extract


def tokens(text):
    starts, ends = _tokens(_codes(text))
    return [f" {text} "[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("my husband's unit", ["my", "husband's", "unit"]),
        ("我去0500!", ["我", "去", "0500", "!"]),
        ("đại úy đi", ["đại", "úy", "đi"]),
        ("a😀b", ["a", "😀", "b"]),
    ],
)
def test_words_are_told_apart_in_every_script(text, expected):
    assert tokens(text) == expected


def test_digits_are_equal_and_blanks_are_plain():
    one, other = extract("at 17:45\non 3.2.", "", "post"), extract("at 08:10 on 9.7.", "", "post")
    assert set(one.buckets) == set(other.buckets)


@given(st.text(max_size=200), st.text(max_size=60))
def test_every_draft_has_features_that_fit_the_model(text, thread):
    found = extract(text, thread, "message", ("one", "two"))
    assert found.buckets.max() < 1 << BITS
    assert len(found.buckets) == len(found.values)
    assert np.isfinite(found.values).all()
    for grams in found.grams:
        assert ((grams.ends > grams.starts) & (grams.ends <= len(text) + 1)).all()


def test_the_same_words_elsewhere_are_the_same_feature():
    one, other = extract("sails tuesday", "", "post"), extract("he sails tuesday", "", "post")
    shared = set(one.grams[1].buckets) & set(other.grams[1].buckets)
    assert len(shared) == 3


def test_what_was_said_before_is_not_what_the_draft_says():
    alone, before = extract("ok", "", "message"), extract("ok", "which unit are you in", "message")
    said = extract("which unit are you in", "", "message")
    assert len(set(before.buckets) - set(alone.buckets)) > 10
    assert len(set(before.buckets) & set(said.grams[1].buckets)) == 0


def test_only_a_window_of_a_long_draft_is_looked_at():
    longer = extract("a b " * LONGEST_TEXT, "", "post")
    assert longer.grams[0].ends.max() <= LONGEST_TEXT + 1
