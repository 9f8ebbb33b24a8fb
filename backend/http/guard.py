"""Who gets in: a trusted host name, a known origin, then a token or a session."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Request, g, request

from backend.config import Config
from backend.http import operation
from backend.http.origins import Origins
from backend.http.problems import Problem
from backend.http.services import services
from backend.people.roles import NOBODY, Caller
from backend.store.tokens import Token

PAGES = "web"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PROBES = ("/healthz", "/readyz")
PORT = re.compile(r":\d{1,5}\Z")
SessionCaller = Callable[[Request], Caller | None]


def register(app: Flask, config: Config, origins: Origins, session_caller: SessionCaller) -> None:
    """Guard every request of an app; what is not described as open needs a token."""
    app.extensions["secondlook.origins"] = origins
    # Werkzeug's own list of trusted hosts cannot hold an IPv6 address: it cuts at the first colon.
    public = urlsplit(config.public).hostname or LOOPBACK[0]
    names = frozenset(name.lower() for name in (*LOOPBACK, *config.hosts, public))
    # Who starts and watches a team's servers asks by a number; one person's server stays hidden from every page.
    probes = PROBES if config.is_team else ()

    def guard() -> None:
        if host_name(request.headers.get("Host", "")) not in names and request.path not in probes:
            raise Problem("bad_host")
        if request.routing_exception is None:
            _guard(session_caller)

    app.before_request(guard)


def host_name(header: str) -> str:
    """Return the name in a ``Host`` header, without its port.

    >>> host_name("[::1]:8765"), host_name("Localhost:8765"), host_name("look.example.org")
    ('[::1]', 'localhost', 'look.example.org')
    """
    return PORT.sub("", header.strip().lower())


def owner() -> str:
    """Return who asks: ``token:<id>`` or ``session:<id>``."""
    return caller().owner


def caller() -> Caller:
    """Return who asks, with the role by which it is let through; nobody where anyone may ask."""
    return cast(Caller, g.caller)


def require(role: str) -> None:
    """Raise :class:`Problem` unless the caller may do what a role may."""
    if not caller().may(role):
        raise Problem("not_allowed")


def known_origins() -> Origins:
    """Return the origins that the present app knows."""
    from flask import current_app

    return cast(Origins, current_app.extensions["secondlook.origins"])


def extension_origin() -> str:
    """Return the origin of the product's own extension, which alone may ask this; others get a :class:`Problem`."""
    origin = request.headers.get("Origin", "")
    if not known_origins().is_extension(origin):
        raise Problem("foreign_origin")
    return origin


def _guard(session_caller: SessionCaller) -> None:
    origin = request.headers.get("Origin")
    if origin is not None and not known_origins().knows(origin):
        raise Problem("foreign_origin")
    described = operation.of_endpoint(request.endpoint)
    if described is None and request.blueprint == PAGES or request.method == "OPTIONS":
        return
    request.max_content_length = _limit(described)
    access = described.access if described else operation.TOKEN
    if access == operation.OPEN:
        g.caller = NOBODY
        return
    g.caller = _caller(access, session_caller)
    require(described.role if described else operation.ADMINISTRATOR)
    if described and described.by_person and caller().is_device:
        raise Problem("not_allowed")


def _limit(described: operation.Operation | None) -> int:
    limit = described.limit if described else operation.SMALL_BODY
    return services().config.max_file + operation.MEGABYTE if limit is None else limit


def _caller(access: str, session_caller: SessionCaller) -> Caller:
    services().live.look()
    header = request.headers.get("Authorization", "")
    if access == operation.TOKEN and header:
        return _token_caller(header)
    found = session_caller(request)
    if found is None:
        raise Problem("no_session" if access == operation.SESSION else "no_token")
    return found


def _token_caller(header: str) -> Caller:
    kind, _, word = header.partition(" ")
    token = services().live.token(word.strip()) if kind.lower() == "bearer" else None
    if token is None or _is_over(token):
        if not services().failure_limit.allows(request.remote_addr or ""):
            raise Problem("too_many")
        raise Problem("wrong_token")
    return Caller(f"token:{token.id}", token.person or token.name, token.role, token.person_id or "")


def _is_over(token: Token) -> bool:
    """Tell by the clock: a token that is known in memory grows old there."""
    return token.expires is not None and token.expires <= services().store.clock()
