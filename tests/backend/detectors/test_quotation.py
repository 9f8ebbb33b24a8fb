"""Quotations of registered documents: found with edits and in any language, silent on what is not one."""

from __future__ import annotations

import json
from functools import cache

import pytest

from backend.documents import Document, Fingerprinter, Library
from backend.documents.grams import EVERY, WINDOW
from backend.documents.segment import Segment
from backend.documents.units import units
from backend.model import Attachment, Draft, Level, Line, Message, Part, Reading
from backend.pipeline import Engine
from backend.text.normalise import normalise
from benchmarks import documents

EN = (
    "The lid of the northern basin is painted pale green every third summer by the apprentices of the yard. Whoever "
    "finds a brush keeps it until the autumn, and the eldest of them mixes the paint behind the boat house. When the "
    "benches come back from the carpenter they are carried up the hill in pairs, because the road is steep there."
)
VI = (
    "Mùa hè nào những người thợ trẻ cũng sơn lại chiếc thuyền nhỏ bên bến sông bằng màu xanh nhạt. Ai nhặt được chổi "
    "sơn thì giữ đến mùa thu, còn người lớn tuổi nhất pha sơn phía sau nhà kho. Khi ghế gỗ được mang về, họ khiêng "
    "từng đôi lên dốc vì con đường ở đó rất cao và trơn."
)
ZH = (
    "每隔三个夏天，船坞的学徒们都会把北边水池的盖子漆成浅绿色。谁捡到刷子，就可以留到秋天，年纪最大的那个人在船屋后面调漆。"
    "等木匠把长凳送回来的时候，大家两个人一组把它们抬上山坡，因为那里的路又陡又滑。"
)
MAKER = Fingerprinter(b"k" * 32)


def library(*documents: tuple[str, str], public: tuple[str, ...] = ()) -> Library:
    known, held = [], []
    for name, text in documents:
        row = units(normalise(text).plain)[0]
        is_public = name in public
        known.append(Document(name, name, len(row), 1, is_public))
        held.append((name, 1, len(row), MAKER.of_document(row, EVERY if is_public else WINDOW)))
    return Library(MAKER, known, Segment.of(held))


@cache
def bare() -> Engine:
    return Engine.build()


def findings(draft: Draft | str, *documents: tuple[str, str], public: tuple[str, ...] = ()):
    engine = bare().with_documents(library(*(documents or (("en", EN), ("vi", VI), ("zh", ZH))), public=public))
    verdict = engine.check(Draft(text=draft) if isinstance(draft, str) else draft)
    return [one for one in verdict.findings if one.category == "quotation"]


def quoted(draft: Draft | str, *documents: tuple[str, str], public: tuple[str, ...] = ()) -> list[str]:
    return [one.rule.partition(".")[2] for one in findings(draft, *documents, public=public)]


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("as they say: " + EN[:102] + " isn't that nice?", "en"),
        ("AS THEY SAY " + EN[4:106].upper(), "en"),
        (EN[:102].replace(" ", "  \n"), "en"),
        (EN[:205].replace("painted", "coloured").replace("keeps", "has"), "en"),
        ("nghe nói " + VI[:110], "vi"),
        (normalise(VI[:130]).plain, "vi"),
        ("听说" + ZH[:44] + "是吗", "zh"),
        (ZH[:60].replace("浅", "深").replace("留到", "一直留到"), "zh"),
        (EN[205:] + EN[103:205] + EN[:103], "en"),
    ],
    ids=["short", "capitals", "spacing", "edited", "vietnamese", "no tones", "chinese", "chinese edited", "reordered"],
)
def test_a_quotation_is_found(text, document):
    assert quoted(text) == [document]


@pytest.mark.parametrize(
    "text",
    [
        EN[:40],
        ZH[:14],
        "Every three years young workers at the shipyard give the cover of the basin in the north a fresh coat of "
        "light green colour; a lost brush belongs to its finder till autumn comes.",
        "隔几年，年轻的工人就给北池的顶盖重新刷一遍淡淡的绿漆，捡了刷子的人能用到秋季，由最年长者负责调色。",
        "",
    ],
    ids=["a phrase", "a chinese phrase", "a paraphrase", "a chinese paraphrase", "nothing"],
)
def test_what_is_no_quotation_is_left_alone(text):
    assert quoted(text) == []


def test_it_says_which_document_and_how_much():
    (found,) = findings("so " + EN[:102])
    assert found.values["document"] == "en" and found.values["characters"] == "100"
    assert 25 <= int(found.values["share"]) <= 40
    assert found.level in (Level.NOTE, Level.WARN) and found.remedies == ("cut_text",)


def test_places_cover_the_sentences_that_are_quoted():
    draft = "What a summer it was! " + EN[:102] + " Shall we go and see it?"
    (found,) = findings(draft)
    (place,) = found.places
    assert draft[place.start : place.end] == EN[:102]


def test_the_whole_of_a_short_document_is_held():
    (found,) = findings("look: " + EN)
    assert found.level == Level.STOP and int(found.values["share"]) > 90


def test_what_is_public_never_counts():
    assert len(quoted("so " + EN[:102], ("en", EN), ("site", EN[:103]))) == 1
    assert quoted("so " + EN[:102], ("en", EN), ("site", EN[:103]), public=("site",)) == []
    assert quoted("so " + EN[:102] + EN[103:], ("en", EN), ("site", EN[:103]), public=("site",)) == ["en"]


def test_a_disclaimer_in_many_documents_counts_less():
    many = [
        (f"{number}", f"{EN[:102]} {chr(97 + number) * 3}{EN[number * 9 : number * 9 + 30]}") for number in range(20)
    ]
    assert quoted("so " + EN[:102], *many[:3]) != []
    assert quoted("so " + EN[:102], *many) == []


def test_versions_of_one_document_are_one_finding():
    assert len(quoted("so " + EN[:205], ("v1", EN), ("v2", EN + " The end."), ("v3", "Draft. " + EN))) == 1


def test_two_documents_are_two_findings():
    assert sorted(quoted(EN[:205] + "\n" + VI[:140])) == ["en", "vi"]


def test_the_thread_before_the_draft_is_not_what_is_shared():
    assert quoted(Draft(text="yes", thread=(Message("them", EN),))) == []


def attached(text: str, origin: str = "file", lines: tuple[Line, ...] = (), page: int | None = None) -> Draft:
    part = Part("a", text, origin, page, (1000, 1400) if lines else None, lines)
    return Draft(attachments=(Attachment("a", reading=Reading((part,))),))


def test_a_file_that_quotes_is_found():
    assert quoted(attached("Dear all,\n" + EN[:205])) == ["en"]


def test_a_photo_is_found_through_what_ocr_makes_of_it():
    noisy = (
        EN.replace("l", "1")
        .replace("o", "0")
        .replace("summer", "sumner")
        .replace("paint", "pa nt")
        .replace("the ", "tbe ")
    )
    lines = []
    for number, start in enumerate(range(0, len(noisy), 60)):
        lines.append(Line(start, min(start + 60, len(noisy)), (50, 40 * number, 900, 30)))
    (found,) = findings(attached(noisy, "ocr", tuple(lines), 2))
    assert found.rule == "quotation.en" and found.level == Level.STOP and found.remedies == ("cover_boxes",)
    assert len(found.places) >= 4 and all(place.page == 2 and place.box for place in found.places)


def test_pages_add_up():
    parts = tuple(Part("a", text, "file", page) for page, text in ((1, EN[:103]), (2, EN[103:206]), (3, EN[206:])))
    (found,) = findings(Draft(attachments=(Attachment("a", reading=Reading(parts)),)))
    assert int(found.values["share"]) > 60 and {place.page for place in found.places} == {1, 2, 3}


def test_a_text_of_a_million_characters_is_looked_at_in_bounded_steps():
    assert quoted(("so " + EN) * 3000)[:1] == ["en"]


def test_ordinary_posts_quote_none_of_a_thousand_documents(corpora):
    posts = [
        json.loads(line)["text"]
        for path in sorted((corpora / "text").glob("ordinary-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()[::3]
    ]
    cables = (corpora / "text" / "cables-unclassified-en.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in cables]
    texts += [documents.document(number, 1) for number in range(1000 - len(texts))]
    known = library(*((str(number), text) for number, text in enumerate(texts)))
    assert len(known.documents) == 1000 and len(posts) > 3000
    assert [text for text in posts if known.quotes(normalise(text).plain)] == []
