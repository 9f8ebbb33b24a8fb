"""Invitations: a code that lets one person join, or add a device, once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from backend.people import codes
from backend.store import people, tokens
from backend.store.database import NotFound, Store
from backend.store.people import Person
from backend.store.secrets import hash_of, new_id
from backend.store.tables import invitations

KEEP_DAYS = 7
AT_MOST = 10_000


class WrongCode(Exception):
    """It is not known, was used or is too old; these are not told apart."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What is known of an invitation; not its code, which is shown once."""

    id: str
    name: str
    role: str
    person_id: str | None
    """Somebody who is there already and adds a device."""
    created_by: str
    created: str
    expires: float


_COLUMNS = tuple(invitations.c[name] for name in Invitation.__dataclass_fields__)


def make(
    store: Store, name: str, role: str, by: str, *, person_id: str | None = None, days: float = KEEP_DAYS
) -> tuple[str, Invitation]:
    """Invite somebody; the code is returned here and never again."""
    code = codes.new()
    end = store.clock() + days * tokens.DAY
    one = Invitation(new_id(), name, role, person_id, by[:100], store.now(), end)
    values = {field: getattr(one, field) for field in Invitation.__dataclass_fields__}
    with store.write() as connection:
        connection.execute(delete(invitations).where(invitations.c.expires <= store.clock()))
        connection.execute(insert(invitations).values(hash=hash_of(code), **values))
    return code, one


def read_all(store: Store) -> list[Invitation]:
    """Return the invitations that can still be used, the newest first."""
    query = select(*_COLUMNS).where(invitations.c.expires > store.clock())
    with store.read() as connection:
        return [Invitation(*row) for row in connection.execute(query.order_by(invitations.c.created.desc()))]


def withdraw(store: Store, id: str) -> Invitation:
    """Take an invitation back; raises :class:`NotFound`."""
    with store.write() as connection:
        row = connection.execute(select(*_COLUMNS).where(invitations.c.id == id)).first()
        if row is None or not connection.execute(delete(invitations).where(invitations.c.id == id)).rowcount:
            raise NotFound("invitation")
        return Invitation(*row)


def use(store: Store, typed: str) -> Person:
    """Use a code up and return who has joined; raises :class:`WrongCode`."""
    with store.write() as connection:
        return _use(connection, store, typed)


def join(store: Store, typed: str, device: str, origin: str) -> tuple[str, Person]:
    """Use a code up and return a token for the device, in one step; raises :class:`WrongCode`."""
    with store.write() as connection:
        person = _use(connection, store, typed)
        end = store.clock() + tokens.KEEP_DAYS * tokens.DAY
        word, _ = tokens.mint_with(
            connection, store.today(), device, origin, person_id=person.id, role=person.role, expires=end
        )
        return word, person


def _use(connection: Connection, store: Store, typed: str) -> Person:
    """Look and delete in the same two steps whatever the code is, so that an answer takes as long."""
    digest = hash_of(codes.plain(typed))
    mine = (invitations.c.hash == digest, invitations.c.expires > store.clock())
    row = connection.execute(select(*_COLUMNS).where(*mine)).first()
    # The count of the deletion decides, so that of two who come at once one gets in.
    gone = connection.execute(delete(invitations).where(*mine)).rowcount
    if row is None or gone != 1:
        raise WrongCode
    found = Invitation(*row)
    id = found.person_id or people.add_with(connection, store.today(), found.name, found.role)
    person = people.read_with(connection, id)
    if person.disabled:
        raise WrongCode
    return person
