"""``/v1/attachments``: files that are read while the person still writes.

They live in memory for ten minutes at most and answer only to the one who sent them.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response, request, url_for

from backend.http import body, drafts, guard, operation, reply, shapes, waiting
from backend.http.files import submit
from backend.http.problems import Problem
from backend.http.services import services
from backend.model import CHANNELS
from backend.request import Channel

blueprint = Blueprint("attachments", __name__)
GONE = ("not_found",)
Pixels = Annotated[int, msgspec.Meta(ge=-1_000_000, le=1_000_000)]


class Accepted(msgspec.Struct):
    """The file is being read."""

    id: str


class AttachmentState(msgspec.Struct):
    """How far a file has been read, and what was seen so far."""

    id: str
    state: Literal["queued", "reading", "done"]
    done: shapes.Count
    total: shapes.Count
    unit: str
    """What ``done`` and ``total`` count, for example ``"pages"``."""
    level: shapes.LevelName
    score: shapes.Score
    findings: list[shapes.Finding]
    gaps: list[shapes.Gap]


class CoverBox(msgspec.Struct, forbid_unknown_fields=True):
    """A region of a page, ``[x, y, width, height]`` in pixels of the picture as sent."""

    box: tuple[Pixels, Pixels, Pixels, Pixels]
    page: Annotated[int, msgspec.Meta(ge=1)] | None = None


class CopyRequest(msgspec.Struct, forbid_unknown_fields=True):
    """What the safe copy must not show."""

    boxes: Annotated[list[CoverBox], msgspec.Meta(max_length=2000)] = []
    strip_metadata: bool = True


@blueprint.post("/v1/attachments")
@operation.describes(
    "Send a file to be read",
    form={"file": bytes},
    answers={202: Accepted},
    headers=("Location",),
    limit=None,
    role=operation.MEMBER,
)
def send() -> Response:
    """Answer at once with the id under which to ask."""
    id = submit(body.form_file(request))
    return reply.json(Accepted(id), 202, Location=url_for("attachments.read", id=id))


@blueprint.get("/v1/attachments/<id>")
@operation.describes(
    "Ask how far a file has been read, and what was seen so far",
    answers={200: AttachmentState},
    query=(
        waiting.WAIT,
        operation.Query("since", "Answer as soon as `done` is larger than this.", {"type": "integer", "minimum": -1}),
        operation.Query("channel", "Where the file is about to be shared.", {"enum": list(CHANNELS)}),
    ),
    problems=(*GONE, "invalid"),
    role=operation.MEMBER,
)
def read(id: str) -> Response:
    """Answer when it is done, when there is news after ``since``, or when ``wait`` is over."""
    since = request.args.get("since")
    after = int(waiting.number(request, "since", -1, -1, 1_000_000)) if since is not None else None
    channel = body.convert(request.args.get("channel", "post"), Channel)
    with services().waiting.place(waiting.seconds(request)) as granted:
        try:
            job = services().jobs.status(id, owner=guard.owner(), wait=granted, since=after)
        except LookupError:
            raise Problem("not_found") from None
    return reply.json(
        {
            "id": job.id,
            "state": job.state,
            "done": job.done,
            "total": job.total,
            "unit": job.unit,
            **drafts.so_far(job, channel),
        }
    )


@blueprint.delete("/v1/attachments/<id>")
@operation.describes("Forget a file and stop reading it", answers={204: None}, problems=GONE, role=operation.MEMBER)
def forget(id: str) -> Response:
    """Forget its bytes and what was read of it."""
    try:
        services().jobs.cancel(id, owner=guard.owner())
    except LookupError:
        raise Problem("not_found") from None
    return reply.nothing()


@blueprint.post("/v1/attachments/<id>/copy")
@operation.describes(
    "Get a safe copy: regions covered with solid colour, metadata removed",
    body=CopyRequest,
    answers={200: "application/octet-stream"},
    problems=(*GONE, "still_reading", "not_coverable"),
    role=operation.MEMBER,
)
def copy(id: str) -> Response:
    """Answer with the bytes of the copy."""
    wanted = body.read_json(request, CopyRequest)
    jobs = services().jobs
    boxes = [(one.page, one.box) for one in wanted.boxes]
    try:
        if jobs.status(id, owner=guard.owner()).state != "done":
            raise Problem("still_reading")
        data, media_type = jobs.copy(id, owner=guard.owner(), boxes=boxes, strip_metadata=wanted.strip_metadata)
    except LookupError:
        raise Problem("not_found") from None
    except ValueError:
        raise Problem("not_coverable") from None
    return Response(data, mimetype=media_type)
