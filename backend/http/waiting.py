"""The query parameter ``wait``: how long a caller is willing to be kept."""

from __future__ import annotations

from flask import Request

from backend.http.operation import Query
from backend.http.problems import Problem

LONGEST = 30.0

WAIT = Query(
    "wait",
    "Seconds to wait for news before answering.",
    {"type": "number", "minimum": 0, "maximum": LONGEST, "default": 0},
)


def seconds(request: Request, default: float = 0.0) -> float:
    """Return the wish of the caller; raises :class:`Problem` for what is no number of seconds."""
    return number(request, "wait", default, 0.0, LONGEST)


def number(request: Request, name: str, default: float, least: float, most: float) -> float:
    """Return one number of the query; raises :class:`Problem` outside ``least`` to ``most``."""
    text = request.args.get(name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = most + 1
    if not least <= value <= most:
        raise Problem("invalid", errors=((f"/{name}", f"a number from {least:g} to {most:g}"),))
    return value
