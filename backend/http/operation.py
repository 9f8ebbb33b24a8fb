"""What an operation of the API takes and gives, written beside the function that does it.

The same description lets the request in (:mod:`backend.http.guard`), limits its
body and becomes ``/openapi.json``: there is no second place that could differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import current_app

from backend.people import roles

MEGABYTE = 1024 * 1024
SMALL_BODY = 64 * 1024
LONGEST_DRAFT = 8 * MEGABYTE
"""Bytes of a check as JSON: a million characters, each of which may be written as ``\\uXXXX``."""
TOKEN = "token"
"""A bearer token, or the session of one of the server's own pages."""
SESSION = "session"
"""The session of one of the server's own pages alone."""
OPEN = "open"
"""Anyone whose host name and origin are known."""
MEMBER, EDITOR, ADMINISTRATOR = roles.ROLES

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Query:
    """One parameter of the query: a whole number or a word."""

    name: str
    help: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the API does."""

    summary: str
    body: Any = None
    """The type of the JSON body."""
    form: Mapping[str, Any] | None = None
    """For ``multipart/form-data``: each part's schema."""
    answers: Mapping[int, Any] = field(default_factory=dict)
    """By status: a type (JSON), a string (a media type), or ``None`` (no content)."""
    headers: tuple[str, ...] = ()
    """Response headers worth knowing."""
    query: tuple[Query, ...] = ()
    problems: tuple[str, ...] = ()
    access: str = TOKEN
    role: str = ADMINISTRATOR
    """The least role that may: what does not say is for administrators alone."""
    by_person: bool = False
    """Not for a session that a device's token has opened: a stolen token must not make a way in that outlives it."""
    limit: int | None = SMALL_BODY
    """Bytes of the body; ``None``: the limit for files."""
    if_match: bool = False
    details: str = ""


def describes(summary: str, **fields: Any) -> Callable[[View], View]:
    """Attach the description to a view function."""

    def attach(view: View) -> View:
        view.__operation__ = Operation(summary, **fields)  # type: ignore[attr-defined]
        return view

    return attach


def of_endpoint(endpoint: str | None) -> Operation | None:
    """Return the description of an endpoint, ``None`` where there is none."""
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "__operation__", None)
