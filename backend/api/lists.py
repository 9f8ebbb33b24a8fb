"""``/v1/lists``: a user's own terms under a name.

Every answer carries the list's version as ``ETag``; a change that names another one
in ``If-Match`` is refused, so that two editors do not overwrite each other.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, request, url_for

from backend.http import auditing, body, etag, operation, owners, reply, shapes, who
from backend.http.owners import Owner
from backend.http.services import services
from backend.http.term_shapes import (
    LIST_BODY,
    MOST_TERMS,
    Channels,
    Day,
    EverydayTerm,
    Languages,
    Sites,
    TermShape,
    everyday_of,
    shown_details,
    to_details,
    to_terms,
)
from backend.http.term_shapes import Level as ListLevel
from backend.model import Level
from backend.store import lists, terms
from backend.store.details import LIMITS
from backend.store.lists import Entry

blueprint = Blueprint("lists", __name__)
ListName = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"\S")]
Position = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class NewList(msgspec.Struct, forbid_unknown_fields=True):
    """A list to be made, with its first terms; what it says of languages and so on counts for terms that do not."""

    name: ListName
    level: ListLevel = "stop"
    enabled: bool = True
    terms: Annotated[list[str | TermShape], msgspec.Meta(max_length=MOST_TERMS)] = []
    observe: bool = False
    """It counts what it would have asked and never interrupts."""
    languages: Languages = []
    channels: Channels = []
    sites: Sites = []
    valid_from: Day = ""
    valid_until: Day = ""
    confirm: bool | None = None
    """``false``: refuse everyday words; ``null``: take them and tell."""
    owner: Owner = "everybody"
    """``me``: a list that counts for the caller alone, and that nobody else of the team can see."""


class ListChange(msgspec.Struct, forbid_unknown_fields=True):
    """What of a list is to change; what is not named stays."""

    name: ListName | msgspec.UnsetType = msgspec.UNSET
    level: ListLevel | msgspec.UnsetType = msgspec.UNSET
    enabled: bool | msgspec.UnsetType = msgspec.UNSET
    observe: bool | msgspec.UnsetType = msgspec.UNSET
    position: Position | msgspec.UnsetType = msgspec.UNSET
    languages: Languages | msgspec.UnsetType = msgspec.UNSET
    channels: Channels | msgspec.UnsetType = msgspec.UNSET
    sites: Sites | msgspec.UnsetType = msgspec.UNSET
    valid_from: Day | msgspec.UnsetType = msgspec.UNSET
    valid_until: Day | msgspec.UnsetType = msgspec.UNSET


class ListInfo(msgspec.Struct):
    """A list without its terms."""

    id: str
    name: str
    level: ListLevel
    enabled: bool
    terms: shapes.Count
    """How many terms it has."""
    version: shapes.Count
    observe: bool
    position: shapes.Count
    owner: Owner
    languages: Languages
    channels: Channels
    sites: Sites
    valid_from: Day
    valid_until: Day
    everyday: list[EverydayTerm] | msgspec.UnsetType = msgspec.UNSET
    """Of a list that was just made: which of its terms are everyday language."""


class AllLists(msgspec.Struct):
    """Everybody's lists in their order, those of one position by name; then the caller's own."""

    lists: list[ListInfo]


class Order(msgspec.Struct, forbid_unknown_fields=True):
    """Lists in the order that is wanted; those not named come after them as they are.

    Everybody's and the caller's own are ordered by themselves.
    """

    lists: Annotated[list[str], msgspec.Meta(max_length=10_000)]


def info(entry: Entry) -> dict[str, Any]:
    """Return a list as the API shows it."""
    names = ("id", "name", "enabled", "terms", "version", "observe", "position")
    fields = {name: getattr(entry, name) for name in names}
    return {**fields, "level": entry.level.word, "owner": owners.shown(entry), **shown_details(entry.defaults)}


def shown(entry: Entry, status: int = 200, more: dict[str, Any] | None = None, **headers: str) -> Response:
    """Return a list as a response with its version."""
    return reply.json({**info(entry), **(more or {})}, status, ETag=etag.tag(entry.version), **headers)


@blueprint.get("/v1/lists")
@operation.describes(
    "Read all lists, without their terms",
    answers={200: AllLists},
    query=(operation.Query("owner", "`me` or `everybody`; all.", {"type": "string", "enum": ["me", "everybody"]}),),
    problems=("invalid",),
    role=operation.MEMBER,
)
def read_all() -> Response:
    """Answer with all lists in their order."""
    asked = body.convert(request.args.get("owner"), Owner | None)
    return reply.json({"lists": [info(entry) for entry in owners.all_named(asked)]})


@blueprint.put("/v1/lists/order")
@operation.describes(
    "Put the lists in order",
    details="Where two lists hold the same words, the first one speaks.",
    body=Order,
    answers={200: AllLists},
    problems=("not_found",),
    role=operation.MEMBER,
)
def reorder() -> Response:
    """Order them; the next check goes by it."""
    found = [owners.open_(id) for id in body.read_json(request, Order).lists]
    for owner in sorted({entry.owner for entry in found}):
        lists.reorder(auditing.store(), [entry.id for entry in found if entry.owner == owner], owner)
    services().live.refresh()
    return reply.json({"lists": [info(entry) for entry in owners.all_named()]})


@blueprint.post("/v1/lists")
@operation.describes(
    "Make a list",
    body=NewList,
    answers={201: ListInfo},
    headers=("ETag", "Location"),
    problems=("conflict", "everyday_words"),
    limit=LIST_BODY,
    role=operation.MEMBER,
)
def create() -> Response:
    """Make a list; the next check sees it."""
    wanted = body.read_json(request, NewList)
    first = to_terms(wanted.terms)
    defaults = to_details({name: getattr(wanted, name) for name in LIMITS})
    everyday = everyday_of(first, wanted.confirm)
    store, owner = auditing.store(), owners.wanted(wanted.owner)
    level, maker = Level.named(wanted.level), who.name()
    with store.write() as connection:
        entry = lists.create_with(
            connection,
            wanted.name,
            level,
            wanted.enabled,
            wanted.observe,
            defaults,
            at=store.now(),
            who=maker,
            owner=owner,
        )
        terms.add_with(connection, entry.id, first)
        entry = lists.read_with(connection, entry.id)
        lists.check_room(connection, entry)
        lists.note(store, connection, "list.made", entry, terms=entry.terms)
    services().live.refresh()
    return shown(entry, 201, {"everyday": everyday}, Location=url_for("lists.read", id=entry.id))


@blueprint.get("/v1/lists/<id>")
@operation.describes(
    "Read a list, without its terms",
    answers={200: ListInfo},
    headers=("ETag",),
    problems=("not_found",),
    role=operation.MEMBER,
)
def read(id: str) -> Response:
    """Answer with the list and its version."""
    return shown(owners.named(id))


@blueprint.patch("/v1/lists/<id>")
@operation.describes(
    "Change a list's name, level, switches, or what it sets for its terms",
    body=ListChange,
    answers={200: ListInfo},
    headers=("ETag",),
    problems=("not_found", "conflict", "changed_meanwhile"),
    if_match=True,
    role=operation.MEMBER,
)
def change(id: str) -> Response:
    """Change what is named; the next check sees it."""
    wanted = body.read_json(request, ListChange)
    changes: dict[str, Any] = {
        name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not msgspec.UNSET
    }
    if "level" in changes:
        changes["level"] = Level.named(changes["level"])
    checked = to_details({name: value for name, value in changes.items() if name in LIMITS})
    changes |= {name: getattr(checked, name) for name in LIMITS if name in changes}
    entry = lists.change(auditing.store(), owners.open_(id).id, changes, etag.seen(request), who.name())
    services().live.refresh()
    return shown(entry)


@blueprint.delete("/v1/lists/<id>")
@operation.describes(
    "Delete a list with its terms and its history",
    answers={204: None},
    problems=("not_found", "changed_meanwhile"),
    if_match=True,
    role=operation.MEMBER,
)
def remove(id: str) -> Response:
    """Delete it; the next check does not see it any more."""
    lists.remove(auditing.store(), owners.open_(id).id, etag.seen(request))
    services().live.refresh()
    return reply.nothing()
