"""People of a team: who they are and what they may; how they sign in is in :mod:`backend.store.sign_ins`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.people.roles import ADMINISTRATOR
from backend.store import lists, versions
from backend.store.database import NotFound, Store
from backend.store.secrets import new_id
from backend.store.stale import NameTaken
from backend.store.tables import people, sessions, tokens


class LastAdministrator(Exception):
    """Nobody would be left who can let others in."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a team."""

    id: str
    name: str
    role: str
    created: str
    disabled: bool
    sign_in: str | None
    """What they type to sign in to the pages, or the e-mail address by which a provider names them."""
    has_password: bool
    has_second_factor: bool
    has_provider: bool


_COLUMNS: tuple[ColumnElement[Any], ...] = (
    *(people.c[name] for name in ("id", "name", "role", "created", "disabled", "sign_in")),
    people.c.password.is_not(None),
    people.c.totp.is_not(None),
    people.c.subject.is_not(None),
)


def add_with(connection: Connection, today: str, name: str, role: str) -> str:
    """Add somebody within a transaction that does more than that; returns the id."""
    id = new_id()
    connection.execute(insert(people).values(id=id, name=name, role=role, created=today, disabled=False))
    return id


def add(store: Store, name: str, role: str) -> Person:
    """Add somebody."""
    with store.write() as connection:
        id = add_with(connection, store.today(), name, role)
    return read(store, id)


def read(store: Store, id: str) -> Person:
    """Return somebody; raises :class:`NotFound`."""
    with store.read() as connection:
        return read_with(connection, id)


def read_with(connection: Connection, id: str) -> Person:
    """Return somebody within a transaction; raises :class:`NotFound`."""
    row = connection.execute(select(*_COLUMNS).where(people.c.id == id)).first()
    if row is None:
        raise NotFound("person")
    return person_of(row)


def read_all(store: Store) -> list[Person]:
    """Return everybody by name."""
    with store.read() as connection:
        return [person_of(row) for row in connection.execute(select(*_COLUMNS).order_by(people.c.name, people.c.id))]


def find(store: Store, word: str) -> Person:
    """Return somebody by id, else by a name that only one has; raises :class:`NotFound`."""
    found = [one for one in read_all(store) if word in (one.id, one.name, one.sign_in)]
    same = [one for one in found if one.id == word] or found
    if len(same) != 1:
        raise NotFound("person")
    return same[0]


def change(store: Store, id: str, **changes: Any) -> Person:
    """Change ``name``, ``role``, ``disabled`` or ``sign_in``; what they hold follows at once.

    Raises :class:`NotFound`, :class:`LastAdministrator`, or :class:`NameTaken` for a ``sign_in`` that somebody has.
    """
    try:
        with store.write() as connection:
            before = _hold(connection, id)
            if changes.get("role", ADMINISTRATOR) != ADMINISTRATOR or changes.get("disabled"):
                _keep_one(connection, before)
            if changes:
                connection.execute(update(people).where(people.c.id == id).values(**changes))
            _follow(connection, before, changes)
            return read_with(connection, id)
    except IntegrityError:
        raise NameTaken from None


def remove(store: Store, id: str) -> Person:
    """Remove somebody with their devices, sessions and personal lists; raises like :func:`change`."""
    with store.write() as connection:
        before = _hold(connection, id)
        _keep_one(connection, before)
        connection.execute(delete(tokens).where(tokens.c.person_id == id))
        connection.execute(delete(sessions).where(sessions.c.person_id == id))
        lists.remove_own(connection, id)
        connection.execute(delete(people).where(people.c.id == id))
        versions.bump(connection, "tokens")
    return before


def person_of(row: Row[Any]) -> Person:
    """Return a row of the columns as a person."""
    id, name, role, created, disabled, sign_in, password, totp, subject = tuple(row)
    return Person(id, name, role, created, disabled, sign_in, bool(password), bool(totp), bool(subject))


def _hold(connection: Connection, id: str) -> Person:
    """Return somebody, and keep every administrator as they are until the transaction ends."""
    rows = select(people.c.id).where(people.c.role == ADMINISTRATOR).order_by(people.c.id)
    connection.execute(rows.with_for_update()).all()
    return read_with(connection, id)


def _keep_one(connection: Connection, leaving: Person) -> None:
    """Raise :class:`LastAdministrator` if nobody but the one who leaves could let others in."""
    if leaving.role != ADMINISTRATOR or leaving.disabled:
        return
    able = (people.c.role == ADMINISTRATOR, ~people.c.disabled, people.c.id != leaving.id)
    if not connection.execute(select(func.count()).select_from(people).where(*able)).scalar():
        raise LastAdministrator


def _follow(connection: Connection, before: Person, changes: dict[str, Any]) -> None:
    """Give devices the new role, where they had the whole of the old one, and end the sessions of who is shut out."""
    if "role" in changes:
        whole = (tokens.c.person_id == before.id, tokens.c.role == before.role)
        connection.execute(update(tokens).where(*whole).values(role=changes["role"]))
    if changes.get("disabled") or "role" in changes:
        connection.execute(delete(sessions).where(sessions.c.person_id == before.id))
    versions.bump(connection, "tokens")
