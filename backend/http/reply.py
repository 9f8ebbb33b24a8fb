"""Answers: typed structures or plain values as JSON."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response


def json(value: Any, status: int = 200, **headers: str) -> Response:
    """Return a value as a JSON response; ``ETag="x"`` and the like become headers."""
    response = Response(msgspec.json.encode(value), status, mimetype="application/json")
    for name, text in headers.items():
        response.headers[name] = text
    return response


def nothing() -> Response:
    """Return an answer without content."""
    return Response(status=204)
