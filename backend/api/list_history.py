"""``/v1/lists/<id>/history`` and beside it: undo, export, and what a list observed."""

from __future__ import annotations

from typing import Literal

import msgspec
from flask import Blueprint, Response, request

from backend.api.lists import info
from backend.exchange import writing
from backend.http import auditing, body, etag, operation, owners, reply, shapes, who
from backend.http.services import services
from backend.store import history, lists, observations, terms, totals
from backend.store.search import ALL

blueprint = Blueprint("list_history", __name__)
Kind = Literal["csv", "json", "tsv", "txt"]


class VersionInfo(msgspec.Struct):
    """Who changed a list when, and what of it."""

    version: shapes.Count
    at: str
    who: str
    """The name of a token, `command line` or `settings page`; empty where it is not known."""
    action: Literal["created", "settings", "terms", "replaced", "imported", "edited", "undone"]
    added: shapes.Count
    changed: shapes.Count
    removed: shapes.Count
    can_undo: bool


class History(msgspec.Struct):
    """The history of a list, newest first."""

    versions: list[VersionInfo]


class Undone(msgspec.Struct):
    """What undoing did: the version that was taken back, and the list's new one."""

    undone: shapes.Count
    added: shapes.Count
    removed: shapes.Count
    total: shapes.Count
    version: shapes.Count


class ObservedWeek(msgspec.Struct):
    """One week from its Monday on: drafts by level, and how often the list would have asked."""

    week: str
    note: shapes.Count
    warn: shapes.Count
    stop: shapes.Count
    asked: shapes.Count


class Observations(msgspec.Struct):
    """What a list in observe mode counted, newest week first."""

    weeks: list[ObservedWeek]
    this_week: shapes.Count
    """How often it would have asked this week."""


@blueprint.get("/v1/lists/<id>/history")
@operation.describes(
    "Read who changed a list, and when", answers={200: History}, problems=("not_found",), role=operation.MEMBER
)
def read(id: str) -> Response:
    """Answer with the newest thousand versions."""
    owners.open_(id)
    return reply.json({"versions": history.read(services().store, id)})


@blueprint.delete("/v1/lists/<id>/history")
@operation.describes(
    "Forget the history of a list, with the terms it removed; nothing can be undone then",
    answers={204: None},
    problems=("not_found", "changed_meanwhile"),
    if_match=True,
    role=operation.MEMBER,
)
def forget(id: str) -> Response:
    """Forget it."""
    owners.open_(id)
    history.forget(auditing.store(), id, etag.seen(request))
    return reply.nothing()


@blueprint.post("/v1/lists/<id>/undo")
@operation.describes(
    "Take back the newest change of a list, then the one before it, and so on",
    details="The last 50 changes can be undone. Undoing is a version of its own.",
    answers={200: Undone},
    headers=("ETag",),
    problems=("not_found", "changed_meanwhile", "conflict", "nothing_to_undo"),
    if_match=True,
    role=operation.MEMBER,
)
def undo(id: str) -> Response:
    """Take it back; the next check goes by it."""
    done, entry = lists.undo(auditing.store(), owners.open_(id).id, etag.seen(request), who.name())
    services().live.refresh()
    content = {"undone": done.version, "added": done.added, "removed": done.removed}
    content |= {"total": entry.terms, "version": entry.version}
    return reply.json(content, ETag=etag.tag(entry.version))


@blueprint.get("/v1/lists/<id>/export")
@operation.describes(
    "Write a list as a file",
    details="What is written can be imported again; `txt` holds the words alone, only `json` the list's own settings.",
    answers={200: "application/octet-stream"},
    query=(operation.Query("format", "The kind.", {"type": "string", "enum": list(writing.KINDS), "default": "json"}),),
    problems=("not_found", "invalid"),
    role=operation.MEMBER,
)
def export(id: str) -> Response:
    """Answer with the file."""
    kind = body.convert(request.args.get("format", "json"), Kind)
    store = services().store
    entry = owners.open_(id)
    content = writing.write(kind, terms.matching(store, id, ALL), {**info(entry), "terms": []})
    response = Response(content, 200, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="list.{kind}"'
    return response


@blueprint.get("/v1/lists/<id>/observations")
@operation.describes(
    "Read how often a list in observe mode would have asked",
    details="Drafts are counted, not key strokes, and nothing of their words is kept.\n"
    "Of a team's list: only weeks that are over, levels that at least ten people saw, and to the nearest five.",
    answers={200: Observations},
    problems=("not_found",),
    role=operation.MEMBER,
)
def observed(id: str) -> Response:
    """Answer with the weeks."""
    store = services().store
    entry = owners.open_(id)
    is_shared = services().config.is_team and not entry.owner
    found = totals.observed(store, id) if is_shared else observations.read(store, id)
    weeks = [{**msgspec.to_builtins(week), "asked": week.asked} for week in found]
    now = observations.monday(store.day())
    this_week = next((week["asked"] for week in weeks if week["week"] == now), 0)
    return reply.json({"weeks": weeks, "this_week": this_week})


@blueprint.delete("/v1/lists/<id>/observations")
@operation.describes("Forget what a list observed", answers={204: None}, problems=("not_found",), role=operation.MEMBER)
def forget_observed(id: str) -> Response:
    """Begin anew."""
    owners.open_(id)
    observations.forget(auditing.store(), id)
    return reply.nothing()
