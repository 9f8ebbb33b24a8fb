"""Pairings: an extension asks, a person compares two codes, the extension gets a token once."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, insert, select, update

from backend.store import tokens
from backend.store.database import NotFound, Store
from backend.store.secrets import hash_of, new_id, new_secret
from backend.store.tables import pairings

KEEP_SECONDS = 120
AT_MOST = 5
"""Pairings that may wait at once; more would only bury the person's own."""
WAITING, APPROVED, REFUSED, EXPIRED, GIVEN = "waiting", "approved", "refused", "expired", "given"


class TooMany(Exception):
    """So many pairings wait already."""


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


def start(store: Store, name: str, version: str, origin: str) -> tuple[Pairing, str]:
    """Begin a pairing; returns it with the secret by which its owner asks how it stands."""
    word = new_secret()
    code = f"{secrets.randbelow(1000):03} {secrets.randbelow(1000):03}"
    pairing = Pairing(new_id(), code, name, version, origin, WAITING, store.clock() + KEEP_SECONDS)
    values = {field: getattr(pairing, field) for field in Pairing.__dataclass_fields__}
    with store.write() as connection:
        connection.execute(delete(pairings).where(pairings.c.expires <= store.clock()))
        waiting = select(func.count()).where(pairings.c.state == WAITING).select_from(pairings)
        if (connection.execute(waiting).scalar() or 0) >= AT_MOST:
            raise TooMany
        connection.execute(insert(pairings).values(secret=hash_of(word), **values))
    return pairing, word


def read_waiting(store: Store) -> list[Pairing]:
    """Return the pairings that a person may decide on, oldest first."""
    query = select(*_COLUMNS).where(pairings.c.state == WAITING, pairings.c.expires > store.clock())
    with store.read() as connection:
        return [Pairing(*row) for row in connection.execute(query.order_by(pairings.c.expires))]


def decide(store: Store, id: str, approve: bool) -> Pairing:
    """Approve or refuse; raises :class:`NotFound` when it is unknown, decided or too old."""
    state = APPROVED if approve else REFUSED
    with store.write() as connection:
        open_one = (pairings.c.id == id, pairings.c.state == WAITING, pairings.c.expires > store.clock())
        if not connection.execute(update(pairings).where(*open_one).values(state=state)).rowcount:
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
        return pairing, tokens.mint_with(connection, store.today(), pairing.name, pairing.origin)[0]


def _own(connection: Connection, id: str, word: str, now: float) -> Pairing:
    row = connection.execute(select(pairings.c.secret, *_COLUMNS).where(pairings.c.id == id)).first()
    if row is None or not hmac.compare_digest(row[0], hash_of(word)):
        raise NotFound("pairing")
    pairing = Pairing(*row[1:])
    is_old = pairing.expires <= now or pairing.state == GIVEN
    return replace(pairing, state=EXPIRED) if is_old and pairing.state != REFUSED else pairing
