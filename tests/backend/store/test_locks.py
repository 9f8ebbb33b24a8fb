from __future__ import annotations

import os
import stat
import sys

import pytest

from backend.store.locks import alone, locked

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server has one process there")


def test_one_of_two_goes_first_and_the_other_after_it(store):
    with alone(store, "a look") as first, alone(store, "a look") as second, alone(store, "another") as other:
        assert (first, second, other) == (True, False, True)
    with alone(store, "a look") as again:
        assert again


def test_what_is_held_is_a_file_that_nobody_else_may_open(store, config, tmp_path):
    before = os.umask(0)
    try:
        with alone(store, "a look"), locked(tmp_path / "copy.lock", waits=True):
            held = [*config.data.glob("*.lock"), tmp_path / "copy.lock"]
    finally:
        os.umask(before)
    assert [stat.S_IMODE(one.stat().st_mode) for one in held] == [0o600, 0o600]
