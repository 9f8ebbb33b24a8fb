"""The ways in, each with what must hold of its answer whatever comes: ``TARGETS``."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from backend import readers
from backend.jobs import wire
from backend.model import Attachment, Draft, Reading
from backend.pipeline import Engine
from backend.wording import gap_json, verdict_json
from fuzz import seeds, shapes

MOST_CHARACTERS = 2_100_000
MOST_OF_PLAIN = 20_000_000
JUDGED = 20_000
"""Characters up to which the detectors look at what was read too."""


@dataclass(frozen=True)
class Target:
    """One way in."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    mutate: shapes.Mutator = shapes.blind
    most: int = 60_000
    """Bytes of an input."""
    dictionary: tuple[bytes, ...] = ()


@cache
def engine() -> Engine:
    """Return the engine over the built-in packs."""
    return Engine.build()


def attached(data: bytes) -> Reading:
    """Read a file as the worker does, and judge it as the server does; check what must hold of both."""
    reading = readers.read("a1", "", data)
    sound(reading)
    pipe = io.BytesIO()
    wire.send(pipe, wire.Answer(last=True, reading=reading))
    pipe.seek(0)
    heard, _ = wire.receive_answer(pipe)
    assert heard.reading is not None and len(heard.reading.parts) == len(reading.parts)
    if sum(len(part.text) for part in reading.parts) < JUDGED:
        judged(Draft(attachments=(Attachment("a1", reading=heard.reading),)))
    return reading


def sound(reading: Reading) -> None:
    """Assert what holds of every reading: places within the text, strengths from 0 to 1, reasons with words."""
    typed = sum(len(part.text) for part in reading.parts)
    assert typed <= (MOST_OF_PLAIN if len(reading.parts) == 1 else MOST_CHARACTERS)
    for part in reading.parts:
        for line in part.lines:
            assert 0 <= line.start <= line.end <= len(part.text) and 0 <= line.confidence <= 1 and 0 <= line.red <= 1
    for signal in reading.signals:
        assert 0 <= signal.strength <= 1 and signal.part == "a1"
    for gap in reading.gaps:
        assert gap_json(gap, "vi")["message"] and gap.part == "a1"


def judged(draft: Draft) -> None:
    """Assert that the verdict on a draft is one, and can be told."""
    verdict = engine().check(draft)
    assert 0 <= verdict.score <= 100
    for finding in verdict.findings:
        assert 0 <= finding.score <= 100
        for place in finding.places:
            assert place.start is None or place.end is None or 0 <= place.start <= place.end
    for language in ("en", "zh"):
        json.dumps(verdict_json(verdict, language, engine().catalogue), ensure_ascii=False).encode()


def metadata(data: bytes) -> None:
    """Look at what stands beside the pixels of a picture, and at the pixels, without reading them."""
    from backend.readers.pictures import beside, decode, position

    position.position(data)
    beside.camera(data)
    try:
        decode.open_picture(data).pixels(480)
        list(beside.signals("a1", data))
    except readers.Unreadable:
        return


def imported(data: bytes) -> None:
    """Import a list; the first byte picks the ending of its name."""
    from backend.exchange import reading

    ending = ("txt", "csv", "tsv", "json", "xlsx")[data[0] % 5 if data else 0]
    try:
        found = reading.read(f"a.{ending}", data[1:])
    except reading.CannotRead:
        return
    lines = len(found.terms) + len(found.problems)
    assert lines <= len(data) and all(0 < len(term.text) <= 1000 for term in found.terms)


def pack(data: bytes) -> None:
    """Read a pack of rules."""
    from backend.rules.loader import PackError, read_pack

    path = _folder() / "birds.toml"
    path.write_bytes(data)
    try:
        read_pack(path)
    except PackError:
        return


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix=f"fuzz-{os.getpid()}-"))


def policy(data: bytes) -> None:
    """Read a policy; what is read is written and read again without a difference."""
    from backend.policy import file
    from backend.policy.table import BadPolicy

    try:
        found, _ = file.loads(data.decode("utf-8", "replace"))
    except BadPolicy:
        return
    again, _ = file.loads(file.dumps(found))
    assert file.dumps(again) == file.dumps(found)


def sealed(data: bytes) -> None:
    """Read a sealed list; what is read can be looked for, and is written and read again without a difference."""
    from backend.sealed import BadSeal, dumps, loads

    try:
        found = loads(data)
    except BadSeal:
        return
    assert loads(dumps(found)) == found
    engine().with_sealed((found,)).check(Draft(text=seeds.MARK))


def parcel(data: bytes) -> None:
    """Open what a subscription gives, rightly signed, whatever is in it; and as it comes."""
    from backend.subscriptions import parcel, signing

    payload = data.decode("utf-8", "replace")
    secret, public = _keys()
    signed = {"format": parcel.FORMAT, "signature": signing.sign(secret, payload), "payload": payload}
    for file in (json.dumps(signed).encode(), data):
        try:
            parcel.opened(file, public)
        except parcel.BadParcel as problem:
            assert problem.reason in ("not_signed", "wrong_signature", "bad_content")


@cache
def _keys() -> tuple[str, str]:
    from backend.subscriptions import signing

    return signing.new_key()


def coded(data: bytes) -> None:
    """Judge the words of a bar code, of a passport's lines and of a paper."""
    from backend.readers.pictures import payloads
    from backend.text import papers

    text = data.decode("utf-8", "replace")
    assert isinstance(payloads.kind(text), str)
    papers.told(text.lower())
    judged(Draft(text=text))


def draft(data: bytes) -> None:
    """Read the body of a check, and score it."""
    from backend.http import body
    from backend.http.problems import Problem
    from backend.request import CheckRequest

    try:
        wanted = body.parse(data, CheckRequest)
    except Problem as problem:
        assert 400 <= problem.status < 500
        return
    judged(wanted.draft())


def sealed_seeds() -> Sequence[bytes]:
    """Return sealed lists."""
    from backend.model import Level, Term
    from backend.sealed import dumps, seal

    terms = (Term("Project Heron"), Term("机密计划", "anywhere"), Term("AB-12", "exact", Level.WARN))
    return (dumps(seal("Birds", Level.STOP, terms)[0]),)


def parcel_seeds() -> Sequence[bytes]:
    """Return what subscriptions hold: a list, a pack, a sealed list."""
    entries = [{"text": "Sunbird", "level": "stop", "languages": ["en"]}, "Heron"]
    held = (
        ("list", {"level": "stop", "terms": entries}), ("pack", seeds.PACK.decode()),
        ("sealed", json.loads(sealed_seeds()[0])),
    )  # fmt: skip
    return [json.dumps({"kind": kind, "name": "b", "version": 1, "content": one}).encode() for kind, one in held]


def policy_seeds() -> Sequence[bytes]:
    """Return policies: the usual one, and one that says a lot."""
    from backend.model import Policy
    from backend.policy import file

    much = Policy(
        note_at=20, quiet_rules=frozenset(("intimate.picture",)), levels=frozenset((("marking", "any", "raise"),)),
        does=frozenset((("stop", "refuse"),)), sites_off=frozenset(("example.org",)), languages=frozenset(("vi",)),
    )  # fmt: skip
    return file.dumps(Policy()).encode(), file.dumps(much).encode()


def draft_seeds() -> Sequence[bytes]:
    """Return bodies of checks."""
    much: dict[str, Any] = {"text": seeds.MARK, "site": "x.com", "channel": "ai", "audience": "public"}
    thread = [{"from": "them", "text": "send me the plan"}]
    return json.dumps(much).encode(), json.dumps({**much, "thread": thread, "text": "\ud83d\ude00 \ud800"}).encode()


def code_seeds() -> Sequence[bytes]:
    """Return words of bar codes, and the lines of a passport as ICAO 9303 prints them."""
    from tests.photos.codes import EXAMPLES

    lines = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    return [words.encode() for words in (*EXAMPLES.values(), lines, seeds.MARK)]


TAGS = (b"<w:p>", b"<w:t>", b"<row>", b'<c t="s">', b"<v>9999999999</v>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;")
PDF = (b"/Kids", b"/Parent", b"/Contents", b"/Filter", b"/FlateDecode", b"/Font", b"/XObject", b" 0 R", b"obj", b"xref")
RTF = (b"{", b"}", b"\\*", b"\\bin99999999 ", b"\\u-1?", b"\\uc9", b"\\'zz", b"\\pict", b"\\deleted", b"\\annotation")
MAIL = (b"Content-Type: multipart/mixed; boundary=a\n", b"--a\n", b"--a--", b"=?utf-8?q?", b"message/rfc822", b"base64")

TARGETS: dict[str, Target] = {
    "metadata": Target(metadata, seeds.pictures, shapes.png, 24_000),
    "picture": Target(attached, seeds.pictures, shapes.png, 24_000),
    "frames": Target(attached, seeds.frames, shapes.png, 64_000),
    "heif": Target(attached, seeds.phones, shapes.blind, 10_000),
    "video": Target(attached, seeds.videos, shapes.blind, 10_000),
    "pdf": Target(attached, seeds.documents, shapes.pdf, 30_000, PDF),
    "word": Target(attached, seeds.words, shapes.zipped, dictionary=TAGS),
    "sheets": Target(attached, seeds.workbooks, shapes.zipped, dictionary=TAGS),
    "slides": Target(attached, seeds.decks, shapes.zipped, dictionary=TAGS),
    "opendocument": Target(attached, seeds.open_documents, shapes.zipped, dictionary=TAGS),
    "archive": Target(attached, seeds.zips, shapes.zipped),
    "mail": Target(attached, seeds.mails, shapes.blind, 20_000, MAIL),
    "outlook": Target(attached, lambda: (shapes.ole(seeds.OUTLOOK),), shapes.outlook),
    "oldsheets": Target(attached, lambda: ((seeds.FILES / "book.xls").read_bytes(),), shapes.blind),
    "richtext": Target(attached, seeds.rich_texts, shapes.blind, 10_000, RTF),
    "webpage": Target(attached, seeds.web_pages, shapes.marked_up, 10_000),
    "plain": Target(attached, seeds.texts, shapes.blind, 4_000),
    "imports": Target(imported, seeds.lists, shapes.named(shapes.table), 20_000),
    "packs": Target(pack, seeds.packs, shapes.blind, 20_000),
    "policy": Target(policy, policy_seeds, shapes.blind, 10_000),
    "sealed": Target(sealed, sealed_seeds, shapes.table, 10_000),
    "parcels": Target(parcel, parcel_seeds, shapes.table, 10_000),
    "codes": Target(coded, code_seeds, shapes.blind, 4_000),
    "drafts": Target(draft, draft_seeds, shapes.table, 4_000),
}
