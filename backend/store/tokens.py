"""Tokens: what a device shows with each request."""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from backend.people.roles import ADMINISTRATOR, ROLES
from backend.store import audit, versions
from backend.store.database import NotFound, Store
from backend.store.secrets import hash_of, new_id, new_secret
from backend.store.tables import people, tokens

DAY = 24 * 3600.0
KEEP_DAYS = 180
"""Days after its last use for which the token of a team's device is in force."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; not the token itself, which is shown once."""

    id: str
    name: str
    origin: str
    created: str
    last_used: str | None
    revoked: bool
    person_id: str | None = None
    role: str = ADMINISTRATOR
    """What it lets do: at most what its person may."""
    expires: float | None = None
    """Seconds since 1970; ``None``: in force until it is revoked."""
    person: str = ""
    """The name of its person."""


_KEPT = tuple(name for name in Token.__dataclass_fields__ if name != "person")
_COLUMNS = (*(tokens.c[name] for name in _KEPT), people.c.name.label("person"), people.c.role.label("person_role"))
_WITH_PEOPLE = tokens.outerjoin(people, tokens.c.person_id == people.c.id)


def mint(
    store: Store,
    name: str,
    origin: str = "",
    *,
    person_id: str | None = None,
    role: str = ADMINISTRATOR,
    expires: float | None = None,
) -> tuple[str, Token]:
    """Make a token; the word itself is returned here and never again."""
    with store.write() as connection:
        made = mint_with(connection, store.today(), name, origin, person_id=person_id, role=role, expires=expires)
        audit.note(store, connection, "token.make", name, id=made[1].id, role=role, person=person_id or "")
        return made


def mint_with(
    connection: Connection,
    today: str,
    name: str,
    origin: str,
    *,
    person_id: str | None = None,
    role: str = ADMINISTRATOR,
    expires: float | None = None,
) -> tuple[str, Token]:
    """Make a token within a transaction that does more than that."""
    word = new_secret()
    token = Token(new_id(), name, origin, today, None, False, person_id, role, expires)
    values = {field: getattr(token, field) for field in _KEPT}
    connection.execute(insert(tokens).values(hash=hash_of(word), **values))
    return word, token


def find(store: Store, word: str) -> Token | None:
    """Return the token of a word, ``None`` when it is unknown, revoked, too old or of somebody who is shut out."""
    digest = hash_of(word)
    query = select(tokens.c.hash, people.c.disabled, *_COLUMNS).select_from(_WITH_PEOPLE)
    with store.read() as connection:
        row = connection.execute(query.where(tokens.c.hash == digest)).first()
    if row is None or not hmac.compare_digest(row.hash, digest) or row.disabled:
        return None
    token = _token(row)
    return None if token.revoked or _is_over(store, token) else token


def read_all(store: Store, person_id: str | None = None) -> list[Token]:
    """Return all tokens that are in force, or those of one person."""
    now = store.clock()
    query = select(*_COLUMNS).select_from(_WITH_PEOPLE).where(~tokens.c.revoked)
    query = query.where(or_(tokens.c.expires.is_(None), tokens.c.expires > now))
    if person_id is not None:
        query = query.where(tokens.c.person_id == person_id)
    with store.read() as connection:
        return [_token(row) for row in connection.execute(query.order_by(tokens.c.created, tokens.c.id))]


def used(store: Store, token: Token) -> Token:
    """Note the day on which a token was used, which keeps a device's in force; written once a day.

    One that was made on the command line ends when it was said to end; one that is over stays so.
    """
    today, now = store.today(), store.clock()
    is_renewed = token.expires is not None and bool(token.origin)
    expires = max(token.expires or 0.0, now + KEEP_DAYS * DAY) if is_renewed else token.expires
    is_in_force = or_(tokens.c.expires.is_(None), tokens.c.expires > now)
    with store.write() as connection:
        query = update(tokens).where(and_(tokens.c.id == token.id, is_in_force))
        kept = connection.execute(query.values(last_used=today, expires=expires)).rowcount
    return replace(token, last_used=today, expires=expires) if kept else token


def revoke(store: Store, id: str, person_id: str | None = None) -> Token:
    """Put a token out of force at once, only if it is this person's where one is given; raises :class:`NotFound`."""
    mine = [tokens.c.id == id, ~tokens.c.revoked]
    if person_id is not None:
        mine.append(tokens.c.person_id == person_id)
    with store.write() as connection:
        if not connection.execute(update(tokens).where(*mine).values(revoked=True)).rowcount:
            raise NotFound("token")
        versions.bump(connection, "tokens")
        query = select(*_COLUMNS).select_from(_WITH_PEOPLE).where(tokens.c.id == id)
        gone = _token(connection.execute(query).one())
        audit.note(store, connection, "token.revoke", gone.name, id=id)
        return gone


def _token(row: Row[Any]) -> Token:
    """Return a token with the lesser of its own role and its person's."""
    values = {name: getattr(row, name) for name in _KEPT}
    if row.person_role is not None:
        values["role"] = min(row.role, row.person_role, key=ROLES.index)
    return Token(**values, person=row.person or "")


def _is_over(store: Store, token: Token) -> bool:
    return token.expires is not None and token.expires <= store.clock()


def day_of(moment: float) -> str:
    """Return the day of seconds since 1970, in UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime(moment))
