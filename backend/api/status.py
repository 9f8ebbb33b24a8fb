"""``/v1/status``: that this is Second Look, and which version; all that anyone may know."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response

from backend import __version__
from backend.http import operation, reply

CONTRACT = 1

blueprint = Blueprint("status", __name__)


class Status(msgspec.Struct):
    """The server answers."""

    name: Literal["Second Look"]
    version: str
    contract: Annotated[int, msgspec.Meta(ge=1)]
    """The version of the contract; a client that needs a newer one says so."""


@blueprint.get("/v1/status")
@operation.describes("Tell that the server answers, and its version", access=operation.OPEN, answers={200: Status})
def read() -> Response:
    """Answer without a token."""
    return reply.json(Status("Second Look", __version__, CONTRACT))
