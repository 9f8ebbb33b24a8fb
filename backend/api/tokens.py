"""``/v1/tokens``: the devices that are let in, and how to shut one out."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response

from backend.http import auditing, guard, operation, reply
from backend.http.services import services
from backend.http.team import Role
from backend.store import tokens
from backend.store.tokens import Token

blueprint = Blueprint("tokens", __name__)


class TokenInfo(msgspec.Struct):
    """A device, by the name it gave; the token itself is kept nowhere."""

    id: str
    name: str
    origin: str
    created: str
    last_used: str | None
    """The day of its last use."""
    current: bool
    """It is the one this request came with."""
    person: str | None
    """The id of whose device it is; `null` on one person's own server, and for tokens of the server's machine."""
    person_name: str
    role: Role
    expires: str | None
    """The day on which it ends unless it is used before."""


class AllTokens(msgspec.Struct):
    """All tokens in force."""

    tokens: list[TokenInfo]


@blueprint.get("/v1/tokens")
@operation.describes(
    "Read which devices are let in",
    details="An administrator sees all, others their own.",
    answers={200: AllTokens},
    role=operation.MEMBER,
)
def read_all() -> Response:
    """Answer with the tokens in force."""
    mine = guard.caller()
    found = tokens.read_all(services().store, None if mine.may(operation.ADMINISTRATOR) else mine.person_id)
    return reply.json(AllTokens([_told(one, mine.owner) for one in found]))


@blueprint.delete("/v1/tokens/<id>")
@operation.describes(
    "Shut a device out at once",
    details="An administrator may shut out any, others their own.",
    answers={204: None},
    problems=("not_found",),
    role=operation.MEMBER,
)
def revoke(id: str) -> Response:
    """Revoke its token."""
    mine = guard.caller()
    gone = tokens.revoke(services().store, id, None if mine.may(operation.ADMINISTRATOR) else mine.person_id)
    services().live.refresh()
    auditing.note("token.revoke", gone.person or gone.name, id=id)
    return reply.nothing()


def _told(one: Token, mine: str) -> TokenInfo:
    expires = None if one.expires is None else tokens.day_of(one.expires)
    current = mine == f"token:{one.id}"
    fields = (one.id, one.name, one.origin, one.created, one.last_used, current, one.person_id, one.person)
    return TokenInfo(*fields, one.role, expires)  # type: ignore[arg-type]
