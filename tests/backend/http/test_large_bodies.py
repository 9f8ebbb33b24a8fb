"""Large bodies are read straight into their shape, and one that would fill the memory is refused before it is read."""

from __future__ import annotations

import json

import msgspec
import pytest

from backend.http import body
from backend.http.problems import Problem


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """Some words, and what fills the body."""

    words: list[str]
    rest: str = ""


REST = "x" * (body.LARGE + 1)


def large(words: str) -> bytes:
    return f'{{"words": {words}, "rest": "{REST}"}}'.encode()


def test_a_large_body_is_read_like_a_small_one():
    wanted = ["Đường", "鸟", "😀", "a\u0000b"]
    assert body.parse(large(json.dumps(wanted)), Words).words == wanted
    assert body.parse(large(json.dumps(wanted, ensure_ascii=False).replace("\u0000", "\\u0000")), Words).words == wanted


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("[" + "{}," * (body.MOST_OBJECTS + 1) + '"a"]', "too_large"),
        ("[" + '"a",' * (body.MOST_VALUES + 1) + '"a"]', "too_large"),
        ("[" * (body.MOST_VALUES + 1), "too_large"),
        ("[" * 100_000, "invalid"),
        ('["a"', "bad_json"),
        ('["\\ud800"]', "bad_json"),
        ("[NaN]", "bad_json"),
        ("[7]", "invalid"),
    ],
)
def test_what_has_no_shape_or_too_many_values_is_refused(words, name):
    with pytest.raises(Problem) as caught:
        body.parse(large(words), Words)
    assert caught.value.name == name


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(Problem) as caught:
        body.parse(large('["a"]').replace(b'"a"', b'"\xff"'), Words)
    assert caught.value.name == "bad_json"
