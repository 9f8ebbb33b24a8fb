"""Who changes something, as the history names them."""

from __future__ import annotations

from backend.http import guard
from backend.http.services import services
from backend.store import tokens

PAGE = "settings page"


def name() -> str:
    """Return the name of the caller's token; the server's own pages have one in common."""
    kind, _, id = guard.owner().partition(":")
    if kind != "token":
        return PAGE
    return next((token.name for token in tokens.read_all(services().store) if token.id == id), "")
