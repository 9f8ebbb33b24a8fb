"""The key: one for an installation, and only its owner can read it."""

from __future__ import annotations

import stat
import threading

import pytest

from backend.documents import key


def test_it_is_drawn_once_and_private(tmp_path):
    assert key.read(tmp_path) is None
    made = key.read_or_make(tmp_path)
    assert len(made) == 32 and key.read(tmp_path) == key.read_or_make(tmp_path) == made
    assert stat.S_IMODE((tmp_path / key.NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [key.NAME]


def test_two_that_begin_at_once_have_the_same(tmp_path):
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(key.read_or_make(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8 and len(set(made)) == 1


def test_a_key_that_is_none_is_never_overwritten(tmp_path):
    (tmp_path / key.NAME).write_bytes(b"short")
    with pytest.raises(OSError):
        key.read_or_make(tmp_path)
    assert (tmp_path / key.NAME).read_bytes() == b"short"
