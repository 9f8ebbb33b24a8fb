"""``/v1/lists``: a user's own terms under a name.

Every answer carries the list's version as ``ETag``; a change that names another one
in ``If-Match`` is refused, so that two editors do not overwrite each other.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from flask import Blueprint, Response, request, url_for

from backend.http import body, etag, operation, reply, shapes
from backend.http.services import services
from backend.http.term_shapes import LIST_BODY, MOST_TERMS, TermShape, to_terms
from backend.model import Level
from backend.store import lists, terms
from backend.store.lists import Entry

blueprint = Blueprint("lists", __name__)
ListLevel = Literal["note", "warn", "stop"]
ListName = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"\S")]


class NewList(msgspec.Struct, forbid_unknown_fields=True):
    """A list to be made, with its first terms."""

    name: ListName
    level: ListLevel = "stop"
    enabled: bool = True
    terms: Annotated[list[str | TermShape], msgspec.Meta(max_length=MOST_TERMS)] = []


class ListChange(msgspec.Struct, forbid_unknown_fields=True):
    """What of a list is to change; what is not named stays."""

    name: ListName | msgspec.UnsetType = msgspec.UNSET
    level: ListLevel | msgspec.UnsetType = msgspec.UNSET
    enabled: bool | msgspec.UnsetType = msgspec.UNSET


class ListInfo(msgspec.Struct):
    """A list without its terms."""

    id: str
    name: str
    level: ListLevel
    enabled: bool
    terms: shapes.Count
    """How many terms it has."""
    version: shapes.Count


class AllLists(msgspec.Struct):
    """All lists by name."""

    lists: list[ListInfo]


def info(entry: Entry) -> dict[str, Any]:
    """Return a list as the API shows it."""
    fields = {name: getattr(entry, name) for name in ("id", "name", "enabled", "terms", "version")}
    return {**fields, "level": entry.level.word}


def shown(entry: Entry, status: int = 200, **headers: str) -> Response:
    """Return a list as a response with its version."""
    return reply.json(info(entry), status, ETag=etag.tag(entry.version), **headers)


@blueprint.get("/v1/lists")
@operation.describes("Read all lists, without their terms", answers={200: AllLists})
def read_all() -> Response:
    """Answer with all lists by name."""
    return reply.json({"lists": [info(entry) for entry in lists.read_all(services().store)]})


@blueprint.post("/v1/lists")
@operation.describes(
    "Make a list",
    body=NewList,
    answers={201: ListInfo},
    headers=("ETag", "Location"),
    problems=("conflict",),
    limit=LIST_BODY,
)
def create() -> Response:
    """Make a list; the next check sees it."""
    wanted = body.read_json(request, NewList)
    first = to_terms(wanted.terms)
    store = services().store
    with store.write() as connection:
        entry = lists.create_with(connection, wanted.name, Level.named(wanted.level), wanted.enabled)
        terms.add_with(connection, entry.id, first)
        entry = lists.read_with(connection, entry.id)
    services().live.refresh()
    return shown(entry, 201, Location=url_for("lists.read", id=entry.id))


@blueprint.get("/v1/lists/<id>")
@operation.describes(
    "Read a list, without its terms", answers={200: ListInfo}, headers=("ETag",), problems=("not_found",)
)
def read(id: str) -> Response:
    """Answer with the list and its version."""
    return shown(lists.read(services().store, id))


@blueprint.patch("/v1/lists/<id>")
@operation.describes(
    "Change a list's name, level or switch",
    body=ListChange,
    answers={200: ListInfo},
    headers=("ETag",),
    problems=("not_found", "conflict", "changed_meanwhile"),
    if_match=True,
)
def change(id: str) -> Response:
    """Change what is named; the next check sees it."""
    wanted = body.read_json(request, ListChange)
    changes: dict[str, Any] = {
        name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not msgspec.UNSET
    }
    if "level" in changes:
        changes["level"] = Level.named(changes["level"])
    entry = lists.change(services().store, id, changes, etag.seen(request))
    services().live.refresh()
    return shown(entry)


@blueprint.delete("/v1/lists/<id>")
@operation.describes(
    "Delete a list with its terms", answers={204: None}, problems=("not_found", "changed_meanwhile"), if_match=True
)
def remove(id: str) -> Response:
    """Delete it; the next check does not see it any more."""
    lists.remove(services().store, id, etag.seen(request))
    services().live.refresh()
    return reply.nothing()
