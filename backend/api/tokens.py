"""``/v1/tokens``: the devices that are let in, and how to shut one out."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response

from backend.http import guard, operation, reply
from backend.http.services import services
from backend.store import tokens

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


class AllTokens(msgspec.Struct):
    """All tokens in force."""

    tokens: list[TokenInfo]


@blueprint.get("/v1/tokens")
@operation.describes("Read which devices are let in", answers={200: AllTokens}, role=operation.MEMBER)
def read_all() -> Response:
    """Answer with the tokens in force."""
    mine = guard.owner()
    found = [
        TokenInfo(one.id, one.name, one.origin, one.created, one.last_used, mine == f"token:{one.id}")
        for one in tokens.read_all(services().store)
    ]
    return reply.json(AllTokens(found))


@blueprint.delete("/v1/tokens/<id>")
@operation.describes("Shut a device out at once", answers={204: None}, problems=("not_found",), role=operation.MEMBER)
def revoke(id: str) -> Response:
    """Revoke its token."""
    tokens.revoke(services().store, id)
    services().live.refresh()
    return reply.nothing()
