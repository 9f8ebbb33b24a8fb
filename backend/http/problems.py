"""Errors in the form of RFC 9457, with words from ``problems.toml`` and none of the request's."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from sqlalchemy.exc import DBAPIError, TimeoutError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from backend import wording
from backend.jobs import QueueFull
from backend.program import spoken
from backend.store import NotFound, faults
from backend.store.invitations import WrongCode
from backend.store.pairings import TooMany
from backend.store.people import LastAdministrator
from backend.store.stale import NameTaken, NothingToUndo, Stale, TooMuchOwn

FILE = Path(__file__).with_name("problems.toml")
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = {"too_many": 10, "busy": 2, "unavailable": 5, "no_room": 60, "not_ready": 2}
_BY_STATUS = {
    400: "bad_request",
    404: "not_found",
    405: "bad_method",
    413: "too_large",
    415: "wrong_media_type",
    429: "too_many",
}

_OF_STORE: tuple[tuple[type[Exception], str], ...] = (
    (NotFound, "not_found"),
    (LastAdministrator, "last_administrator"),
    (WrongCode, "wrong_code"),
    (Stale, "changed_meanwhile"),
    (NameTaken, "conflict"),
    (NothingToUndo, "nothing_to_undo"),
    (TooMuchOwn, "too_much_own"),
    (TooMany, "too_many"),
    (QueueFull, "busy"),
)


@cache
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Return every problem by its name."""
    return tomllib.loads(spoken(FILE.read_text(encoding="utf-8")))


class Problem(Exception):
    """A request that cannot be answered; ``name`` is a table of ``problems.toml``."""

    def __init__(self, name: str, *, errors: tuple[tuple[str, str], ...] = ()) -> None:
        """Take the name, and for ``invalid`` which fields are wrong: (JSON pointer, what is wanted)."""
        super().__init__(name)
        self.name = name
        self.errors = errors

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return int(catalogue()[self.name]["status"])


def answer(problem: Problem) -> Response:
    """Return a problem as a response in the language of the request."""
    language = wording.pick(request.headers.get("Accept-Language", ""))
    body: dict[str, Any] = {
        "type": f"urn:secondlook:problem:{problem.name}",
        "title": catalogue()[problem.name][language],
        "status": problem.status,
    }
    if problem.errors:
        body["errors"] = [{"pointer": pointer, "detail": detail} for pointer, detail in problem.errors]
    response = Response(json.dumps(body, ensure_ascii=False), problem.status, mimetype=MEDIA_TYPE)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="secondlook"'
    if problem.name in RETRY_SECONDS:
        response.headers["Retry-After"] = str(RETRY_SECONDS[problem.name])
    return response


def register(app: Flask) -> None:
    """Answer every error of an app in this form."""
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _answer_http)
    for kind, name in _OF_STORE:
        app.register_error_handler(kind, _answering(name))
    for fault in (DBAPIError, TimeoutError, OSError):
        app.register_error_handler(fault, _answer_database)
    app.register_error_handler(Exception, _answer_unexpected)


def _answering(name: str) -> Callable[[Exception], Response]:
    return lambda _error: answer(Problem(name))


def _answer_http(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):
        return answer(Problem("bad_host"))
    if error.code is not None and error.code < 400:
        return Response(error.get_body(), error.code, error.get_headers())
    name = _BY_STATUS.get(error.code or 500, "bad_request" if (error.code or 500) < 500 else "broken")
    response = answer(Problem(name))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _answer_database(error: faults.Fault | OSError) -> Response:
    """Say whether to come again, or that what was sent cannot be kept; nothing of it was."""
    from backend.http import logs

    name = faults.of(error)
    if name == faults.INVALID:
        return answer(Problem("invalid", errors=(("", "something in it cannot be kept, such as a null character"),)))
    logs.broken(error)
    return answer(Problem(name))


def _answer_unexpected(error: Exception) -> Response:
    from backend.http import logs

    logs.broken(error)
    return answer(Problem("broken"))
