"""What is a quotation and what is chance."""

from __future__ import annotations

import random

from backend.documents.runs import GRAM, Match, quoted


def copied(here: int, there: int, count: int, step: int = 8) -> list[Match]:
    return [(here + at * step, there + at * step) for at in range(count)]


def test_fingerprints_in_order_are_a_quotation():
    (run,) = quoted(copied(100, 5000, 8))
    assert (run.start, run.end, run.count) == (100, 156 + GRAM, 8)


def test_a_phrase_is_none():
    assert quoted(copied(100, 5000, 3)) == []


def test_single_hits_all_over_a_document_are_none():
    rng = random.Random(1)
    scattered = sorted((rng.randrange(5000), rng.randrange(100_000)) for _ in range(200))
    assert quoted(scattered) == []


def test_phrases_far_from_one_another_are_none():
    assert quoted([match for at in range(12) for match in copied(at * 500, at * 9000, 3)]) == []


def test_words_put_in_and_left_out_do_not_end_a_run():
    (run,) = quoted([*copied(100, 5000, 4), *copied(150, 5040, 4), *copied(200, 5080, 4)])
    assert run.count == 12


def test_sentences_in_another_order_are_one_region():
    found = quoted(sorted([*copied(100, 5200, 3), *copied(160, 5000, 3), *copied(220, 5100, 3)]))
    assert len(found) == 3


def test_few_fingerprints_far_apart_vouch_for_little():
    assert quoted(copied(100, 5000, 4, step=60)) != [] and quoted(copied(100, 5000, 3, step=60)) == []
