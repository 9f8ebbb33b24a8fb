"""Pictures that show a document: what a marking on it would make worse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backend.case import Case, Resources
from backend.model import Finding, Place, Signal

SURE = 0.5
"""The strength at which the reader takes a picture for one of a document."""
OFFICIAL = 5
"""Points for a red header or a seal."""
PAPERS = ("page", "id", "receipt", "screen")


def build(resources: Resources) -> Document:
    """Return the detector."""
    return Document()


class Document:
    """One finding for each picture of a document."""

    def literals(self) -> Sequence[str]:
        """Return none: this detector looks at pictures, not words."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each attachment that shows a document, or perhaps does."""
        for attachment in case.draft.attachments:
            signals = attachment.reading.signals
            shown = max((s for s in signals if s.kind == "document"), key=lambda s: s.strength, default=None)
            if shown is not None:
                official = any(signal.kind in ("red_header", "seal") for signal in signals)
                yield _finding(shown, official)


def _finding(shown: Signal, official: bool) -> Finding:
    place = Place(shown.part, page=shown.page, box=shown.box)
    kind = shown.details.get("kind", "page")
    if shown.strength < SURE:
        return Finding("document.perhaps", "document", round(30 + 40 * shown.strength), (place,), ("cover_boxes",))
    score = round(60 + 15 * (shown.strength - SURE) / (1 - SURE)) + OFFICIAL * official
    rule = f"document.{kind}" if kind in PAPERS[1:] else "document.photo"
    return Finding(rule, "document", score, (place,), ("cover_boxes",))
