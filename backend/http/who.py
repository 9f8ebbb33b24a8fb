"""Who changes something, as the history names them."""

from __future__ import annotations

from backend.http import guard

PAGE = "settings page"


def name() -> str:
    """Return the name of the caller: the person, or the token; the pages of a machine without people have one."""
    return guard.caller().name
