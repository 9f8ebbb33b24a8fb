"""``/v1/lists/<id>/terms``: searched, read page by page, added, removed, replaced, changed many at a time."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, request

from backend.http import auditing, body, etag, operation, owners, reply, shapes, term_filter, waiting, who
from backend.http.problems import Problem
from backend.http.services import services
from backend.http.term_filter import TermFilter
from backend.http.term_shapes import (
    LIST_BODY,
    MOST_TERMS,
    Category,
    Channels,
    Day,
    EverydayTerm,
    Exceptions,
    Form,
    Languages,
    Level,
    Note,
    Score,
    Sites,
    TermShape,
    everyday_of,
    shown,
    to_terms,
)
from backend.store import terms
from backend.store.editing import BadEdit, columns_of
from backend.store.making import REASONS
from backend.store.terms import Change

blueprint = Blueprint("terms", __name__)
MOST_A_PAGE = 10_000
FAULTS = ("not_found", "changed_meanwhile", "everyday_words")
Given = Annotated[list[str | TermShape], msgspec.Meta(max_length=MOST_TERMS)]
Texts = Annotated[list[str], msgspec.Meta(max_length=MOST_TERMS)]


class TermsRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Terms, each a string or an object."""

    terms: Given
    confirm: bool | None = None
    """``false``: refuse everyday words; ``null``: take them and tell; ``true``: take them."""


class TermsChange(msgspec.Struct, forbid_unknown_fields=True):
    """Terms to remove by their text, then terms to add."""

    add: Given = []
    remove: Texts = []
    confirm: bool | None = None
    """``false``: refuse everyday words; ``null``: take them and tell; ``true``: take them."""


class TermFields(msgspec.Struct, forbid_unknown_fields=True):
    """What of terms is to change; what is not named stays, and ``null`` or empty takes it away."""

    form: Form | msgspec.UnsetType = msgspec.UNSET
    level: Level | None | msgspec.UnsetType = msgspec.UNSET
    score: Score | None | msgspec.UnsetType = msgspec.UNSET
    languages: Languages | msgspec.UnsetType = msgspec.UNSET
    channels: Channels | msgspec.UnsetType = msgspec.UNSET
    sites: Sites | msgspec.UnsetType = msgspec.UNSET
    category: Category | msgspec.UnsetType = msgspec.UNSET
    note: Note | msgspec.UnsetType = msgspec.UNSET
    exceptions: Exceptions | msgspec.UnsetType = msgspec.UNSET
    valid_from: Day | msgspec.UnsetType = msgspec.UNSET
    valid_until: Day | msgspec.UnsetType = msgspec.UNSET


class TermsEdit(msgspec.Struct, forbid_unknown_fields=True):
    """Which terms, and what happens to them."""

    where: TermFilter
    set: TermFields = msgspec.field(default_factory=TermFields)
    remove: bool = False
    """Remove them instead."""


class TermsPage(msgspec.Struct):
    """Some terms; ``next`` is the ``after`` of the next page, ``null`` at the end."""

    terms: list[TermShape]
    next: int | None
    total: shapes.Count
    """How many terms the list has."""
    found: shapes.Count
    """How many of them the filter finds."""
    version: shapes.Count


class TermsChanged(msgspec.Struct):
    """What a change did; ``total`` counts the terms the list has now."""

    added: shapes.Count
    changed: shapes.Count
    removed: shapes.Count
    total: shapes.Count
    version: shapes.Count
    everyday: list[EverydayTerm]
    """Those that were sent and are everyday language; they would often ask in vain."""


@blueprint.get("/v1/lists/<id>/terms")
@operation.describes(
    "Read or search the terms of a list, page by page",
    answers={200: TermsPage},
    headers=("ETag",),
    query=(
        operation.Query("after", "`next` of the page before.", {"type": "integer", "minimum": 0, "default": 0}),
        operation.Query(
            "limit", "Terms a page.", {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE, "default": 1000}
        ),
        *term_filter.QUERY,
    ),
    problems=("not_found", "invalid"),
    role=operation.MEMBER,
)
def read(id: str) -> Response:
    """Answer with one page in the order in which the terms came."""
    after = int(waiting.number(request, "after", 0, 0, 2**53))
    limit = int(waiting.number(request, "limit", 1000, 1, MOST_A_PAGE))
    page = terms.read_page(services().store, owners.open_(id).id, after, limit, term_filter.of_query(request))
    content = {"terms": [shown(term) for term in page.terms], "next": page.next}
    content |= {"total": page.list.terms, "found": page.found, "version": page.list.version}
    return reply.json(content, ETag=etag.tag(page.list.version))


@blueprint.post("/v1/lists/<id>/terms")
@operation.describes(
    "Add terms to a list",
    body=TermsRequest,
    answers={200: TermsChanged},
    headers=("ETag",),
    problems=FAULTS,
    limit=LIST_BODY,
    if_match=True,
    role=operation.MEMBER,
)
def add(id: str) -> Response:
    """Add; a term that is there already becomes as the new one says."""
    asked = body.read_json(request, TermsRequest)
    wanted = to_terms(asked.terms)
    everyday = everyday_of(wanted, asked.confirm)
    done = terms.change(auditing.store(), owners.open_(id).id, add=wanted, seen=etag.seen(request), who=who.name())
    return _changed(done, everyday)


@blueprint.patch("/v1/lists/<id>/terms")
@operation.describes(
    "Remove and add terms in one step",
    body=TermsChange,
    answers={200: TermsChanged},
    headers=("ETag",),
    problems=FAULTS,
    limit=LIST_BODY,
    if_match=True,
    role=operation.MEMBER,
)
def change(id: str) -> Response:
    """Remove, then add; all or nothing."""
    asked = body.read_json(request, TermsChange)
    wanted = to_terms(asked.add, "add")
    everyday = everyday_of(wanted, asked.confirm, "add")
    store, id = auditing.store(), owners.open_(id).id
    done = terms.change(store, id, add=wanted, remove=asked.remove, seen=etag.seen(request), who=who.name())
    return _changed(done, everyday)


@blueprint.put("/v1/lists/<id>/terms")
@operation.describes(
    "Replace all terms of a list",
    details="Needs `If-Match` with the version that was seen, or `*`: what another editor added would be lost.",
    body=TermsRequest,
    answers={200: TermsChanged},
    headers=("ETag",),
    problems=(*FAULTS, "version_needed"),
    limit=LIST_BODY,
    if_match=True,
    role=operation.MEMBER,
)
def replace(id: str) -> Response:
    """Make these the only terms of the list."""
    seen = etag.seen(request, needed=True)
    asked = body.read_json(request, TermsRequest)
    wanted = to_terms(asked.terms)
    everyday = everyday_of(wanted, asked.confirm)
    return _changed(terms.replace(auditing.store(), owners.open_(id).id, wanted, seen, who.name()), everyday)


@blueprint.post("/v1/lists/<id>/terms/edit")
@operation.describes(
    "Change or remove many terms in one step",
    details="`changed` counts the terms that `where` finds and that were otherwise. One step in the history, "
    "which can be undone.",
    body=TermsEdit,
    answers={200: TermsChanged},
    headers=("ETag",),
    problems=FAULTS,
    if_match=True,
    role=operation.MEMBER,
)
def edit(id: str) -> Response:
    """Change what is named of every term that the filter finds."""
    asked = body.read_json(request, TermsEdit)
    store, wanted = auditing.store(), term_filter.to_filter(asked.where)
    id = owners.open_(id).id
    given = {name: one for name, one in msgspec.structs.asdict(asked.set).items() if one is not msgspec.UNSET}
    try:
        changes = None if asked.remove else columns_of(store, id, wanted, given)
    except BadEdit as error:
        raise Problem("invalid", errors=((f"/set/{error.field}", REASONS[error.reason]),)) from None
    return _changed(terms.edit(store, id, wanted, changes, etag.seen(request), who.name()), [])


def _changed(done: Change, everyday: list[dict[str, Any]]) -> Response:
    services().live.refresh()
    content: dict[str, Any] = {"added": done.added, "changed": done.changed, "removed": done.removed}
    content |= {"total": done.list.terms, "version": done.list.version, "everyday": everyday}
    return reply.json(content, ETag=etag.tag(done.list.version))
