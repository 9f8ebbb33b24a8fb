"""A term's details in columns: tuples become words with spaces, or lines, between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

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
    """Return a function from the values of :data:`COLUMNS` to a term; those with the same details share them."""
    known: dict[tuple[Any, ...], Details] = {_NOTHING: PLAIN}

    def read(row: Sequence[Any]) -> Term:
        rest = tuple(row[3:])
        details = known.get(rest)
        if details is None:
            details = known[rest] = from_columns(dict(zip(NAMES, rest, strict=True)))
        return Term(row[0], row[1], _LEVELS[row[2]], details)

    return read


def read_all(connection: Connection, where: Sequence[ColumnElement[bool]]) -> list[Term]:
    """Return all terms that meet conditions, in their order.

    The start of the server waits for this, so a list whose terms have no details is asked for three
    columns, and the driver's own tuples are taken: a third of the time.
    """
    detailed = or_(*(column.is_not(None) for column in COLUMNS[3:]))
    if connection.execute(select(terms.c.id).where(*where, detailed).limit(1)).first() is None:
        found = _tuples(connection, select(*COLUMNS[:3]).where(*where))
        return [Term(text, form, _LEVELS[level]) for text, form, level in found]
    return list(map(reader(), _tuples(connection, select(*COLUMNS).where(*where))))


def _tuples(connection: Connection, query: Select[Any]) -> list[tuple[Any, ...]]:
    cursor = connection.execute(query.order_by(terms.c.id)).cursor
    return [] if cursor is None else list(cursor.fetchall())


_LEVELS: dict[str | None, Level | None] = {None: None, **{level.word: level for level in Level}}
_EMPTY = dict.fromkeys(NAMES)
_NOTHING: tuple[Any, ...] = (None,) * len(NAMES)
