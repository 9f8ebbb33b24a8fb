"""How people of a team sign in to the pages: password, second factor, and who signs them in elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from backend.store.database import NotFound, Store
from backend.store.stale import NameTaken
from backend.store.tables import people, sessions


@dataclass(frozen=True, slots=True)
class SignIn:
    """What is kept to know somebody again."""

    id: str
    name: str
    role: str
    disabled: bool
    password: str | None
    """As Argon2 writes it."""
    totp: bytes | None
    """Sealed."""
    totp_used: int | None
    """The last step of time that was used up."""
    has_provider: bool = False


_COLUMNS = (
    *(people.c[name] for name in ("id", "name", "role", "disabled", "password", "totp", "totp_used")),
    people.c.subject.is_not(None),
)


def find(store: Store, sign_in: str) -> SignIn | None:
    """Return somebody by what they type."""
    return _first(store, people.c.sign_in == sign_in)


def read(store: Store, id: str) -> SignIn:
    """Return somebody by id; raises :class:`NotFound`."""
    found = _first(store, people.c.id == id)
    if found is None:
        raise NotFound("person")
    return found


def by_subject(store: Store, subject: str) -> SignIn | None:
    """Return whom a provider has signed in before; ``subject`` is issuer and subject, with a space between."""
    return _first(store, people.c.subject == subject)


def set_password(store: Store, id: str, sign_in: str, password: str) -> None:
    """Keep a password, as Argon2 writes it; raises :class:`NameTaken` when somebody else signs in so."""
    try:
        _set(store, id, sign_in=sign_in, password=password)
    except IntegrityError:
        raise NameTaken from None


def set_subject(store: Store, id: str, subject: str) -> None:
    """Keep who signs somebody in elsewhere; raises :class:`NameTaken` when that is somebody else already."""
    try:
        _set(store, id, subject=subject)
    except IntegrityError:
        raise NameTaken from None


def set_totp(store: Store, id: str, totp: bytes | None, step: int | None) -> None:
    """Keep the sealed second factor, or take it away; ``step`` is used up already."""
    _set(store, id, totp=totp, totp_used=step)


def use_step(store: Store, id: str, step: int) -> bool:
    """Use a step of time up; ``False`` when it, or a later one, was used already."""
    earlier = or_(people.c.totp_used.is_(None), people.c.totp_used < step)
    with store.write() as connection:
        query = update(people).where(people.c.id == id, people.c.totp.is_not(None), earlier)
        return connection.execute(query.values(totp_used=step)).rowcount == 1


def swap_totp(store: Store, id: str, before: bytes, after: bytes) -> bool:
    """Put another sealed second factor in the place of one; ``False`` when somebody was faster."""
    with store.write() as connection:
        query = update(people).where(people.c.id == id, people.c.totp == before)
        return connection.execute(query.values(totp=after)).rowcount == 1


def reset(store: Store, id: str) -> None:
    """Forget all of it, and end the sessions."""
    with store.write() as connection:
        values: dict[str, Any] = {"password": None, "totp": None, "totp_used": None, "subject": None}
        connection.execute(update(people).where(people.c.id == id).values(**values))
        connection.execute(delete(sessions).where(sessions.c.person_id == id))


def _first(store: Store, condition: Any) -> SignIn | None:
    with store.read() as connection:
        row = connection.execute(select(*_COLUMNS).where(condition)).first()
    return None if row is None else SignIn(*tuple(row))


def _set(store: Store, id: str, **values: Any) -> None:
    with store.write() as connection:
        if not connection.execute(update(people).where(people.c.id == id).values(**values)).rowcount:
            raise NotFound("person")
