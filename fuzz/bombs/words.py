"""Texts, lists, packs and settings that are built to cost too much; each function does the whole thing."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

from backend.model import Draft, Level, Message, Term, TermList
from backend.pipeline import Engine
from backend.wording import verdict_json

LONGEST = 1_000_000
"""Characters of the longest text that the API takes."""


@cache
def _engine() -> Engine:
    return Engine.build()


def ready() -> None:
    """Build the engine before anything is measured."""
    _engine().check(Draft("words"))


def judged(draft: Draft, engine: Engine | None = None) -> str:
    """Check a draft; say its level, how many findings, which gaps, and how large the answer is."""
    used = engine or _engine()
    verdict = used.check(draft)
    size = len(json.dumps(verdict_json(verdict, "en", used.catalogue), ensure_ascii=False).encode())
    gaps = "".join(f", {reason}" for reason in Counter(gap.reason for gap in verdict.gaps))
    return f"{verdict.level.word}, {len(verdict.findings)} findings{gaps}, {size:,} bytes"


def long(words: str) -> Draft:
    """Return a draft of a million characters."""
    return Draft((words * (LONGEST // len(words) + 1))[:LONGEST])


def listing(*terms: Term) -> Engine:
    """Return an engine with a list."""
    return _engine().with_lists((TermList("a", "birds", Level.STOP, True, tuple(terms)),))


def endless() -> str:
    """Check a text that a person's own expressions never get done with."""
    forms = (r"(a|aa)+$", r"(a+)+b", r"(.*)*x", r"(\w+\s?)+!", r"(?=(a+))\1b")
    engine = listing(*(Term(form, "regex") for form in forms))
    return judged(Draft("a" * 5000), engine)


def million() -> str:
    """Check a text against a list of a million terms."""
    terms = tuple(Term(f"bird {number:x} of {number * 7919 % 1_000_003}") for number in range(1_000_000))
    return judged(Draft("we saw bird ff of 19345 and bird 1 of 7919 " * 20), listing(*terms))


def lengthy() -> str:
    """Check a text against 20,000 terms of 200 Chinese characters that differ at their ends."""
    begin = "绝密计划" * 48
    terms = tuple(
        Term(begin + "".join(chr(0x4E00 + (number >> 4 * n & 15)) for n in range(5))) for number in range(20_000)
    )
    return judged(long("绝密计划"), listing(*terms))


def alike() -> str:
    """Check a text of one letter against terms of that letter, in every length, also with one wrong."""
    terms = [Term("a" * length, form) for length in range(3, 200) for form in ("anywhere", "word", "near")]
    return judged(long("a"), listing(*terms))


def misspelt() -> str:
    """Check a long text against terms that may be misspelt, of which it is full."""
    terms = [Term(f"thunderbird{n}", "near") for n in range(5000)]
    return judged(long("thunderbrid1 thunderburd22 "), listing(*terms))


def thread() -> str:
    """Check a chat of 10,000 messages, each of which is a finding."""
    return judged(
        Draft("ok", channel="message", thread=tuple(Message("them", "TOP SECRET//SI plan") for _ in range(10_000)))
    )


def planes() -> str:
    """Check all characters of all planes, once each."""
    return judged(Draft("".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000, 2)]))[:LONGEST]))


def policies() -> str:
    """Read policies that are nested without end."""
    from backend.policy import file
    from backend.policy.table import BadPolicy

    told = []
    for text in ("a = " + "[" * 400_000, "a = " + "{a = " * 100_000, "a." * 400_000 + "b = 1", "[a]\n" * 200_000):
        try:
            file.loads(text)
        except BadPolicy as problem:
            told.append(type(problem).__name__)
    return f"{len(told)} refused"


def bodies() -> str:
    """Read bodies of checks that are nested, long, or full of names."""
    from backend.http import body
    from backend.http.problems import Problem
    from backend.request import CheckRequest

    told = []
    for data in (
        b"[" * 4_000_000,
        b'{"a":' * 1_000_000,
        b'{"text":' + b"1" * 4_000_000 + b"}",
        b"\xff\xfe" * 1_000_000,
    ):
        try:
            body.parse(data, CheckRequest)
        except Problem as problem:
            told.append(problem.name)
    return ", ".join(told)


def imports() -> str:
    """Import files that hold far more than a list, or one cell without end."""
    from backend.exchange.reading import CannotRead, read

    told = []
    files = {
        "a.csv": b'"' + b"a,\n" * 5_000_000, "b.csv": b"," * 20_000_000, "a.txt": b"\n" * 20_000_000,
        "a.json": b"[" * 5_000_000, "b.json": b"[" + b"1," * 5_900_000 + b"1]", "c.json": b"9" * 5_000_000,
        "a.tsv": "\u2028".encode() * 3_000_000,
    }  # fmt: skip
    for name, data in files.items():
        try:
            found = read(name, data)
            told.append(f"{len(found.terms)} terms")
        except CannotRead:
            told.append("refused")
    return ", ".join(told)


def sealed() -> str:
    """Read sealed lists that lie about themselves, and look for the terms of one with every beginning."""
    from backend.sealed import dumps, loads, seal
    from backend.sealed.file import BadSeal

    whole, _ = seal("Birds", Level.STOP, tuple(Term(f"bird {number}") for number in range(3000)))
    fields = json.loads(dumps(whole))
    changes = ({"room": 2**40}, {"lengths": [10**9]}, {"terms": [1] * 1_000_000}, {"room": -1}, {"words": ["x"]})
    refused = 0
    for change in changes:
        try:
            loads(json.dumps({**fields, **change}).encode())
        except BadSeal:
            refused += 1
    every = {**fields, "lengths": list(range(1, 201)), "words": list(range(fields["room"]))}
    greedy = loads(json.dumps({**every, "characters": every["words"]}).encode())
    return f"{refused} refused; " + judged(long("bird seen "), _engine().with_sealed((greedy,)))


def marks() -> str:
    """Check a text in which each letter has a thousand marks above it."""
    every = "".join(chr(code) for code in range(0x300, 0x370) if unicodedata.combining(chr(code)))
    return judged(long("s" + every * 10 + "ecret "))


def text(words: str) -> Callable[[], str]:
    """Return the check of a million characters of the same words."""
    return lambda: judged(long(words))


WORDS: Mapping[str, Callable[[], str]] = {
    "text: a million characters of findings": text("TOP SECRET//SI//NOFORN 4111 1111 1111 1111 绝密★10年 "),
    "text: credit cards": text("4111111111111111 "),
    "text: one letter": text("a"),
    "text: digits": text("1"),
    "text: dots": text("."),
    "text: spaces": text(" "),
    "text: line ends": text("\n"),
    "text: at signs": text("a@a.a"),
    "text: brackets": text("(((("),
    "text: spaced-out letters": text("S E C R E T "),
    "text: spaced-out characters": text("机 密 "),
    "text: marks upon marks": marks,
    "text: from right to left": text("\u202eterces\u202c \u2067x\u2069"),
    "text: nothing visible": text("\u200b"),
    "text: NUL": text("\0secret"),
    "text: half characters": text("\ufffd\U0001f600"),
    "text: Hangul in pieces": text("\u1100\u1161\u11a8"),
    "text: ligatures of eighteen letters": text("\ufdfa"),
    "text: every plane": planes,
    "text: addresses": text("https://a.example/?token=" + "a1" * 40 + " "),
    "text: keys": text("AKIAIOSFODNN7EXAMPLE sk_live_abcdefghijklmnop "),
    "expressions that never end": endless,
    "list: a million terms": million,
    "list: 20,000 terms of 200 characters": lengthy,
    "list: terms of one letter": alike,
    "list: 5,000 terms that may be misspelt": misspelt,
    "thread: 10,000 messages": thread,
    "policy: nested without end": policies,
    "check: bodies without end": bodies,
    "import: far more than a list": imports,
    "sealed: lists that lie": sealed,
}
