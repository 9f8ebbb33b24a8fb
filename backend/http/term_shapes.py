"""Terms as the API takes and shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

import msgspec

from backend.exchange.reading import MOST_TERMS
from backend.exchange.writing import details_fields, fields
from backend.http.operation import MEGABYTE
from backend.http.problems import Problem
from backend.model import PLAIN, Details, Term
from backend.request import Channel
from backend.store.details import LIMITS
from backend.store.making import (
    LONGEST_CATEGORY,
    LONGEST_NOTE,
    LONGEST_TERM,
    MOST_OF_EACH,
    REASONS,
    BadTerm,
    details_of,
    term_of,
)
from backend.text import frequency
from backend.text.frequency import Commonness

__all__ = ["LIST_BODY", "MOST_TERMS", "TermShape", "shown", "to_terms"]

LIST_BODY = 64 * MEGABYTE
"""Bytes of a request that brings the terms of a whole list."""
MOST_TOLD = 1_000
"""Everyday words, faults and the like that one answer tells."""
Level = Literal["note", "warn", "stop"]
Form = Literal["word", "exact", "anywhere", "near", "regex"]
Few = msgspec.Meta(max_length=MOST_OF_EACH)
Word = Annotated[str, msgspec.Meta(max_length=253)]
Languages = Annotated[list[Word], Few]
Channels = Annotated[list[Channel], Few]
Sites = Annotated[list[Word], Few]
Day = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Score = Annotated[int, msgspec.Meta(ge=0, le=100)]
Category = Annotated[str, msgspec.Meta(max_length=LONGEST_CATEGORY)]
Note = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]
Exceptions = Annotated[list[Annotated[str, msgspec.Meta(max_length=LONGEST_TERM)]], Few]


class TermShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=False):
    """A term; a plain string stands for one with the form ``word`` and the list's own level.

    In answers, fields beyond the first three are left out where they are empty.
    """

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TERM)]
    form: Form = "word"
    level: Level | None = None
    score: Score | None = None
    """In place of a level."""
    languages: Languages = []
    channels: Channels = []
    sites: Sites = []
    category: Category = ""
    note: Note = ""
    exceptions: Exceptions = []
    valid_from: Day = ""
    valid_until: Day = ""
    """The last day on which it counts."""


class EverydayTerm(msgspec.Struct):
    """A term that is everyday language."""

    text: str
    frequency: float | None
    language: str
    alarms: float | None
    """How often a week it would ask in vain a person who writes 50 posts of 40 words."""


def to_terms(wanted: Iterable[str | TermShape], field: str = "terms") -> list[Term]:
    """Return terms as the store keeps them; raises :class:`Problem` naming the first that cannot be used."""
    found = []
    for place, one in enumerate(wanted):
        try:
            found.append(term_of({"text": one} if isinstance(one, str) else _given(one)))
        except BadTerm as error:
            raise Problem("invalid", errors=((f"/{field}/{place}", REASONS[error.reason]),)) from None
    return found


def _given(shape: TermShape) -> dict[str, Any]:
    """Return the fields that say something, so that a plain term stays a light one."""
    return {name: value for name, value in msgspec.structs.asdict(shape).items() if value not in (None, "", [])}


def to_details(given: dict[str, Any]) -> Details:
    """Return what a list sets for its terms; raises :class:`Problem`."""
    try:
        return details_of({name: given[name] for name in LIMITS if name in given}) if given else PLAIN
    except BadTerm as error:
        raise Problem("invalid", errors=((f"/{error.reason}", REASONS[error.reason]),)) from None


def shown(term: Term) -> dict[str, Any]:
    """Return a term as the API shows it."""
    return fields(term)


def shown_details(details: Details) -> dict[str, Any]:
    """Return what a list sets for its terms, as the API shows it."""
    empty: dict[str, Any] = {"languages": [], "channels": [], "sites": [], "valid_from": "", "valid_until": ""}
    return {**empty, **details_fields(details)}


def everyday_of(terms: Sequence[Term], confirm: bool | None, field: str = "terms") -> list[dict[str, Any]]:
    """Return which terms are everyday language; raises :class:`Problem` where the caller wants to be asked.

    ``confirm`` ``False`` asks, ``None`` adds and tells, ``True`` adds.
    """
    found = frequency.everyday(terms)
    if found and confirm is False:
        places: dict[str, int] = {}
        for place, term in enumerate(terms):
            places.setdefault(term.text, place)
        errors = tuple((f"/{field}/{places[one.text]}", _meaning(one)) for one in found[:MOST_TOLD])
        raise Problem("everyday_words", errors=errors)
    return [told(one) for one in found[:MOST_TOLD]]


def told(one: Commonness) -> dict[str, Any]:
    """Return how common a term is, as the API shows it."""
    return {"text": one.text, "frequency": one.frequency, "language": one.language, "alarms": one.alarms}


def _meaning(one: Commonness) -> str:
    return f"everyday language ({one.language}): about {one.alarms} needless questions a week"
