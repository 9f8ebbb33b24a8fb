"""Who does something, as the audit log of a team names them; one person's own server keeps none.

What changes the store takes it from :func:`store`, and the store's own functions write the entry in the same
transaction.  What changes something else calls :func:`note` when it is done.
"""

from __future__ import annotations

from typing import Any

from backend.http import guard
from backend.http.services import services
from backend.store import Store, audit
from backend.store.database import Author


def store() -> Store:
    """Return the store for the one who asks: their changes are written down where people have roles."""
    found = services()
    return found.store.by(_author()) if found.config.is_team else found.store


def note(action: str, subject: str, **detail: Any) -> None:
    """Write down what the caller has done; never a term, a word of a draft, a token, a code or an address."""
    written = store()
    if written.author is None:
        return
    with written.write() as connection:
        audit.note(written, connection, action, subject, **detail)


def _author() -> Author:
    caller = guard.caller()
    return Author(caller.name, caller.person_id)
