"""Sorted fingerprints: found in memory and in a file, merged, and forgotten."""

from __future__ import annotations

import stat

import numpy as np
import pytest

from backend.documents.grams import Grams
from backend.documents.segment import EMPTY, Segment, open_file, write_file


def grams(count: int, seed: int) -> Grams:
    rng = np.random.default_rng(seed)
    return Grams(rng.integers(0, 1 << 48, count, dtype=np.uint64), np.arange(count, dtype=np.uint32) * 7)


ONE, TWO = grams(3000, 1), grams(2000, 2)


def held(segment: Segment, wanted: Grams) -> list[int]:
    low, high = segment.find(wanted.keys)
    return [segment.places[at] for at in low[high > low]]


def test_every_fingerprint_is_found_with_its_place():
    segment = Segment.of([("one", 1, 21_000, ONE), ("two", 1, 14_000, TWO)])
    assert held(segment, ONE) == ONE.places.tolist()
    assert held(segment, TWO) == (TWO.places + 21_000).tolist()
    assert held(segment, grams(3000, 3)) == []
    assert held(EMPTY, ONE) == []


def test_fingerprints_that_repeat_are_all_found():
    keys = np.array([5, 9, 5, 9, 9, (1 << 48) - 1], np.uint64)
    segment = Segment.of([("one", 1, 60, Grams(keys, np.arange(6, dtype=np.uint32)))])
    low, high = segment.find(np.array([5, 9, 6, (1 << 48) - 1], np.uint64))
    assert (high - low).tolist() == [2, 3, 0, 1]


def test_a_file_holds_what_is_alive_of_both(tmp_path):
    path = tmp_path / "documents.index"
    base = Segment.of([("one", 1, 21_000, ONE), ("old", 1, 500, grams(70, 4))])
    tail = Segment.of([("two", 3, 14_000, TWO)])
    write_file(path, base, tail, {("one", 1), ("two", 3)})
    found = open_file(path)
    assert [(one.id, one.revision, one.start) for one in found.volumes] == [("one", 1, 0), ("two", 3, 21_000)]
    assert len(found) == 5000 and held(found, grams(70, 4)) == []
    assert held(found, ONE) == ONE.places.tolist()
    assert held(found, TWO) == (TWO.places + 21_000).tolist()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["documents.index"]


def test_a_file_is_merged_with_itself_again_and_again(tmp_path):
    segment = EMPTY
    for number in range(5):
        path = tmp_path / f"{number}.index"
        fresh = Segment.of([(str(number), 1, 700, grams(100, number))])
        write_file(path, segment, fresh, {(str(known), 1) for known in range(number + 1)})
        segment = open_file(path)
    assert len(segment) == 500
    for number in range(5):
        wanted = grams(100, number)
        assert held(segment, wanted) == (wanted.places + 700 * number).tolist()


@pytest.mark.parametrize("content", [b"", b"x", b"SLDOCS01" + b"\xff" * 8, b"something else entirely, and longer"])
def test_what_is_no_such_file_is_refused(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(ValueError):
        open_file(tmp_path / "x")


def test_a_file_that_was_cut_short_is_refused(tmp_path):
    path = tmp_path / "x"
    write_file(path, EMPTY, Segment.of([("one", 1, 21_000, ONE)]), {("one", 1)})
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError):
        open_file(path)
