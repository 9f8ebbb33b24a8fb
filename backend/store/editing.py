"""Changes to many terms at once: checked before any is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.store import details, terms
from backend.store.database import Store
from backend.store.making import LEVELS, BadTerm, checked_text, details_of
from backend.store.search import Filter


class BadEdit(ValueError):
    """A change that some term does not allow; ``reason`` is a key of :data:`backend.store.making.REASONS`."""

    def __init__(self, field: str, reason: str, text: str = "") -> None:
        """Take the field, the reason, and the words of the term if it is about one."""
        super().__init__(reason)
        self.field, self.reason, self.text = field, reason, text


def columns_of(store: Store, id: str, wanted: Filter, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that change; raises :class:`BadEdit`, :class:`backend.store.NotFound`.

    A level takes the place of a score, and a score that of a level.
    """
    try:
        checked = details_of(given)
    except BadTerm as error:
        raise BadEdit(error.reason, error.reason) from None
    found = {name: details.column(name, getattr(checked, name)) for name in details.NAMES if name in given}
    if "level" in given:
        if given["level"] not in (None, *LEVELS):
            raise BadEdit("level", "level")
        found["level"] = given["level"]
    if found.get("level") and found.get("score") is not None:
        raise BadEdit("level", "level_and_score")
    if found.get("level"):
        found["score"] = None
    elif found.get("score") is not None:
        found["level"] = None
    if "form" in given:
        _check_form(store, id, wanted, given["form"])
        found["form"] = given["form"]
    return found


def _check_form(store: Store, id: str, wanted: Filter, form: str) -> None:
    for term in terms.matching(store, id, wanted):
        try:
            checked_text(term.text, form)
        except BadTerm as error:
            raise BadEdit("form", error.reason, term.text) from None
