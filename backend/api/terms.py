"""``/v1/lists/<id>/terms``: read page by page, added, removed, replaced."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response, request

from backend.http import body, etag, operation, reply, shapes, waiting
from backend.http.services import services
from backend.http.term_shapes import LIST_BODY, MOST_TERMS, TermShape, shown, to_terms
from backend.store import terms
from backend.store.terms import Change

blueprint = Blueprint("terms", __name__)
MOST_A_PAGE = 10_000
FAULTS = ("not_found", "changed_meanwhile")
Given = Annotated[list[str | TermShape], msgspec.Meta(max_length=MOST_TERMS)]
Texts = Annotated[list[str], msgspec.Meta(max_length=MOST_TERMS)]


class TermsRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Terms, each a string or an object."""

    terms: Given


class TermsChange(msgspec.Struct, forbid_unknown_fields=True):
    """Terms to remove by their text, then terms to add."""

    add: Given = []
    remove: Texts = []


class TermsPage(msgspec.Struct):
    """Some terms; ``next`` is the ``after`` of the next page, ``null`` at the end."""

    terms: list[TermShape]
    next: int | None
    total: shapes.Count
    version: shapes.Count


class TermsChanged(msgspec.Struct):
    """What a change did; ``total`` counts the terms the list has now."""

    added: shapes.Count
    changed: shapes.Count
    removed: shapes.Count
    total: shapes.Count
    version: shapes.Count


@blueprint.get("/v1/lists/<id>/terms")
@operation.describes(
    "Read the terms of a list, page by page",
    answers={200: TermsPage},
    headers=("ETag",),
    query=(
        operation.Query("after", "`next` of the page before.", {"type": "integer", "minimum": 0, "default": 0}),
        operation.Query(
            "limit", "Terms a page.", {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE, "default": 1000}
        ),
    ),
    problems=("not_found", "invalid"),
)
def read(id: str) -> Response:
    """Answer with one page in the order in which the terms came."""
    after = int(waiting.number(request, "after", 0, 0, 2**53))
    limit = int(waiting.number(request, "limit", 1000, 1, MOST_A_PAGE))
    page, following, entry = terms.read_page(services().store, id, after, limit)
    content = {"terms": [shown(term) for term in page], "next": following}
    content |= {"total": entry.terms, "version": entry.version}
    return reply.json(content, ETag=etag.tag(entry.version))


@blueprint.post("/v1/lists/<id>/terms")
@operation.describes(
    "Add terms to a list",
    body=TermsRequest,
    answers={200: TermsChanged},
    headers=("ETag",),
    problems=FAULTS,
    limit=LIST_BODY,
    if_match=True,
)
def add(id: str) -> Response:
    """Add; a term that is there already takes its new form and level."""
    wanted = to_terms(body.read_json(request, TermsRequest).terms)
    return _changed(terms.change(services().store, id, add=wanted, seen=etag.seen(request)))


@blueprint.patch("/v1/lists/<id>/terms")
@operation.describes(
    "Remove and add terms in one step",
    body=TermsChange,
    answers={200: TermsChanged},
    headers=("ETag",),
    problems=FAULTS,
    limit=LIST_BODY,
    if_match=True,
)
def change(id: str) -> Response:
    """Remove, then add; all or nothing."""
    wanted = body.read_json(request, TermsChange)
    done = terms.change(
        services().store, id, add=to_terms(wanted.add, "add"), remove=wanted.remove, seen=etag.seen(request)
    )
    return _changed(done)


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
)
def replace(id: str) -> Response:
    """Make these the only terms of the list."""
    seen = etag.seen(request, needed=True)
    wanted = to_terms(body.read_json(request, TermsRequest).terms)
    return _changed(terms.replace(services().store, id, wanted, seen))


def _changed(done: Change) -> Response:
    services().live.refresh()
    content = {"added": done.added, "changed": done.changed, "removed": done.removed}
    content |= {"total": done.list.terms, "version": done.list.version}
    return reply.json(content, ETag=etag.tag(done.list.version))
