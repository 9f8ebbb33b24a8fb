"""What a file tells beside what it shows: where a picture was taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backend.case import Case, Resources
from backend.model import Finding, Place

POSITION = 45
"""A note: many photos carry a position, few people know, one click takes it out."""


def build(resources: Resources) -> Metadata:
    """Return the detector."""
    return Metadata()


class Metadata:
    """One finding for each attachment that carries a position."""

    def literals(self) -> Sequence[str]:
        """Return none: this detector looks at signals, not words."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each attachment with a GPS position."""
        for attachment in case.draft.attachments:
            for signal in attachment.reading.signals:
                if signal.kind == "position":
                    place = Place(signal.part, page=signal.page)
                    values = {"position": "{latitude}, {longitude}".format_map({**_unknown(), **signal.details})}
                    yield Finding("metadata.position", "metadata", POSITION, (place,), ("strip_metadata",), values)
                    break


def _unknown() -> dict[str, str]:
    return {"latitude": "?", "longitude": "?"}
