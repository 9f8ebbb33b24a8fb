"""Fingerprints: the published hash, the winnowing guarantee, and nothing without the key."""

from __future__ import annotations

import random

import numpy as np
import pytest

from backend.documents.grams import EVERY, GRAM, WINDOW, Fingerprinter, Grams, siphash
from backend.documents.units import units

MAKER = Fingerprinter(b"k" * 32)


def letters(count: int, seed: int = 1) -> str:
    return "".join(random.Random(seed).choices("abcdefghklmnoprstuwxy", k=count))


def test_the_hash_is_siphash_2_4():
    # The authors' own vector: key 00 01 .. 0f, message 00 01 .. 07.
    key = np.frombuffer(bytes(range(16)), "<u8")
    message = np.frombuffer(bytes(range(8)), "<u8").copy()
    assert int(siphash(message, (key[0], key[1]))[0]) == 0x93F5F5799A932462


@pytest.mark.parametrize("seed", range(20))
def test_what_is_shared_long_enough_shares_a_fingerprint(seed):
    shared = letters(GRAM + WINDOW - 1, seed)
    one = MAKER.of(units(letters(200, seed + 100) + shared + letters(90, seed + 200))[0], WINDOW)
    other = MAKER.of(units(letters(77, seed + 300) + shared + letters(300, seed + 400))[0], WINDOW)
    assert set(one.keys.tolist()) & set(other.keys.tolist())


def test_a_smaller_window_keeps_all_that_a_larger_one_does():
    row = units(letters(3000))[0]
    kept = [set(MAKER.of(row, window).places.tolist()) for window in (WINDOW, WINDOW // 2, EVERY)]
    assert kept[0] < kept[1] < kept[2]


def test_another_key_shares_nothing():
    row = units(letters(3000))[0]
    other = Fingerprinter(b"l" * 32)
    assert not set(MAKER.of(row, EVERY).keys.tolist()) & set(other.of(row, EVERY).keys.tolist())
    assert MAKER.id != other.id


def test_a_text_that_repeats_itself_is_kept_a_few_times():
    row = units(letters(60) * 100)[0]
    found = MAKER.of_document(row)
    assert max(np.unique(found.keys, return_counts=True)[1]) == 4


def test_they_are_packed_and_unpacked():
    found = MAKER.of_document(units(letters(900))[0])
    back = Grams.unpacked(found.packed())
    assert (back.keys == found.keys).all() and (back.places == found.places).all()
    assert len(found.packed()) == 10 * len(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hello, world 10", "HE-LLO\nw0r|d io"),
        ("Tối mật", "Toi mat".lower()),
        ("機密文件", "机密 文件"),
        ("срок", "cpoK".lower()),
    ],
)
def test_spacing_case_tones_and_look_alikes_make_no_difference(one, other):
    from backend.text.normalise import normalise

    assert units(normalise(one).plain)[0].tolist() == units(normalise(other).plain)[0].tolist()


def test_a_unit_knows_where_it_came_from():
    row, places = units("a, 机b")
    assert len(row) == 4 and places.tolist() == [0, 3, 3, 4]


def test_pictures_do_not_count_and_rare_ideographs_do():
    assert len(units("😀🎉")[0]) == 0
    assert len(units("𠮷")[0]) == 2


@pytest.mark.parametrize("text", ["哈" * 60, "[泪]" * 40, "@user " * 50, "OOOOO" * 20, "ab" * 80, "《拳头》" * 30])
def test_what_only_repeats_itself_has_no_fingerprints(text):
    assert len(MAKER.of(units(text.lower())[0], EVERY)) == 0
