"""One-time links: how a person's own browser comes in, without a password."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from backend.store import audit
from backend.store.database import Store
from backend.store.secrets import hash_of, new_secret
from backend.store.tables import links

WELCOME = "welcome"
DEVICE = "device"
"""Asked for by a device with its token; what it opens may not let other devices in."""
KEEP_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was used just now."""

    person_id: str | None
    """Whose session it opens; ``None``: of whoever has the server's own machine."""


def mint(store: Store, purpose: str = WELCOME, person_id: str | None = None) -> str:
    """Return a word that opens one session within fifteen minutes."""
    word = new_secret()
    now = store.clock()
    with store.write() as connection:
        connection.execute(delete(links).where(links.c.expires <= now))
        values = {"hash": hash_of(word), "purpose": purpose, "expires": now + KEEP_SECONDS, "person_id": person_id}
        connection.execute(insert(links).values(values))
        audit.note(store, connection, "link.make", "", person=person_id or "")
    return word


def redeem(store: Store, word: str, purpose: str = WELCOME) -> bool:
    """Use a word up; ``False`` when it is unknown, too old or used already."""
    return use(store, word, purpose) is not None


def use(store: Store, word: str, purpose: str = WELCOME) -> Link | None:
    """Use a word up and tell whose it was; ``None`` where :func:`redeem` says ``False``."""
    mine = (links.c.hash == hash_of(word), links.c.purpose == purpose, links.c.expires > store.clock())
    with store.write() as connection:
        row = connection.execute(select(links.c.person_id).where(*mine)).first()
        # The count of the deletion decides, so that of two who come at once one gets in.
        gone = connection.execute(delete(links).where(*mine)).rowcount
    return Link(row[0]) if row is not None and gone == 1 else None
