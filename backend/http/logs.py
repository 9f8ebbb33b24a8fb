"""The log: one line a request as JSON, without addresses, queries, bodies or words.

The route's pattern is logged, never the path that was asked for: a caller may put
anything into a path.  Of an unexpected error the kind and the places in the code are
logged, never its message, which may quote the draft.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import time
import traceback
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request

requests = logging.getLogger("secondlook.request")
errors = logging.getLogger("secondlook.error")
PROXIES = "SECONDLOOK_PROXIES"
ID = re.compile(r"[0-9a-f-]{8,64}\Z")


def register(app: Flask) -> None:
    """Log every request of an app and mark when it began."""
    app.before_request(_begin)
    app.after_request(_end)


def set_up(*, wanted: bool) -> None:
    """Send the log to standard error as it is: its lines are JSON already; what libraries say stays away.

    Their messages may hold an address with its password, or a value.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    for name in ("secondlook.request", "secondlook.jobs"):
        logging.getLogger(name).setLevel(logging.INFO if wanted else logging.WARNING)
    for name in ("waitress", "celery", "kombu", "amqp", "redis"):
        library = logging.getLogger(name)
        library.setLevel(logging.CRITICAL + 1)
        library.propagate = False


def elapsed_ms() -> float:
    """Return the milliseconds since the present request began, to a hundredth."""
    began: float = g.began
    return round((time.perf_counter() - began) * 1000, 2)


def broken(error: BaseException) -> None:
    """Log an unexpected error by its kind and where in the code it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('backend/')[2]}:{frame.lineno}" for frame in frames[-8:]]
    told = {"event": "error", "id": _id(), "kind": type(error).__name__, "route": _route(), "at": places}
    errors.error(json.dumps(told))


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if not requests.isEnabledFor(logging.INFO):
        return response
    response.headers["X-Request-Id"] = _id()
    line: dict[str, Any] = {
        "id": _id(),
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "method": request.method if request.url_rule else "-",
        "route": _route(),
        "status": response.status_code,
        "ms": elapsed_ms() if "began" in g else None,
    }
    requests.info(json.dumps(line))
    return response


def _id() -> str:
    """Return a name of the present request, by which its lines are found; a proxy may give it if it is no word."""
    if not has_request_context():
        return "-"
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if current_app.config.get(PROXIES) and ID.match(given) else secrets.token_hex(8)
    return str(g.request_id)


def _route() -> str:
    return request.url_rule.rule if request and request.url_rule else "-"
