"""Sessions of the pages of a team, where all its servers find them; the cookie itself is kept nowhere."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from backend.people.roles import ADMINISTRATOR, BY_DEVICE, ROLES
from backend.store.database import Store
from backend.store.secrets import hash_of, new_id, new_secret
from backend.store.tables import people, sessions

IDLE_SECONDS = 30 * 60
KEEP_SECONDS = 12 * 3600
NOTE_SECONDS = 60
"""How exactly it is known when a session was used last: not every request writes."""


@dataclass(frozen=True, slots=True)
class SharedSession:
    """One browser that has signed in."""

    id: str
    csrf: str
    person_id: str
    """Empty for whoever has the server's own machine."""
    name: str
    role: str
    """At most what its person may."""


def start(store: Store, person_id: str | None = None, role: str = ADMINISTRATOR, *, by_device: bool = False) -> str:
    """Open a session and return the word for its cookie."""
    cookie, now = new_secret(), store.clock()
    id = (BY_DEVICE if by_device else "") + new_id()
    values: dict[str, Any] = {"hash": hash_of(cookie), "id": id, "csrf": secrets.token_urlsafe(32), "role": role}
    values |= {"person_id": person_id, "last_seen": now, "expires": now + KEEP_SECONDS}
    with store.write() as connection:
        old = or_(sessions.c.expires <= now, sessions.c.last_seen <= now - IDLE_SECONDS)
        connection.execute(delete(sessions).where(old))
        connection.execute(insert(sessions).values(**values))
    return cookie


def find(store: Store, cookie: str) -> SharedSession | None:
    """Return the session of a cookie; ``None`` when it is unknown or over, or its person is shut out."""
    digest, now = hash_of(cookie), store.clock()
    query = select(sessions, people.c.name, people.c.disabled, people.c.role.label("person_role"))
    query = query.select_from(sessions.outerjoin(people, sessions.c.person_id == people.c.id))
    with store.read() as connection:
        row = connection.execute(query.where(sessions.c.hash == digest)).first()
    if row is None or not hmac.compare_digest(row.hash, digest) or row.disabled or _is_over(row, now):
        return None
    if now - row.last_seen >= NOTE_SECONDS:
        with store.write() as connection:
            connection.execute(update(sessions).where(sessions.c.hash == digest).values(last_seen=now))
    role = row.role if row.person_role is None else min(row.role, row.person_role, key=ROLES.index)
    return SharedSession(row.id, row.csrf, row.person_id or "", row.name or "", role)


def close(store: Store, cookie: str) -> None:
    """End the session of a cookie."""
    with store.write() as connection:
        connection.execute(delete(sessions).where(sessions.c.hash == hash_of(cookie)))


def close_all(store: Store, person_id: str) -> None:
    """End all sessions of somebody; with an empty id those of whoever has the server's own machine."""
    mine = sessions.c.person_id == person_id if person_id else sessions.c.person_id.is_(None)
    with store.write() as connection:
        connection.execute(delete(sessions).where(mine))


def _is_over(row: Row[Any], now: float) -> bool:
    return bool(row.expires <= now or row.last_seen <= now - IDLE_SECONDS)
