"""Whose a list is: everybody's, or one person's own, which nobody else can read, change or count by the API.

A list that is somebody else's own answers as one that is not there.
"""

from __future__ import annotations

from typing import Literal

from backend.http import guard
from backend.http.operation import EDITOR
from backend.http.problems import Problem
from backend.http.services import services
from backend.store import NotFound, lists
from backend.store.lists import EVERYBODY, Entry

Owner = Literal["me", "everybody"]


def named(id: str) -> Entry:
    """Return a list as everybody may see it: without its terms; raises :class:`NotFound`."""
    entry = lists.read(services().store, id)
    if entry.owner not in (EVERYBODY, guard.caller().person_id):
        raise NotFound("list")
    return entry


def open_(id: str) -> Entry:
    """Return a list whose terms the caller may read and change: an own one, or an editor everybody's."""
    entry = named(id)
    if entry.owner == EVERYBODY:
        guard.require(EDITOR)
    return entry


def wanted(owner: Owner) -> str:
    """Return the owner that a new list gets; on a server of one person all lists are alike."""
    if owner == "me" and services().config.is_team:
        if not guard.caller().person_id:
            raise Problem("invalid", errors=(("/owner", "everybody: whoever has no name here has no own lists"),))
        return guard.caller().person_id
    guard.require(EDITOR)
    return EVERYBODY


def shown(entry: Entry) -> Owner:
    """Return whose a list is, as the API says it to whom it is shown."""
    return "me" if entry.owner else "everybody"


def all_named(owner: Owner | None = None) -> list[Entry]:
    """Return the lists that the caller may know of: everybody's, then their own."""
    store, person = services().store, guard.caller().person_id
    found = lists.read_all(store) if owner != "me" or not services().config.is_team else []
    return found + (lists.read_all(store, person) if person and owner != "everybody" else [])
