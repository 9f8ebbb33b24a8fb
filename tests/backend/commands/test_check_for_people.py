"""``check`` for people: what could not be read is told, and never called clear."""

from __future__ import annotations

import pytest


def test_a_file_that_cannot_be_read_is_not_called_clear(call, tmp_path):
    lie = tmp_path / "lie.pdf"
    lie.write_bytes(bytes(range(256)) * 4)
    said = call("check", str(lie)).stdout
    assert said.startswith("not all checked")
    assert "not checked: lie.pdf: " in said


@pytest.mark.parametrize(("text", "level"), [("hello", "clear"), ("TOP SECRET//SI//NOFORN", "stop")])
def test_what_was_read_is_called_by_its_level(call, text, level):
    assert call("check", "--text", text).stdout.startswith(level)
