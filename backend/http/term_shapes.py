"""Terms as the API takes and shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from backend.http.operation import MEGABYTE
from backend.http.problems import Problem
from backend.model import Term
from backend.store.imports import LONGEST_TERM, make_term

MOST_TERMS = 200_000
LIST_BODY = 64 * MEGABYTE
"""Bytes of a request that brings the terms of a whole list."""


class TermShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=False):
    """A term; a plain string stands for one with the form ``word`` and the list's own level."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TERM)]
    form: Literal["word", "exact", "anywhere", "near", "regex"] = "word"
    level: Literal["note", "warn", "stop"] | None = None


def to_terms(wanted: Iterable[str | TermShape], field: str = "terms") -> list[Term]:
    """Return terms as the store keeps them; raises :class:`Problem` naming the first that cannot be used."""
    found = []
    for place, one in enumerate(wanted):
        shape = TermShape(one) if isinstance(one, str) else one
        term = make_term(shape.text, shape.form, shape.level)
        if term is None:
            detail = f"1 to {LONGEST_TERM} characters with a letter, digit or symbol, in a form that can be looked for"
            raise Problem("invalid", errors=((f"/{field}/{place}", detail),))
        found.append(term)
    return found


def shown(term: Term) -> dict[str, Any]:
    """Return a term as the API shows it."""
    return {"text": term.text, "form": term.form, "level": term.level.word if term.level else None}
