"""Browser sessions: opened by a one-time link or by signing in.

A session is a random cookie that scripts cannot read, and a second random word
that the page carries in a ``meta`` tag and sends back as ``X-CSRF-Token``.  The
cookie alone opens pages and reads; it changes nothing.

On one person's own server they are kept in memory and closed by a restart; those of a
team lie in the database, where each of its web processes finds them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from flask import Request, Response, current_app, g

from backend.http.services import services
from backend.http.who import PAGE
from backend.people.roles import ADMINISTRATOR, BY_DEVICE, Caller
from backend.store import Store, sessions

EXTENSION_KEY = "secondlook.sessions"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class AnySession(Protocol):
    """What pages and the API know of a session."""

    @property
    def id(self) -> str:
        """Return what names it to the rest of the server; it opens nothing."""

    @property
    def csrf(self) -> str:
        """Return the word that changes must carry."""

    @property
    def person_id(self) -> str:
        """Return whose it is; empty for whoever has the server's own machine."""

    @property
    def name(self) -> str:
        """Return the name of its person."""

    @property
    def role(self) -> str:
        """Return what it may."""


class Keeper(Protocol):
    """Where sessions are kept."""

    def start(self, person_id: str | None = None, role: str = ADMINISTRATOR, *, by_device: bool = False) -> str:
        """Open one and return the word for its cookie."""

    def find(self, cookie: str) -> AnySession | None:
        """Return the one of a cookie."""

    def close(self, cookie: str) -> None:
        """End it."""

    def close_all(self, person_id: str) -> None:
        """End all of somebody."""


@dataclass(slots=True)
class Session:
    """One browser that came in by a one-time link."""

    id: str
    csrf: str
    last_seen: float
    person_id: str = ""
    name: str = ""
    role: str = ADMINISTRATOR


class Sessions:
    """All open sessions of one person's own server, by the hash of their cookie."""

    def __init__(
        self,
        *,
        keep_seconds: float = 12 * 3600,
        at_most: int = 1000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep at most ``at_most`` sessions, each ``keep_seconds`` after its last use."""
        self._keep = keep_seconds
        self._at_most = at_most
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, Session] = {}

    def start(self, person_id: str | None = None, role: str = ADMINISTRATOR, *, by_device: bool = False) -> str:
        """Open a session and return the word for its cookie."""
        cookie = secrets.token_urlsafe(32)
        id = (BY_DEVICE if by_device else "") + secrets.token_hex(8)
        fresh = Session(id, secrets.token_urlsafe(32), self._clock(), person_id or "", "", role)
        with self._lock:
            self._forget_old()
            self._open[_hash(cookie)] = fresh
        return cookie

    def find(self, cookie: str) -> Session | None:
        """Return the session of a cookie, or ``None`` when it is unknown or too old."""
        if not cookie:
            return None
        with self._lock:
            session = self._open.get(_hash(cookie))
            if session is None or self._is_old(session):
                return None
            session.last_seen = self._clock()
            return session

    def close(self, cookie: str) -> None:
        """End the session of a cookie."""
        with self._lock:
            self._open.pop(_hash(cookie), None)

    def close_all(self, person_id: str) -> None:
        """End all sessions of somebody."""
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if one.person_id != person_id}

    def _is_old(self, session: Session) -> bool:
        return self._clock() - session.last_seen > self._keep

    def _forget_old(self) -> None:
        for key in [key for key, session in self._open.items() if self._is_old(session)]:
            del self._open[key]
        while len(self._open) >= self._at_most:
            del self._open[min(self._open, key=lambda key: self._open[key].last_seen)]


class SharedSessions:
    """The sessions of a team, in its database."""

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self._store = store

    def start(self, person_id: str | None = None, role: str = ADMINISTRATOR, *, by_device: bool = False) -> str:
        """Open a session and return the word for its cookie."""
        return sessions.start(self._store, person_id, role, by_device=by_device)

    def find(self, cookie: str) -> AnySession | None:
        """Return the session of a cookie, or ``None`` when it is unknown or over."""
        return sessions.find(self._store, cookie) if cookie else None

    def close(self, cookie: str) -> None:
        """End the session of a cookie."""
        sessions.close(self._store, cookie)

    def close_all(self, person_id: str) -> None:
        """End all sessions of somebody."""
        sessions.close_all(self._store, person_id)


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()


def keeper() -> Keeper:
    """Return where the sessions of the present app are kept."""
    found: Keeper = current_app.extensions[EXTENSION_KEY]
    return found


def is_secure(request: Request) -> bool:
    """Return whether the browser came by https, also where a proxy before the server speaks it."""
    public = urlsplit(services().config.public)
    return request.is_secure or public.scheme == "https" and public.netloc == request.host


def cookie_name(request: Request) -> str:
    """Return the cookie's name; it carries the port, as browsers share cookies between ports.

    By https it begins with ``__Host-``: no other host of the domain can set it.
    """
    prefix = "__Host-" if is_secure(request) else ""
    port = request.host.rpartition(":")[2]
    return f"{prefix}secondlook_session_{port}" if port.isdigit() else f"{prefix}secondlook_session"


def current(request: Request) -> AnySession | None:
    """Return the session that a request belongs to, by its cookie alone; looked for once a request."""
    cookie = request.cookies.get(cookie_name(request), "")
    if getattr(g, "session_cookie", None) != cookie:
        g.session_cookie, g.session = cookie, keeper().find(cookie)
    found: AnySession | None = g.session
    return found


def session_owner(request: Request) -> Caller | None:
    """Return who asks by a request of one of our own pages, else ``None``.

    A request that may change something must carry the session's CSRF word, and
    no request may come from another site or another port of this machine.
    """
    session = current(request)
    if session is None or not is_same_origin(request):
        return None
    if request.method not in SAFE_METHODS and not _has_csrf(request, session):
        return None
    return Caller(f"session:{session.id}", session.name or PAGE, session.role, session.person_id)


def is_same_origin(request: Request) -> bool:
    """Return whether a page of this server asks, as far as the browser tells."""
    origin = request.headers.get("Origin")
    scheme = "https" if is_secure(request) else request.scheme
    if origin is not None and origin != f"{scheme}://{request.host}":
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def _has_csrf(request: Request, session: AnySession) -> bool:
    return hmac.compare_digest(request.headers.get(CSRF_HEADER, "").encode(), session.csrf.encode())


def open_session(
    request: Request,
    response: Response,
    person_id: str | None = None,
    role: str = ADMINISTRATOR,
    *,
    by_device: bool = False,
) -> Response:
    """Start a session, in the place of one that is there, and put its cookie on a response."""
    keeper().close(request.cookies.get(cookie_name(request), ""))
    response.set_cookie(
        cookie_name(request),
        keeper().start(person_id, role, by_device=by_device),
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
        path="/",
    )
    return response


def close_session(request: Request, response: Response) -> Response:
    """End the session of a request and take its cookie away."""
    keeper().close(request.cookies.get(cookie_name(request), ""))
    response.delete_cookie(cookie_name(request), httponly=True, samesite="Strict", secure=is_secure(request), path="/")
    return response
