"""The shapes that several operations answer with, as the contract names them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

LevelName = Literal["clear", "note", "warn", "stop"]
CategoryName = Literal[
    "marking",
    "list",
    "identifier",
    "credential",
    "situation",
    "document",
    "quotation",
    "metadata",
    "intimate",
]
Score = Annotated[int, msgspec.Meta(ge=0, le=100)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Place(msgspec.Struct):
    """A span of a text in UTF-16 code units, a box in pixels of the picture as sent, or a whole part."""

    part: str
    start: Count | msgspec.UnsetType = msgspec.UNSET
    end: Count | msgspec.UnsetType = msgspec.UNSET
    page: Annotated[int, msgspec.Meta(ge=1)] | msgspec.UnsetType = msgspec.UNSET
    box: Annotated[list[int], msgspec.Meta(min_length=4, max_length=4)] | msgspec.UnsetType = msgspec.UNSET


class Finding(msgspec.Struct):
    """One thing seen, in the language of ``Accept-Language`` (en, vi, zh)."""

    rule: str
    category: CategoryName
    level: LevelName
    score: Score
    title: str
    reason: str
    advice: str
    places: list[Place]
    remedies: list[Literal["cut_text", "cover_boxes", "strip_metadata"]]


class Gap(msgspec.Struct):
    """A part that could not be checked, and why; it must be shown, and never counts as clear."""

    part: str
    reason: str
    message: str
    page: Annotated[int, msgspec.Meta(ge=1)] | msgspec.UnsetType = msgspec.UNSET


class Verdict(msgspec.Struct):
    """The answer to a draft: the level tells what was seen, the gaps what was not looked at."""

    id: str
    level: LevelName
    score: Score
    elapsed_ms: Annotated[float, msgspec.Meta(ge=0)]
    findings: list[Finding]
    gaps: list[Gap]
    action: Literal["mark", "ask", "hold", "refuse"] | msgspec.UnsetType = msgspec.UNSET
    """What the policy lets this level do where that is not as usual: a dot, one question, a held send that a second
    step lets through, a held send without that step."""
    observed: list[Finding] | msgspec.UnsetType = msgspec.UNSET
    """What lists that only count saw, without places; told to the server's own pages alone, and then not counted."""


class ProblemError(msgspec.Struct):
    """One field that is wrong; the value itself is not repeated."""

    pointer: str
    detail: str


class Problem(msgspec.Struct):
    """An error as RFC 9457 has it."""

    type: str
    title: str
    status: int
    errors: list[ProblemError] | msgspec.UnsetType = msgspec.UNSET
