"""Who gets in: a trusted host name, a known origin, then a token or a session."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from flask import Flask, Request, g, request

from backend.config import Config
from backend.http import operation
from backend.http.origins import Origins
from backend.http.problems import Problem
from backend.http.services import services

PAGES = "web"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PORT = re.compile(r":\d{1,5}\Z")
SessionOwner = Callable[[Request], str | None]


def register(app: Flask, config: Config, origins: Origins, session_owner: SessionOwner) -> None:
    """Guard every request of an app; what is not described as open needs a token."""
    app.extensions["secondlook.origins"] = origins
    # Werkzeug's own list of trusted hosts cannot hold an IPv6 address: it cuts at the first colon.
    names = frozenset(name.lower() for name in (*LOOPBACK, *config.hosts))

    def guard() -> None:
        if host_name(request.headers.get("Host", "")) not in names:
            raise Problem("bad_host")
        if request.routing_exception is None:
            _guard(session_owner)

    app.before_request(guard)


def host_name(header: str) -> str:
    """Return the name in a ``Host`` header, without its port.

    >>> host_name("[::1]:8765"), host_name("Localhost:8765"), host_name("look.example.org")
    ('[::1]', 'localhost', 'look.example.org')
    """
    return PORT.sub("", header.strip().lower())


def owner() -> str:
    """Return who asks: ``token:<id>`` or ``session:<id>``."""
    return cast(str, g.owner)


def known_origins() -> Origins:
    """Return the origins that the present app knows."""
    from flask import current_app

    return cast(Origins, current_app.extensions["secondlook.origins"])


def _guard(session_owner: SessionOwner) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and not known_origins().knows(origin):
        raise Problem("foreign_origin")
    described = operation.of_endpoint(request.endpoint)
    if described is None and request.blueprint == PAGES or request.method == "OPTIONS":
        return
    request.max_content_length = _limit(described)
    access = described.access if described else operation.TOKEN
    g.owner = "" if access == operation.OPEN else _owner(access, session_owner)


def _limit(described: operation.Operation | None) -> int:
    limit = described.limit if described else operation.SMALL_BODY
    return services().config.max_file + operation.MEGABYTE if limit is None else limit


def _owner(access: str, session_owner: SessionOwner) -> str:
    services().live.look()
    header = request.headers.get("Authorization", "")
    if access == operation.TOKEN and header:
        return _token_owner(header)
    found = session_owner(request)
    if found is None:
        raise Problem("no_session" if access == operation.SESSION else "no_token")
    return found


def _token_owner(header: str) -> str:
    kind, _, word = header.partition(" ")
    token = services().live.token(word.strip()) if kind.lower() == "bearer" else None
    if token is None:
        if not services().failure_limit.allows(request.remote_addr or ""):
            raise Problem("too_many")
        raise Problem("wrong_token")
    return f"token:{token.id}"
