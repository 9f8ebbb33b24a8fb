"""What is signed for others: one of one's lists, a sealed list, a pack."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from backend.exchange.writing import fields
from backend.model import Term, TermList
from backend.sealed import BadSeal, loads
from backend.store import Store, lists
from backend.store.details import LIMITS
from backend.subscriptions.parcel import BadParcel


def of(store: Store, what: str) -> tuple[str, str, Any]:
    """Return the kind, the name and the content of what a person means: a file, or one of their lists.

    Raises :class:`backend.store.NotFound`, :class:`BadParcel` for a file that is neither a pack nor a sealed list.
    """
    path = Path(what)
    if path.suffix == ".toml" and path.is_file():
        return "pack", path.stem, path.read_text(encoding="utf-8")
    if path.is_file():
        data = path.read_bytes()
        try:
            return "sealed", loads(data).name, json.loads(data)
        except BadSeal:
            raise BadParcel("bad_content") from None
    entry = lists.find(store, what)
    terms = standing_alone(lists.term_list(store, entry))
    return "list", entry.name, {"level": entry.level.word, "terms": [fields(term) for term in terms]}


def standing_alone(of: TermList) -> list[Term]:
    """Return the terms with what their list says for them: a followed list has no details of its own."""
    said = {name: value for name in LIMITS if (value := getattr(of.defaults, name))}
    return [
        term._replace(
            details=replace(term.details, **{name: getattr(term.details, name) or said[name] for name in said})
        )
        for term in of.terms
    ]
