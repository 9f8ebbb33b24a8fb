"""Sealed lists: met as open ones are, and nothing in them to read."""

from __future__ import annotations

import json
import random
import unicodedata
from functools import cache

import pytest

from backend.model import Attachment, Draft, Level, Line, Message, Part, Reading, Term, TermList
from backend.pipeline import Engine
from backend.sealed import BadSeal, dumps, loads, seal, shelf

TERMS = (
    Term("Project Sunbird"),
    Term("金乌工程"),
    Term("Dự án Sao Mai"),
    Term("XK-77", "exact"),
    Term("zephyr", "anywhere", Level.WARN),
    Term("мост-5"),
)


@cache
def engine(terms: tuple[Term, ...] = TERMS) -> Engine:
    sealed, left_out = seal("Family", Level.STOP, terms)
    assert left_out == 0
    return bare().with_sealed([loads(dumps(sealed))])


@cache
def bare() -> Engine:
    return Engine.build()


def found(draft: Draft | str):
    verdict = engine().check(Draft(text=draft) if isinstance(draft, str) else draft)
    return [one for one in verdict.findings if one.rule.startswith("sealed.")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("we start project sunbird on Monday", "project sunbird"),
        ("PROJECT\u200b SUNBIRD!", "PROJECT\u200b SUNBIRD"),
        ("昨天金乌工程开会了", "金乌工程"),
        ("昨天金烏工程開會了", "金烏工程"),
        ("dự án sao mai xong rồi", "dự án sao mai"),
        ("du an sao mai xong roi", "du an sao mai"),
        (unicodedata.normalize("NFD", "nghe nói dự án sao mai"), unicodedata.normalize("NFD", "dự án sao mai")),
        ("ask about XK-77.", "XK-77"),
        ("the zephyrlike wind", "zephyr"),
        ("сегодня МОСТ-5 открыли", "МОСТ-5"),
        ("ｐｒｏｊｅｃｔ ｓｕｎｂｉｒｄ", "ｐｒｏｊｅｃｔ ｓｕｎｂｉｒｄ"),
        ("S U N project sunbird", "project sunbird"),
        ("we start project\r\n  sunbird", "project\r\n  sunbird"),
        ("昨天金乌\n工程开会了", "金乌\n工程"),
    ],
)
def test_it_is_met_as_an_open_list_is(text, shown):
    (one,) = found(text)
    assert one.category == "list" and one.remedies == ("cut_text",)
    units = text.encode("utf-16-le")
    assert units[2 * one.places[0].start : 2 * one.places[0].end].decode("utf-16-le") == shown
    assert one.level == (Level.WARN if shown == "zephyr" else Level.STOP)


@pytest.mark.parametrize(
    "text", ["project sunbirds", "xk-77", "乌工程", "sao mai", "prozect sunbird", "", "project", "a" * 5000]
)
def test_what_an_open_list_would_pass_over_is_passed_over(text):
    assert found(text) == []


def test_it_finds_what_the_open_list_finds():
    rng = random.Random(5)
    words = "ba sunbird project 金乌 工程 金乌工程 dự án sao mai zephyr xk-77 XK-77 мост-5 , . - của".split()
    opened = bare().with_lists([TermList("l", "l", Level.STOP, True, TERMS)])
    for _ in range(300):
        text = "".join(rng.choice(words) + rng.choice(["", " ", " ", " ", "\n", "  "]) for _ in range(30))
        spans = {
            name: {(place.start, place.end) for one in some.check(Draft(text=text)).findings for place in one.places
                   if one.category == "list"}
            for name, some in (("open", opened), ("sealed", engine()))
        }  # fmt: skip
        assert spans["open"] == spans["sealed"], text


def test_it_is_met_on_a_photo_whose_tones_ocr_lost():
    part = Part("a", "Du an Sao Mai", "ocr", 1, (800, 600), (Line(0, 13, (10, 20, 300, 40)),))
    (one,) = found(Draft(attachments=(Attachment("a", reading=Reading((part,))),)))
    assert one.places[0].box == (10, 20, 300, 40) and one.remedies == ("cover_boxes",)


def test_the_thread_before_the_draft_is_not_what_is_shared():
    assert found(Draft(text="yes", thread=(Message("them", "project sunbird"),))) == []


def test_nothing_of_the_terms_is_in_the_file():
    data = dumps(seal("Family", Level.STOP, TERMS)[0])
    text = data.decode().lower()
    for word in ("sunbird", "金乌", "sao mai", "xk-77", "zephyr"):
        assert word not in text and word.encode().hex() not in text
        assert json.dumps(word)[1:-1] not in text


def test_two_sealings_of_one_list_have_nothing_in_common():
    one, other = seal("Family", Level.STOP, TERMS)[0], seal("Family", Level.STOP, TERMS)[0]
    assert not {term.digest for term in one.terms} & {term.digest for term in other.terms}


def test_what_cannot_be_sealed_is_counted():
    sealed, left_out = seal("x", Level.STOP, (Term("a+b", "regex"), Term("sunbirds", "near"), Term("sunbird")))
    assert left_out == 2 and len(sealed.terms) == 1


@pytest.mark.parametrize(
    "harm",
    [
        lambda fields: fields.update(format="x"),
        lambda fields: fields.update(key="AAAA"),
        lambda fields: fields.update(terms=[]),
        lambda fields: fields.update(terms=[["00", "word", None]]),
        lambda fields: fields["terms"][0].__setitem__(1, "regex"),
        lambda fields: fields.update(lengths=[0]),
        lambda fields: fields.update(lengths=list(range(1, 900))),
        lambda fields: fields.update(id="../../etc"),
        lambda fields: fields.update(name=""),
        lambda fields: fields.update(name=7),
        lambda fields: fields.update(room=7),
        lambda fields: fields.update(level="loud"),
        lambda fields: fields.pop("words"),
    ],
)
def test_a_file_that_is_no_sealed_list_is_refused(harm):
    fields = json.loads(dumps(seal("Family", Level.STOP, TERMS)[0]))
    harm(fields)
    with pytest.raises(BadSeal):
        loads(json.dumps(fields).encode())


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"format": 1}', b"[" * 100_000])
def test_bytes_that_are_no_sealed_list_are_refused(data):
    with pytest.raises(BadSeal):
        loads(data)


def test_lists_are_kept_replaced_and_removed(tmp_path):
    sealed, _ = seal("Family", Level.STOP, TERMS)
    assert shelf.read_all(tmp_path) == [] and shelf.state(tmp_path) == ()
    shelf.keep(tmp_path, sealed)
    shelf.keep(tmp_path, sealed)
    (tmp_path / shelf.FOLDER / "broken.sealed").write_bytes(b"x")
    assert shelf.read_all(tmp_path) == [sealed]
    assert shelf.remove(tmp_path, sealed.id) and not shelf.remove(tmp_path, sealed.id)
    assert shelf.read_all(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lengths", [float("inf")]),
        ("room", float("inf")),
        ("words", [float("nan")]),
        ("name", "half a pair \ud800"),
        ("name", "two\nlines"),
    ],
)
def test_numbers_and_names_that_are_none_make_no_sealed_list(tmp_path, name, value):
    fields = json.loads(dumps(seal("Family", Level.STOP, TERMS)[0]))
    data = json.dumps({**fields, name: value}).encode()
    with pytest.raises(BadSeal):
        loads(data)
    (tmp_path / "sealed").mkdir()
    (tmp_path / "sealed" / "bad.sealed").write_bytes(data)
    assert shelf.read_all(tmp_path) == []


def test_a_list_that_asks_to_look_at_everything_ends_in_a_gap():
    fields = json.loads(dumps(seal("Greedy", Level.STOP, TERMS)[0]))
    greedy = {**fields, "lengths": list(range(1, 201)), "characters": list(range(fields["room"]))}
    engine = bare().with_sealed([loads(json.dumps(greedy).encode())])
    verdict = engine.check(Draft(text="a day like any other, and then another one. " * 2000))
    assert [gap.reason for gap in verdict.gaps] == ["timeout"]
