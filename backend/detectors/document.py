"""Pictures that show a document: what kind of paper it is, and what makes it official.

The reader says how sure it is that a picture shows a document, and which red headers,
seals, stamps and watermarks are on it; the words of the page say what kind it is
(:mod:`backend.text.papers`), and where they are sure enough, that it is one at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from backend.case import Case, Resources
from backend.model import Attachment, Box, Finding, Place, Signal
from backend.text import papers

FAINT, SURE = 0.15, 0.5
"""Strengths from which on the reader perhaps sees a document, and sees one."""
RULES = {"page": "document.photo"}
"""A kind's rule is ``document.`` and the kind, but for these."""
SCORES = {
    "page": 60,
    "form": 62,
    "id": 68,
    "badge": 66,
    "card": 70,
    "receipt": 60,
    "ticket": 62,
    "screen": 60,
    "whiteboard": 60,
    "drawing": 68,
}
CLEARLY, OFFICIAL, NUMBERED = 12, 5, 4
"""Points for a picture that is a document beyond doubt, for official marks, and for a number of the files with them."""
MOST = 84
"""A paper alone is asked about and never held: that takes a marking on it."""
HEADED, PRESSED, PRESSED_ONLY, BEHIND = 74, 64, 40, 64
PERSONAL = ("id", "badge", "card")
"""Kinds that are told wherever they are, also inside a file that is a document anyway."""
SOME_LINES = 3
DRAWN_ON, DRAWN_IN_COLOURS = 0.5, 0.9
NUMBER = re.compile(
    r"[\[〔(【]\s?(?:19|20)\d\d\s?[\]〕)】]\s?第?\d{1,5}\s?号|(?<![a-z])so\s?:?\s?\d{1,5}\s?/\s?[a-z]{2}"
    r"|(?<![a-z0-9])(?:no?[.°º:]|nr|az|ref|gz|file)\s?[.:]{0,2}\s?[a-z]{0,5}[ \-/]?\d[\d./\-]{3,20}"
    r"|(?<![a-z0-9])[a-z]{2,6}/(?:19|20)\d\d/\d{2,6}(?!\d)|(?<![a-z])no \d{1,5}/\d{2,6}(?!\d)|第\s?\d{2,5}\s?号"
)
"""Numbers that offices give to papers: 海发规〔2025〕17号, Số: 05/BC-UBKH, Az. 17-2025/0417."""


@dataclass
class Page:
    """What is known of one page of an attachment."""

    part: str
    page: int | None
    signals: list[Signal] = field(default_factory=list)
    words: str = ""
    """In small letters without diacritics."""
    lines: list[Box] = field(default_factory=list)
    """Where its writing stands."""

    def of(self, *kinds: str) -> list[Signal]:
        """Return the signals of some kinds."""
        return [one for one in self.signals if one.kind in kinds]

    @property
    def strength(self) -> float:
        """How sure the reader is of a document."""
        return max((one.strength for one in self.of("document")), default=0.0)

    @property
    def place(self) -> Place:
        """Where the document lies on the page: as the reader saw it, and with all that is written."""
        seen = [one.box for one in self.of("document") if one.box is not None]
        return Place(self.part, page=self.page, box=_around([*seen, *self.lines]))

    @property
    def looks(self) -> str:
        """The kind that the reader thinks likeliest."""
        shown = max(self.of("document"), key=lambda one: one.strength, default=None)
        kind = shown.details.get("kind", "page") if shown else "page"
        return kind if kind in SCORES else "page"

    @property
    def numbered(self) -> bool:
        """An office gave it a number."""
        return NUMBER.search(self.words) is not None


def build(resources: Resources) -> Document:
    """Return the detector."""
    return Document()


class Document:
    """One finding for each kind of paper in an attachment, and for what makes it official."""

    def literals(self) -> Sequence[str]:
        """Return none: this detector looks at whole pages."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield what pages of each attachment are, and what they bear."""
        for attachment in case.draft.attachments:
            told: dict[str, Finding] = {}
            for page in pages(attachment, case):
                for one in (*_paper(page), *_marks(page)):
                    told[one.rule] = _joined(told[one.rule], one) if one.rule in told else one
            yield from told.values()


def pages(attachment: Attachment, case: Case) -> list[Page]:
    """Return the pages of an attachment that were photographed or scanned."""
    found: dict[int | None, Page] = {}
    for signal in attachment.reading.signals:
        page = found.setdefault(signal.page, Page(signal.part, signal.page))
        page.signals.append(signal)
    views = {id(text.part): text.view for text in reversed(case.texts)}
    for part in attachment.reading.parts:
        if part.origin == "ocr" and id(part) in views:
            page = found.setdefault(part.page, Page(part.id, part.page))
            page.words = f"{page.words}\n{views[id(part)].plain}".strip()
            page.lines.extend(line.box for line in part.lines)
    return list(found.values())


def _joined(one: Finding, other: Finding) -> Finding:
    """Return one finding for two pages; a copy is offered where both can be covered."""
    cure = one.remedies if other.remedies else ()
    return replace(one, score=max(one.score, other.score), places=(*one.places, *other.places), remedies=cure)


def _around(boxes: Sequence[Box]) -> Box | None:
    """Return the box around some boxes."""
    if not boxes:
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, bottom - top


def _paper(page: Page) -> Iterator[Finding]:
    """Yield what kind of paper a page is, or that it may be one."""
    kind, strength = _kind(page)
    place = (page.place,)
    cure = ("cover_boxes",) if page.place.box else ()  # a copy with nothing covered would help nobody
    if kind:
        clearly = round(CLEARLY * (max(strength, SURE) - SURE) / (1 - SURE))
        official = bool(page.of("red_header", "seal", "stamp", "star", "watermark"))
        score = SCORES[kind] + clearly + OFFICIAL * official + NUMBERED * (official and page.numbered)
        rule = RULES.get(kind, f"document.{kind}")
        yield Finding(rule, "document", min(MOST, score), place, cure)
    elif strength >= FAINT:
        yield Finding("document.perhaps", "document", round(30 + 40 * strength), place, cure)


def _kind(page: Page) -> tuple[str, float]:
    """Return the kind of paper, empty where it is not sure to be one, and how sure the reader is."""
    told, strength = papers.told(page.words), page.strength
    if told and told.kind != "whiteboard":
        # A page with a number may be a picture in a file that is a document anyway.
        alone = told.alone and (page.page is None or told.kind in PERSONAL)
        if alone or strength >= FAINT:
            return told.kind, strength
    if _is_board(page, strength):
        return "whiteboard", strength
    return (page.looks if strength >= SURE else ""), strength


def _is_board(page: Page, strength: float) -> bool:
    """Return whether a page is a board: by its looks and either its words or that it may be a document."""
    written = max((one.strength for one in page.of("board")), default=0.0)
    if written < DRAWN_ON or (written < DRAWN_IN_COLOURS and page.of("red_header", "star")):
        return False
    words = papers.points(page.words)["whiteboard"]
    return (written >= DRAWN_IN_COLOURS and (words >= 1 or strength >= FAINT)) or words >= 2


def _marks(page: Page) -> Iterator[Finding]:
    """Yield what makes a page official: its red head, a seal or stamp, a watermark."""
    paper = page.strength >= SURE
    if any(one.strength >= DRAWN_IN_COLOURS for one in page.of("board")):
        return  # an underlined red word on a board is a marker's
    if not paper and page.words.count("\n") + 1 < SOME_LINES:
        return
    head, pressed = page.of("red_header", "star"), page.of("seal", "stamp")
    if head:
        score = HEADED + OFFICIAL * bool(pressed) + NUMBERED * page.numbered
        yield _mark("document.official", min(MOST, score), [*head, *pressed])
    elif pressed:
        yield _mark("document.sealed", PRESSED + NUMBERED * page.numbered if paper else PRESSED_ONLY, pressed)
    if behind := page.of("watermark"):
        yield _mark("document.watermark", BEHIND + NUMBERED * page.numbered, behind)


def _mark(rule: str, score: int, signals: Sequence[Signal]) -> Finding:
    places = tuple(Place(one.part, page=one.page, box=one.box) for one in signals)
    return Finding(rule, "document", score, places, ("cover_boxes",))
