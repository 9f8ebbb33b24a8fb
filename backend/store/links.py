"""One-time links: how a person's own browser comes in, without a password."""

from __future__ import annotations

from sqlalchemy import delete, insert

from backend.store.database import Store
from backend.store.secrets import hash_of, new_secret
from backend.store.tables import links

WELCOME = "welcome"
KEEP_SECONDS = 15 * 60


def mint(store: Store, purpose: str = WELCOME) -> str:
    """Return a word that opens one session within fifteen minutes."""
    word = new_secret()
    now = store.clock()
    with store.write() as connection:
        connection.execute(delete(links).where(links.c.expires <= now))
        values = {"hash": hash_of(word), "purpose": purpose, "expires": now + KEEP_SECONDS}
        connection.execute(insert(links).values(values))
    return word


def redeem(store: Store, word: str, purpose: str = WELCOME) -> bool:
    """Use a word up; ``False`` when it is unknown, too old or used already."""
    with store.write() as connection:
        # The count of the deletion decides, so that of two who come at once one gets in.
        gone = connection.execute(
            delete(links).where(
                links.c.hash == hash_of(word), links.c.purpose == purpose, links.c.expires > store.clock()
            )
        )
        return gone.rowcount == 1
