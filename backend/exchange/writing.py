"""Write a list as TXT, CSV, TSV or JSON; what is written is read again as it was."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from backend.model import Details, Term
from backend.store.details import NAMES
from backend.store.imports import is_formula

KINDS = ("txt", "csv", "tsv", "json")
"""What can be written; TXT holds the words alone."""
MEDIA_TYPES = {"txt": "text/plain", "csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/json"}
_MARK = "\ufeff"
"""By which Excel knows that a CSV file is UTF-8."""


def details_fields(details: Details) -> dict[str, Any]:
    """Return the details that are not empty, as JSON has them."""
    fields = {name: getattr(details, name) for name in NAMES}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in fields.items()
        if value not in (None, "", ())
    }


def fields(term: Term) -> dict[str, Any]:
    """Return a term as JSON has it; details that are empty are left out."""
    own = {"text": term.text, "form": term.form, "level": term.level.word if term.level else None}
    return {**own, **details_fields(term.details)}


def write(kind: str, terms: Iterable[Term], about: Mapping[str, Any]) -> bytes:
    """Return a file of one of :data:`KINDS`; ``about`` is the list itself, which only JSON keeps."""
    if kind == "json":
        return json.dumps({**about, "terms": [fields(term) for term in terms]}, ensure_ascii=False, indent=1).encode()
    if kind == "txt":
        return "".join(f"{term.text}\n" for term in terms).encode()
    return _table(terms, "\t" if kind == "tsv" else ",").encode()


def _table(terms: Iterable[Term], separator: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(("text", "form", "level", *NAMES))
    for term in terms:
        found = fields(term)
        writer.writerow([_cell(found.get(name)) for name in ("text", "form", "level", *NAMES)])
    return _MARK + out.getvalue()


def _cell(value: Any) -> str:
    """Return a cell; one that a spreadsheet would take for a formula gets a ``'`` before it."""
    if isinstance(value, list):
        value = " | ".join(value)
    text = "" if value is None else str(value)
    return f"'{text}" if is_formula(text) else text
