"""A draft as detectors see it: every part with its views and the literals found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from backend.documents import Library
from backend.model import Draft, Finding, Gap, Part, Policy, TermList
from backend.sealed import Sealed
from backend.text.index import Hit
from backend.text.layout import Layout
from backend.text.normalise import Normalised


class CaseText:
    """One part in one way of reading it: as written, or with spaced-out letters closed up."""

    def __init__(self, part: Part, view: Normalised, hits: Mapping[str, Sequence[Hit]]) -> None:
        """Keep the part, its views, and the literal hits of each detector by the detector's name."""
        self.part = part
        self.view = view
        self.hits = hits

    @cached_property
    def layout(self) -> Layout:
        """Where the part's words stand on their page."""
        return Layout(self.part)


@dataclass(frozen=True)
class Case:
    """All that a detector may look at."""

    draft: Draft
    policy: Policy
    texts: tuple[CaseText, ...]

    def pages(self) -> Iterator[Part]:
        """Yield what was read from pictures, one part a page."""
        for attachment in self.draft.attachments:
            yield from (part for part in attachment.reading.parts if part.origin == "ocr")


@dataclass(frozen=True)
class Resources:
    """What detectors are built from."""

    lists: tuple[TermList, ...] = ()
    pack_folders: tuple[Path, ...] = ()
    documents: Library | None = None
    sentences: bool = False
    """Whether the optional sentence model is asked in doubt."""
    sealed: tuple[Sealed, ...] = ()


class Detector(Protocol):
    """What ``build(resources)`` of a module in ``backend/detectors/`` gives back."""

    def literals(self) -> Sequence[str]:
        """Return the folded literals that the one index looks up for this detector."""

    def detect(self, case: Case) -> Iterable[Finding | Gap]:
        """Yield what this detector sees, and gaps for what it could not look at.

        A hit's number is its place in :meth:`literals`.
        """
