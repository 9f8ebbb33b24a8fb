"""Bodies: typed, and with errors that quote nothing."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import msgspec
import pytest

from backend.http.body import convert, parse
from backend.http.problems import Problem

CANARY = "Zanarivogel"


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal["a", "b"]
    number: Annotated[int, msgspec.Meta(ge=1)] = 1


class Outer(msgspec.Struct):
    name: Annotated[str, msgspec.Meta(max_length=20, pattern="^[A-Za-z]*$")] = ""
    inner: list[Inner] = []
    by_name: dict[str, int] = {}
    either: str | Inner = ""


@pytest.mark.parametrize(
    ("value", "name", "pointer", "detail"),
    [
        ({"name": 7}, "invalid", "/name", "str"),
        ({"name": "a b"}, "invalid", "/name", None),
        ({"name": "a" * 21}, "too_large", "/name", "str of length <= 20"),
        ({"inner": [{"kind": CANARY}]}, "invalid", "/inner/0/kind", "not one of the values it may have"),
        ({"inner": [{"kind": "a"}, {}]}, "invalid", "/inner/1/kind", "required"),
        ({"inner": [{"kind": "a", CANARY: 1}]}, "invalid", "/inner/0", "an unknown field is present"),
        ({"inner": [{"kind": "a", "number": 0}]}, "invalid", "/inner/0/number", "int >= 1"),
        ({"by_name": {CANARY: "x"}}, "invalid", "/by_name/...", "int"),
        ({"either": 3}, "invalid", "/either", None),
        (CANARY, "invalid", "", "object"),
    ],
)
def test_an_error_names_the_place_and_what_is_wanted_and_quotes_nothing(value, name, pointer, detail):
    with pytest.raises(Problem) as caught:
        convert(value, Outer)
    assert (caught.value.name, caught.value.errors[0][0]) == (name, pointer)
    if detail is not None:
        assert caught.value.errors[0][1] == detail
    assert CANARY not in repr(caught.value.errors)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"NaN", b'{"name": Infinity}', b"[" * 200_000, b"1" * 5000])
def test_what_is_no_json_is_bad_json(data):
    with pytest.raises(Problem) as caught:
        parse(data, Outer)
    assert caught.value.name == "bad_json"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_it_reads_json_in_the_encodings_that_json_may_have(encoding):
    assert parse(json.dumps({"name": "Abc"}).encode(encoding), Outer).name == "Abc"


@pytest.mark.parametrize("data", [b'{"name": "a\\ud800"}', b'{"name": "a\xed\xa0\x80"}', '{"name": "a\ud800"}'])
def test_half_a_surrogate_pair_is_replaced_since_nothing_could_keep_or_tell_it(data):
    class Named(msgspec.Struct):
        name: str

    assert parse(data, Named).name.startswith("a\ufffd")
    assert parse('{"name": "\\ud83d\\ude42"}', Named).name == "\U0001f642"
