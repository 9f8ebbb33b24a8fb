"""Pairings: an extension asks, a person compares two codes, the extension gets a token once.

Both sides make the code, each from both sides' random words and the address that was
dialled.  The extension promises its word before it learns the server's, so that whoever
stands between them cannot look for words that give the same code on both sides.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from backend.people.roles import Caller
from backend.store import proofs, tokens
from backend.store.database import NotFound, Store
from backend.store.locks import hold
from backend.store.secrets import hash_of, new_id, new_secret
from backend.store.tables import pairings

KEEP_SECONDS = 120
AT_MOST = 5
"""Pairings that may wait at once; more would only bury the person's own."""
WAITING, APPROVED, REFUSED, EXPIRED, GIVEN = "waiting", "approved", "refused", "expired", "given"


class TooMany(Exception):
    """So many pairings wait already."""


class Broken(Exception):
    """The word is not the one that was promised."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One extension that asks to be let in."""

    id: str
    code: str
    name: str
    version: str
    origin: str
    state: str
    expires: float


_COLUMNS = tuple(pairings.c[name] for name in Pairing.__dataclass_fields__)


def start(store: Store, name: str, version: str, origin: str, commitment: str) -> tuple[Pairing, str]:
    """Begin a pairing; returns it with the secret by which its owner asks how it stands."""
    word = new_secret()
    pairing = Pairing(new_id(), "", name, version, origin, WAITING, store.clock() + KEEP_SECONDS)
    values = {field: getattr(pairing, field) for field in Pairing.__dataclass_fields__}
    with store.write() as connection:
        hold(connection, "pairings")
        connection.execute(delete(pairings).where(pairings.c.expires <= store.clock()))
        waiting = select(func.count()).where(pairings.c.state == WAITING).select_from(pairings)
        if (connection.execute(waiting).scalar() or 0) >= AT_MOST:
            raise TooMany
        connection.execute(insert(pairings).values(secret=hash_of(word), commitment=commitment, **values))
    return pairing, word


def reveal(store: Store, id: str, word: str, theirs: str, address: str) -> None:
    """Make the code, once; raises :class:`NotFound`, or :class:`Broken` and ends the pairing."""
    with store.write() as connection:
        hold(connection, "pairings")
        pairing = _own(connection, id, word, store.clock())
        promised = connection.execute(select(pairings.c.commitment).where(pairings.c.id == id)).scalar_one()
        is_kept = proofs.keeps(promised, theirs) and pairing.state == WAITING and not pairing.code
        values = {"code": proofs.code_of(theirs, word, address)} if is_kept else {"state": REFUSED}
        connection.execute(update(pairings).where(pairings.c.id == id).values(**values))
    if not is_kept:
        raise Broken


def read_waiting(store: Store) -> list[Pairing]:
    """Return the pairings that a person may decide on, oldest first."""
    query = select(*_COLUMNS).where(_is_open(store))
    with store.read() as connection:
        return [Pairing(*row) for row in connection.execute(query.order_by(pairings.c.expires))]


def decide(store: Store, id: str, approve: bool, caller: Caller | None = None) -> Pairing:
    """Approve or refuse; the device becomes the caller's.

    Raises :class:`NotFound` when it is unknown, decided or too old.
    """
    values: dict[str, Any] = {"state": APPROVED if approve else REFUSED}
    if caller is not None:
        values |= {"person_id": caller.person_id or None, "role": caller.role}
    with store.write() as connection:
        open_one = (pairings.c.id == id, _is_open(store))
        if not connection.execute(update(pairings).where(*open_one).values(**values)).rowcount:
            raise NotFound("pairing")
        return Pairing(*connection.execute(select(*_COLUMNS).where(pairings.c.id == id)).one())


def collect(store: Store, id: str, word: str) -> tuple[Pairing, str]:
    """Return how a pairing stands to the one who began it, and the token, once, when it is approved.

    The token is made here, so that it is never kept.  Raises :class:`NotFound` when
    the pairing is unknown or the secret is not its own.
    """
    with store.read() as connection:
        pairing = _own(connection, id, word, store.clock())
    if pairing.state != APPROVED:
        return pairing, ""
    with store.write() as connection:
        mine = (pairings.c.id == id, pairings.c.state == APPROVED)
        if not connection.execute(update(pairings).where(*mine).values(state=GIVEN)).rowcount:
            return replace(pairing, state=EXPIRED), ""
        person_id, role = connection.execute(select(pairings.c.person_id, pairings.c.role).where(mine[0])).one()
        end = store.clock() + tokens.KEEP_DAYS * tokens.DAY if person_id else None
        fields: dict[str, Any] = {"person_id": person_id, "role": role, "expires": end}
        return pairing, tokens.mint_with(connection, store.today(), pairing.name, pairing.origin, **fields)[0]


def _is_open(store: Store) -> ColumnElement[bool]:
    """Return the condition that a person may decide: it has its code, and is neither decided nor too old."""
    return and_(pairings.c.state == WAITING, pairings.c.code != "", pairings.c.expires > store.clock())


def _own(connection: Connection, id: str, word: str, now: float) -> Pairing:
    row = connection.execute(select(pairings.c.secret, *_COLUMNS).where(pairings.c.id == id)).first()
    if row is None or not hmac.compare_digest(row[0], hash_of(word)):
        raise NotFound("pairing")
    pairing = Pairing(*row[1:])
    is_old = pairing.expires <= now or pairing.state == GIVEN
    return replace(pairing, state=EXPIRED) if is_old and pairing.state != REFUSED else pairing
