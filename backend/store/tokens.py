"""Tokens: what a device shows with each request."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select, update

from backend.store import versions
from backend.store.database import NotFound, Store
from backend.store.secrets import hash_of, new_id, new_secret
from backend.store.tables import tokens


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; not the token itself, which is shown once."""

    id: str
    name: str
    origin: str
    created: str
    last_used: str | None
    revoked: bool


_COLUMNS = tuple(tokens.c[name] for name in Token.__dataclass_fields__)


def mint(store: Store, name: str, origin: str = "") -> tuple[str, Token]:
    """Make a token; the word itself is returned here and never again."""
    with store.write() as connection:
        return mint_with(connection, store.today(), name, origin)


def mint_with(connection: Connection, today: str, name: str, origin: str) -> tuple[str, Token]:
    """Make a token within a transaction that does more than that."""
    word = new_secret()
    token = Token(new_id(), name, origin, today, None, False)
    values = {field: getattr(token, field) for field in Token.__dataclass_fields__}
    connection.execute(insert(tokens).values(hash=hash_of(word), **values))
    return word, token


def find(store: Store, word: str) -> Token | None:
    """Return the token of a word, ``None`` when it is unknown or revoked."""
    digest = hash_of(word)
    with store.read() as connection:
        row = connection.execute(select(tokens.c.hash, *_COLUMNS).where(tokens.c.hash == digest)).first()
    if row is None or not hmac.compare_digest(row[0], digest):
        return None
    token = Token(*row[1:])
    return None if token.revoked else token


def read_all(store: Store) -> list[Token]:
    """Return all tokens that are in force."""
    query = select(*_COLUMNS).where(~tokens.c.revoked).order_by(tokens.c.created, tokens.c.id)
    with store.read() as connection:
        return [Token(*row) for row in connection.execute(query)]


def used(store: Store, token: Token) -> Token:
    """Note the day on which a token was used; written once a day."""
    today = store.today()
    with store.write() as connection:
        connection.execute(update(tokens).where(tokens.c.id == token.id).values(last_used=today))
    return replace(token, last_used=today)


def revoke(store: Store, id: str) -> None:
    """Put a token out of force at once; raises :class:`NotFound`."""
    with store.write() as connection:
        found = connection.execute(
            update(tokens).where(tokens.c.id == id, ~tokens.c.revoked).values(revoked=True)
        ).rowcount
        if not found:
            raise NotFound("token")
        versions.bump(connection, "tokens")
