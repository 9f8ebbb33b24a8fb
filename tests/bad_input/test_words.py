"""Whatever is written: a verdict whose places lie within the text, whose scores are scores, and that can be told."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.documents.grams import winnow
from backend.http import body
from backend.model import (
    LANGUAGES,
    THREAD,
    Attachment,
    Draft,
    Level,
    Line,
    Message,
    Part,
    Reading,
    Signal,
    Term,
    TermList,
)
from backend.pipeline import Engine
from backend.request import CheckRequest
from backend.sealed import dumps, loads, seal
from backend.text.normalise import normalise, respaced
from backend.wording import gap_json, verdict_json
from tests.bad_input.requests import bounded

ENGINE = Engine.build()
ODD = "\u0301\u0323\u200b\u202e\ufe0f\u1100\u1161\u11a8\ufdfa\u00df\u0130\u3000\u2605\x00\ufeff\U0001f600\U00020000"
ODD += "ｅ機ậĐ"
BITS = st.sampled_from(
    [
        *("TOP SECRET//SI", "绝密★10年", "機 密", "S E C R E T", "TUYỆT MẬT", "4111 1111 1111 1111", "a@example.org"),
        *(
            "AKIA",
            "password: ",
            "https://a.example/?token=",
            "dự án",
            "my boss told me",
            "<<<<<",
            "\n",
            " ",
            "((((",
            "....",
        ),
        *("111111111", "{", "</p>"),
    ]
)
TEXTS = st.lists(BITS | st.text(max_size=12) | st.text(ODD, max_size=6), max_size=12).map("".join)
SHORT = st.text("aeE éß機密绝-.1", min_size=1, max_size=8)
PICTURED = st.sampled_from(
    "document position red_header seal stamp watermark board camera preview code intimate hidden_rows hidden_comments "
    "sensitivity_label unheard_of".split()
)


def places_within(draft: Draft, engine: Engine = ENGINE):
    """Check a draft and what holds of every verdict; return it."""
    verdict = engine.check(draft)
    longest: dict[str, int] = {}
    parts = [Part("text", draft.text), Part(THREAD, "\n".join(message.text for message in draft.thread))]
    for part in [*parts, *(part for one in draft.attachments for part in one.reading.parts)]:
        longest[part.id] = max(longest.get(part.id, 0), len(part.text.encode("utf-16-le", "surrogatepass")) // 2)
    assert 0 <= verdict.score <= 100 and len(verdict.findings) <= 100
    for finding in verdict.findings:
        assert 0 <= finding.score <= 100 and finding.level > Level.CLEAR
        for place in finding.places:
            if place.start is not None and place.end is not None:
                assert 0 <= place.start <= place.end <= longest[place.part]
    for language in LANGUAGES:
        assert json.dumps(verdict_json(verdict, language, engine.catalogue), ensure_ascii=False).encode()
        assert all(gap_json(gap, language)["message"] for gap in verdict.gaps)
    return verdict


@bounded(150)
@given(text=TEXTS, before=st.lists(TEXTS, max_size=2), channel=st.sampled_from(["post", "message", "ai", "no such"]))
def test_any_text_has_a_verdict(text, before, channel):
    places_within(Draft(text, thread=tuple(Message("them", one) for one in before), channel=channel))


@st.composite
def pages(draw):
    """A page as a reader may give it, true to the text or not so much."""
    text = draw(TEXTS)
    lines = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        box = tuple(draw(st.lists(st.integers(-5, 9000), min_size=4, max_size=4)))
        share = st.floats(0, 1)
        lines.append(
            Line(start, end, box, draw(share), draw(share), draw(st.booleans()), draw(st.floats(-180, 180)), 9.0)
        )
    size = draw(st.none() | st.tuples(st.integers(1, 9000), st.integers(1, 9000)))
    origin = draw(st.sampled_from(["file", "ocr"]))
    return Part("a1", text, origin, draw(st.none() | st.integers(1, 3)), size, tuple(lines), draw(st.integers(0, 3)))


@st.composite
def signals(draw):
    """Something seen, with facts that may be of another kind."""
    facts = st.dictionaries(st.sampled_from(["kind", "count", "name", "latitude", "time", "how"]), st.text(max_size=9))
    box = draw(st.none() | st.just((0, 0, 9, 9)))
    return Signal(draw(PICTURED), draw(st.floats(0, 1)), "a1", draw(st.none() | st.integers(1, 3)), box, draw(facts))


@bounded(150)
@given(parts=st.lists(pages(), max_size=3), seen=st.lists(signals(), max_size=4), whole=st.booleans())
def test_any_reading_of_a_file_has_a_verdict(parts, seen, whole):
    reading = Reading(tuple(parts), tuple(seen), (), whole)
    places_within(Draft("see", attachments=(Attachment("a1", "n", "t", reading),)))


@bounded(150)
@given(text=TEXTS, term=SHORT, form=st.sampled_from(["exact", "anywhere"]), after=TEXTS)
def test_a_term_is_met_wherever_a_plain_search_meets_it(text, term, form, after):
    clean = normalise(term).folded
    assume(" ".join(clean.split()) == clean and len(clean) > 1 and any(map(str.isalnum, clean)))
    around = f"{text} {term} {after}"
    assume(term in normalise(around).clean)
    found = places_within(Draft(around), ENGINE.with_lists((TermList("b", "b", terms=(Term(term, form),)),)))
    assert any(one.rule == "list.b" for one in found.findings)


@bounded(60)
@given(text=TEXTS, terms=st.lists(st.sampled_from(["Sunbird", "dự án", "机密计划", "heron-7", "Straße"]), min_size=1))
def test_a_sealed_list_meets_what_the_list_itself_meets(text, terms):
    listed = tuple(Term(one) for one in dict.fromkeys(terms))
    sealed, _ = seal("b", Level.STOP, listed)
    draft = Draft(f"{terms[0]} {text} {terms[-1]}")
    open_ = places_within(draft, ENGINE.with_lists((TermList("b", "b", Level.STOP, True, listed),)))
    closed = places_within(draft, ENGINE.with_sealed((loads(dumps(sealed)),)))
    spans = [
        {(place.start, place.end) for one in verdict.findings if one.category == "list" for place in one.places}
        for verdict in (open_, closed)
    ]
    assert spans[0] == spans[1] != set()


@bounded(150)
@given(values=st.lists(st.integers(0, 40), min_size=1, max_size=120), window=st.integers(2, 20))
def test_every_window_of_a_document_keeps_a_fingerprint(values, window):
    kept = winnow(np.array(values, np.uint64), window).tolist()
    assert kept == sorted(set(kept)) and all(0 <= place < len(values) for place in kept)
    for start in range(max(1, len(values) - window + 1)):
        assert any(start <= place < start + window for place in kept)


@bounded(150)
@given(text=TEXTS)
def test_every_span_of_closed_up_words_lies_in_the_text_and_in_order(text):
    view = normalise(text)
    closed = respaced(view)
    for one in (view, closed) if closed else (view,):
        assert len(one.clean) == len(one.folded) == len(one.plain) == len(one.caseless)
        spans = [one.span(at, at + 1) for at in range(len(one.clean))]
        assert all(0 <= low < high <= len(text) for low, high in spans) and spans == sorted(spans)


HALVES = ["\\ud83d", "\\ude00", "\\ud83d\\ude00", "a", "\\u0000", "\\udfff\\ud800", "机"]


@bounded(100)
@given(pieces=st.lists(st.sampled_from(HALVES), max_size=8), sender=st.sampled_from(["them", "me"]))
def test_halves_of_characters_are_read_and_places_still_count_in_utf_16(pieces, sender):
    written = "".join(pieces)
    sent = f'{{"text": "{written} TOP SECRET//SI", "thread": [{{"from": "{sender}", "text": "{written}"}}]}}'
    draft = body.parse(sent.encode(), CheckRequest).draft()
    found = next(one for one in places_within(draft).findings if one.category == "marking")
    assert found.places[0].start == _units(json.loads(f'"{written}"')) + 1


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("text", ["\ud800", "\udc00 TOP SECRET//SI", "TOP SECRET//SI \udfff"])
def test_half_a_character_never_breaks_the_engine(text):
    assert ENGINE.check(Draft(text)).score >= 0
