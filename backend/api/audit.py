"""``/v1/audit``: what administrators and list editors of a team did; it can be read and written on, not changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
from flask import Blueprint, Response, request, stream_with_context

from backend.http import operation, reply, shapes, waiting
from backend.http.services import services
from backend.store import audit
from backend.store.audit import Entry

blueprint = Blueprint("audit", __name__)
LINES = "application/jsonl"
MOST_A_PAGE = 1_000


class AuditEntry(msgspec.Struct):
    """One thing that somebody did."""

    id: shapes.Count
    """Counts from 1 without a gap."""
    at: str
    who: str
    """A person's name and device, or `command line`."""
    person: str
    """Their id; empty for whoever has the server's own machine."""
    action: str
    subject: str
    detail: dict[str, Any]
    """Numbers, names of settings and ids; no term, no word of a draft, no token."""
    previous: str
    """The hash of the entry before; of the first 64 zeros."""
    hash: str


class AuditPage(msgspec.Struct):
    """Entries, newest first; `next` is the `before` of the next page, `null` at the end."""

    entries: list[AuditEntry]
    next: int | None
    total: shapes.Count
    head: str
    """The newest entry as `number:hash`. Kept elsewhere, it proves later that nothing was cut off."""


def shown(entry: Entry) -> dict[str, Any]:
    """Return an entry as the API and the export show it."""
    names = ("id", "at", "who", "action", "subject", "previous", "hash")
    fields = {name: getattr(entry, name) for name in names}
    return {**fields, "person": entry.person_id, "detail": json.loads(entry.detail)}


@blueprint.get("/v1/audit")
@operation.describes(
    "Read the audit log page by page, newest first",
    details="Empty on a server of one person.",
    answers={200: AuditPage},
    query=(
        operation.Query("before", "`next` of the page before.", {"type": "integer", "minimum": 0, "default": 0}),
        operation.Query(
            "limit", "Entries a page.", {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE, "default": 100}
        ),
    ),
    problems=("invalid",),
)
def read() -> Response:
    """Answer with one page."""
    before = int(waiting.number(request, "before", 0, 0, 2**31 - 1))
    limit = int(waiting.number(request, "limit", 100, 1, MOST_A_PAGE))
    store = services().store
    found, total = audit.read_page(store, before, limit)
    head = audit.head(store)
    content: dict[str, Any] = {"entries": [shown(one) for one in found], "total": total}
    content["next"] = found[-1].id if found and found[-1].id > 1 else None
    return reply.json({**content, "head": f"{head.id}:{head.hash}"})


@blueprint.get("/v1/audit/export")
@operation.describes(
    "Write the whole audit log as a file, an entry a line",
    details="Oldest first. `secondlook audit verify FILE` computes its chain again, and compares it with the log.",
    answers={200: LINES},
)
def export() -> Response:
    """Answer with it, a few entries at a time."""
    answer = Response(stream_with_context(_lines()), mimetype=LINES)
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.jsonl"'
    return answer


def _lines() -> Iterator[str]:
    for entry in audit.read_all(services().store):
        yield json.dumps(shown(entry), ensure_ascii=False) + "\n"
