"""``/healthz`` and ``/readyz``: whether this process lives, and whether requests should be sent to it.

A team's orchestrator asks by a machine's number, which no list of host names holds: there these two alone are
answered under any host name.  They tell nothing of who uses the server and for what.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from flask import Blueprint, Response

from backend.http import operation, reply, standing
from backend.http.problems import Problem
from backend.http.services import services

blueprint = Blueprint("probes", __name__)


class Alive(msgspec.Struct):
    """The process answers."""

    alive: Literal[True] = True


class Ready(msgspec.Struct):
    """Requests are welcome; without the broker texts are checked, and attachments as far as this process can."""

    database: Literal["up"]
    broker: Literal["up", "away", "none"]


@blueprint.get("/healthz")
@operation.describes("Tell that the process answers", access=operation.OPEN, answers={200: Alive})
def health() -> Response:
    """Answer without looking at anything: a process is not ended because a database is away."""
    return reply.json(Alive())


@blueprint.get("/readyz")
@operation.describes(
    "Tell whether requests should be sent here",
    access=operation.OPEN,
    answers={200: Ready},
    problems=("not_ready",),
)
def ready() -> Response:
    """Answer 503 with what is missing: the database, or a server that is about to stop."""
    found = standing.of(services())
    if found.missing:
        raise Problem("not_ready", errors=tuple((f"/{part}", "not there") for part in found.missing))
    return reply.json(Ready("up", found.broker))
