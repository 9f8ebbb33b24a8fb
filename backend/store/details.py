"""A term's details in columns: tuples become words with spaces, or lines, between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backend.model import PLAIN, Details, Level, Term
from backend.store.tables import terms

LIMITS = ("languages", "channels", "sites", "valid_from", "valid_until")
"""What a list may set for its terms."""
NAMES = (*LIMITS, "score", "category", "note", "exceptions")
_JOINTS = {"languages": " ", "channels": " ", "sites": " ", "exceptions": "\n"}
COLUMNS = tuple(terms.c[name] for name in ("text", "form", "level", *NAMES))


def to_columns(details: Details, names: Sequence[str] = NAMES) -> dict[str, Any]:
    """Return the values of the columns; nothing is ``None``."""
    return {name: column(name, getattr(details, name)) for name in names}


def column(name: str, value: Any) -> Any:
    """Return one value as its column keeps it."""
    if name in _JOINTS:
        return _JOINTS[name].join(value) or None
    return None if value == "" else value


def from_columns(values: Mapping[str, Any]) -> Details:
    """Return details from the columns that are there."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if value is not None:
            fields[name] = tuple(value.split(_JOINTS[name])) if name in _JOINTS else value
    return Details(**fields)


def term_columns(term: Term) -> dict[str, Any]:
    """Return all columns of a term but those of its list."""
    own = {"text": term.text, "form": term.form, "level": term.level.word if term.level else None}
    return {**own, **(_EMPTY if term.details is PLAIN else to_columns(term.details))}


def reader() -> Callable[[Sequence[Any]], Term]:
    """Return a function from a row of :data:`COLUMNS` to a term; rows with the same details share them."""
    known: dict[tuple[Any, ...], Details] = {_NOTHING: PLAIN}
    levels: dict[str | None, Level | None] = {None: None, **{level.word: level for level in Level}}

    def read(row: Sequence[Any]) -> Term:
        rest = tuple(row[3:])
        details = known.get(rest)
        if details is None:
            details = known[rest] = from_columns(dict(zip(NAMES, rest, strict=True)))
        return Term(row[0], row[1], levels[row[2]], details)

    return read


_EMPTY = dict.fromkeys(NAMES)
_NOTHING: tuple[Any, ...] = (None,) * len(NAMES)
