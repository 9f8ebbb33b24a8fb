"""``/v1/proofs``: an extension asks the server to prove that it is the one that gave it its token.

It asks before it sends a token or a draft, so that a program that took the port, or a machine that took
the name, gets neither.  What is proved and how is in :mod:`backend.store.proofs`.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from backend.http import addresses, body, guard, operation, reply
from backend.http.limits import RateLimit
from backend.http.problems import Problem
from backend.http.services import services
from backend.http.words import OriginName, RandomWord
from backend.store import proofs

blueprint = Blueprint("proof", __name__)
LIMITS = "secondlook.proofs"
FOR_ONE, FOR_ALL = 60, 6000
"""Proofs a minute for one token, and for all tokens behind one address: a team may share a single one."""
Selector = Annotated[str, msgspec.Meta(pattern=rf"^[0-9a-f]{{{proofs.SELECTOR}}}$")]


class NewProof(msgspec.Struct):
    """Which token is meant, a fresh word of the extension's, and the address that it has called."""

    token: Selector
    """The first 16 hexadecimal digits of the token's SHA-256."""
    word: RandomWord
    address: OriginName


class Proof(msgspec.Struct):
    """A fresh word of the server's, and HMAC-SHA-256 over both words and the address."""

    word: RandomWord
    proof: RandomWord


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    """Give each app its own limits."""
    state.app.extensions[LIMITS] = (RateLimit(FOR_ONE, 60), RateLimit(FOR_ALL, 60))


@blueprint.post("/v1/proofs")
@operation.describes(
    "Prove that the server is the one that gave a token (the extension)",
    details="A token that nobody has is answered in the same way, with a proof that proves nothing.",
    access=operation.OPEN,
    body=NewProof,
    answers={200: Proof},
    problems=("too_many", "wrong_address"),
)
def make() -> Response:
    """Answer with a proof; it tells nobody else anything, not even whether there is such a token."""
    guard.extension_origin()
    wanted = body.read_json(request, NewProof)
    for_one, for_all = current_app.extensions[LIMITS]
    caller = request.remote_addr or ""
    if not for_all.allows(caller) or not for_one.allows(f"{caller} {wanted.token}"):
        raise Problem("too_many")
    if not addresses.is_own(services().config, wanted.address):
        raise Problem("wrong_address")
    return reply.json(Proof(*proofs.answer(services().store, wanted.token, wanted.word, wanted.address)))
