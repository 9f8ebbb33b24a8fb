"""Codes on pictures that let in, identify or charge whoever is shown on them: what a camera reads and people do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.case import Case, Resources
from backend.model import Attachment, Finding, Place

MOST_PLACES = 50
TO_SOMEONE = ("message", "mail")


@dataclass(frozen=True)
class Weight:
    """How loud a kind of code is, and in which category."""

    score: int
    category: str
    between: int
    """The score in a message or a mail, where it may be meant for the one who gets it."""


WEIGHTS = {
    "wallet_key": Weight(92, "credential", 92),
    "otp": Weight(90, "credential", 88),
    "identity": Weight(86, "identifier", 64),
    "boarding_pass": Weight(74, "identifier", 50),
    "health": Weight(72, "identifier", 48),
    "pay": Weight(70, "credential", 66),
    "login": Weight(68, "credential", 66),
    "token": Weight(66, "credential", 42),
    "device": Weight(66, "credential", 48),
    "wifi": Weight(65, "credential", 42),
    "ticket": Weight(64, "identifier", 42),
    "contact": Weight(42, "identifier", 32),
    "payment": Weight(40, "identifier", 32),
    "wallet": Weight(38, "identifier", 32),
}
"""Keys and codes that open an account are grave; what is made to be shown, as a shop's payment code, is a note."""


def build(_resources: Resources) -> Codes:
    """Return the detector."""
    return Codes()


class Codes:
    """One finding for each kind of code in an attachment."""

    def literals(self) -> Sequence[str]:
        """Return none: this detector looks at signals, not words."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each kind of code that matters, with all places of that kind."""
        for attachment in case.draft.attachments:
            for kind, places in _kinds(attachment).items():
                weight = WEIGHTS[kind]
                score = weight.between if case.draft.channel in TO_SOMEONE else weight.score
                yield Finding(f"code.{kind}", weight.category, score, tuple(places[:MOST_PLACES]), ("cover_boxes",))


def _kinds(attachment: Attachment) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for signal in attachment.reading.signals:
        kind = signal.details.get("kind", "")
        if signal.kind == "code" and kind in WEIGHTS:
            found.setdefault(kind, []).append(Place(signal.part, page=signal.page, box=signal.box))
    return found
