"""``/v1/imports``: a file with terms is read, looked at, and then brought into a list."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

import msgspec
from flask import Blueprint, Response, request, url_for

from backend.api.lists import ListName
from backend.exchange.reading import LARGEST
from backend.http import auditing, body, etag, guard, operation, owners, reply, shapes, waiting, who
from backend.http.importing import Import, TooManyImports, Write, writing
from backend.http.operation import MEGABYTE
from backend.http.owners import Owner
from backend.http.problems import Problem
from backend.http.services import services
from backend.http.term_shapes import MOST_TOLD, EverydayTerm, TermShape, shown, told
from backend.http.term_shapes import Level as ListLevel
from backend.model import Level
from backend.request import whole
from backend.store import lists, terms
from backend.store.making import REASONS

blueprint = Blueprint("imports", __name__)
SAMPLE = 20
DETAILS = """\
TXT (a term a line), CSV, TSV, XLSX (the first sheet) or JSON, told by the ending of the file's name. The first row
of a table may name the columns: text, form, level, score, languages, channels, sites, category, note, exceptions,
valid_from, valid_until. Nothing changes until it is applied. Up to 64 MB and 200,000 terms; forgotten after ten
minutes."""


class Line(msgspec.Struct):
    """A line that was not understood, or that brings a term again."""

    line: shapes.Count
    text: str
    reason: str | msgspec.UnsetType = msgspec.UNSET
    detail: str | msgspec.UnsetType = msgspec.UNSET
    before: shapes.Count | msgspec.UnsetType = msgspec.UNSET
    """The line that had the same term before; the later one counts."""


class ImportResult(msgspec.Struct):
    """What a file did to a list."""

    list: str
    added: shapes.Count
    changed: shapes.Count
    removed: shapes.Count
    total: shapes.Count
    version: shapes.Count


class ImportInfo(msgspec.Struct):
    """What is known of a file until now; of long lists of lines the first 1,000."""

    id: str
    name: str
    state: Literal["reading", "ready", "applying", "done", "failed", "cancelled"]
    done: shapes.Count
    total: shapes.Count
    understood: shapes.Count
    """Terms that can be brought in."""
    not_understood: shapes.Count
    duplicates: shapes.Count
    problems: list[Line]
    repeated: list[Line]
    ignored: list[str]
    """Columns or fields that mean nothing here."""
    everyday: list[EverydayTerm]
    everyday_count: shapes.Count
    sample: list[TermShape]
    message: str
    same: shapes.Count | msgspec.UnsetType = msgspec.UNSET
    """Terms that the list of `list` has just so."""
    differing: shapes.Count | msgspec.UnsetType = msgspec.UNSET
    """Terms that it has otherwise; they would change."""
    result: ImportResult | msgspec.UnsetType = msgspec.UNSET
    """When it is done."""


class Apply(msgspec.Struct, forbid_unknown_fields=True):
    """Where the terms go: to a list by its id, or to a new one by its name."""

    list: Annotated[str, msgspec.Meta(max_length=64)] = ""
    name: ListName | Literal[""] = ""
    level: ListLevel = "stop"
    """Of a new list."""
    replace: bool = False
    """Take the list's other terms away."""
    confirm: bool = False
    """Take everyday words too."""
    owner: Owner = "everybody"
    """Of a new list; ``me``: it counts for the caller alone."""


@blueprint.post("/v1/imports")
@operation.describes(
    "Read a file with terms, and change nothing yet",
    details=DETAILS,
    form={"file": bytes},
    answers={202: ImportInfo},
    headers=("Location",),
    problems=("too_many",),
    limit=LARGEST + MEGABYTE,
    role=operation.MEMBER,
)
def start() -> Response:
    """Begin to read; the answer comes at once."""
    file = body.form_file(request)
    name = whole(file.filename or "")[:255]
    try:
        one = services().importing.start(_owner(), name, file.stream.read())
    except TooManyImports:
        raise Problem("too_many") from None
    return reply.json(_info(one), 202, Location=url_for("imports.read", id=one.id))


@blueprint.get("/v1/imports/<id>")
@operation.describes(
    "See how far a file is, what was understood of it and what was not",
    answers={200: ImportInfo},
    query=(
        waiting.WAIT,
        operation.Query("list", "The id of a list to compare with.", {"type": "string"}),
    ),
    problems=("not_found", "invalid"),
    role=operation.MEMBER,
)
def read(id: str) -> Response:
    """Answer when it is read or written, or when the time to wait is over."""
    one = services().importing.find(_owner(), id)
    with services().waiting.place(waiting.seconds(request)) as granted:
        one.wait(granted)
    return reply.json(_info(one) | _compared(one, request.args.get("list", "")))


@blueprint.post("/v1/imports/<id>/apply")
@operation.describes(
    "Bring the terms of a file into a list",
    details="All or nothing. Everyday words are refused (409 `everyday_words`) unless `confirm` is true.",
    body=Apply,
    answers={202: ImportInfo},
    if_match=True,
    problems=("not_found", "conflict", "changed_meanwhile", "everyday_words", "import_not_ready"),
    role=operation.MEMBER,
)
def apply(id: str) -> Response:
    """Begin to write; the answer comes at once."""
    asked = body.read_json(request, Apply)
    one = services().importing.find(_owner(), id)
    if bool(asked.list) == bool(asked.name.strip()):
        raise Problem("invalid", errors=(("/list", "either the id of a list, or the name of a new one"),))
    if one.state != "ready":
        raise Problem("import_not_ready")
    if one.everyday and not asked.confirm:
        raise Problem("everyday_words")
    if not services().importing.apply(one, _target(asked)):
        raise Problem("import_not_ready")
    return reply.json(_info(one), 202)


@blueprint.delete("/v1/imports/<id>")
@operation.describes(
    "Cancel and forget a file; what was written of it so far is undone",
    answers={204: None},
    problems=("not_found",),
    role=operation.MEMBER,
)
def cancel(id: str) -> Response:
    """End it."""
    services().importing.forget(_owner(), id)
    return reply.nothing()


def _owner() -> str:
    """Return whose a file is: a person's of a team on all their devices, else the one's who sent it."""
    return guard.caller().person_id or guard.owner()


def _target(asked: Apply) -> Write:
    """Return what writes the terms where they shall go; a new list is made now, so that its name is known free."""
    store, by, after = auditing.store(), who.name(), services().live.refresh
    if asked.list:
        entry, seen = owners.open_(asked.list), etag.seen(request)
        if seen is not None and seen != entry.version:
            raise Problem("changed_meanwhile")
        return writing(store, entry.id, by, asked.replace, after, seen=seen)
    made = lists.create(store, asked.name, Level.named(asked.level), who=by, owner=owners.wanted(asked.owner))
    return writing(store, made.id, by, asked.replace, after, is_new=True)


def _info(one: Import) -> dict[str, Any]:
    found = one.found
    content: dict[str, Any] = {name: getattr(one, name) for name in ("id", "name", "state", "done", "total", "message")}
    content |= {
        "understood": len(found.terms),
        "not_understood": len(found.problems),
        "duplicates": len(found.duplicates),
        "problems": [{**asdict(fault), "detail": REASONS[fault.reason]} for fault in found.problems[:MOST_TOLD]],
        "repeated": [asdict(line) for line in found.duplicates[:MOST_TOLD]],
        "ignored": list(found.ignored),
        "everyday": [told(word) for word in one.everyday[:MOST_TOLD]],
        "everyday_count": len(one.everyday),
        "sample": [shown(term) for term in found.terms[:SAMPLE]],
    }
    if one.change is not None:
        done = one.change
        content["result"] = {name: getattr(done, name) for name in ("added", "changed", "removed")}
        content["result"] |= {"list": done.list.id, "total": done.list.terms, "version": done.list.version}
    return content


def _compared(one: Import, id: str) -> dict[str, Any]:
    if not id or one.state != "ready":
        return {}
    same, differing = terms.known_among(services().store, owners.open_(id).id, one.found.terms)
    return {"same": same, "differing": differing}
