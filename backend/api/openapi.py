"""``/openapi.json``: the description of everything here, made from the functions themselves."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from backend.http import operation, reply
from backend.http.description import describe

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
@operation.describes("Read this description", answers={200: "application/json"}, role=operation.MEMBER)
def read() -> Response:
    """Answer with the OpenAPI 3.1 document."""
    return reply.json(describe(current_app))
