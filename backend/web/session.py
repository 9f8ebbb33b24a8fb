"""Browser sessions: opened by a one-time link, kept in memory, closed by a restart.

A session is a random cookie that scripts cannot read, and a second random word
that the page carries in a ``meta`` tag and sends back as ``X-CSRF-Token``.  The
cookie alone opens pages and reads; it changes nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Request, Response, current_app

from backend.http.who import PAGE
from backend.people.roles import ADMINISTRATOR, Caller

EXTENSION_KEY = "secondlook.sessions"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(slots=True)
class Session:
    """One browser that came in by a one-time link."""

    id: str
    """Names the session to the rest of the server; it opens nothing."""
    csrf: str
    last_seen: float


class Sessions:
    """All open sessions by the hash of their cookie."""

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

    def start(self) -> str:
        """Open a session and return the word for its cookie."""
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old()
            self._open[_hash(cookie)] = Session(secrets.token_hex(8), secrets.token_urlsafe(32), self._clock())
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

    def _is_old(self, session: Session) -> bool:
        return self._clock() - session.last_seen > self._keep

    def _forget_old(self) -> None:
        for key in [key for key, session in self._open.items() if self._is_old(session)]:
            del self._open[key]
        while len(self._open) >= self._at_most:
            del self._open[min(self._open, key=lambda key: self._open[key].last_seen)]


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


def cookie_name(request: Request) -> str:
    """Return the cookie's name; it carries the port, as browsers share cookies between ports."""
    port = request.host.rpartition(":")[2]
    return f"secondlook_session_{port}" if port.isdigit() else "secondlook_session"


def current(request: Request) -> Session | None:
    """Return the session that a request belongs to, by its cookie alone."""
    sessions: Sessions = current_app.extensions[EXTENSION_KEY]
    return sessions.find(request.cookies.get(cookie_name(request), ""))


def session_owner(request: Request) -> Caller | None:
    """Return who asks by a request of one of our own pages, else ``None``.

    A request that may change something must carry the session's CSRF word, and
    no request may come from another site or another port of this machine.
    """
    session = current(request)
    if session is None or not _is_same_origin(request):
        return None
    if request.method not in SAFE_METHODS and not _has_csrf(request, session):
        return None
    return Caller(f"session:{session.id}", PAGE, ADMINISTRATOR)


def _is_same_origin(request: Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def _has_csrf(request: Request, session: Session) -> bool:
    return hmac.compare_digest(request.headers.get(CSRF_HEADER, "").encode(), session.csrf.encode())


def open_session(request: Request, response: Response) -> Response:
    """Start a session and put its cookie on a response."""
    sessions: Sessions = current_app.extensions[EXTENSION_KEY]
    response.set_cookie(
        cookie_name(request),
        sessions.start(),
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
        path="/",
    )
    return response
