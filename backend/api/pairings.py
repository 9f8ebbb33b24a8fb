"""``/v1/pairings``: an extension asks to be let in; a person compares two codes and says yes.

The extension begins without a token and asks with its own secret how it stands.  Extension
and server each make the code from a word of either side and the address that was dialled
(:mod:`backend.store.proofs`).  The welcome page, in a session that a one-time link opened,
shows the server's code and decides.
"""

from __future__ import annotations

import time
from typing import Annotated, Any, Literal

import msgspec
from flask import Blueprint, Response, request, url_for

from backend.http import addresses, auditing, body, guard, operation, reply, waiting
from backend.http.problems import Problem
from backend.http.services import services
from backend.http.words import DeviceName, Hash, OriginName, RandomWord, VersionName
from backend.store import pairings
from backend.store.pairings import Pairing

blueprint = Blueprint("pairings", __name__)
LOOK_SECONDS = 0.5
"""How often a waiting request looks for what another process has decided."""
Code = Annotated[str, msgspec.Meta(pattern=r"^\d{3} \d{3}$")]
Seconds = Annotated[int, msgspec.Meta(ge=0)]


class NewPairing(msgspec.Struct):
    """How the extension calls itself."""

    name: DeviceName
    commitment: Hash
    """The SHA-256 of the extension's word for the code, in hexadecimal digits."""
    version: VersionName = ""


class StartedPairing(msgspec.Struct):
    """The secret that nobody else may see; it is the server's word for the code."""

    id: str
    secret: str
    expires_in: Seconds


class ToldWord(msgspec.Struct):
    """What was promised, and where the extension has called."""

    word: RandomWord
    address: OriginName


class PairingState(msgspec.Struct):
    """How it stands; the token is given once."""

    state: Literal["waiting", "approved", "refused", "expired"]
    token: str | msgspec.UnsetType = msgspec.UNSET


class WaitingPairing(msgspec.Struct):
    """A pairing as the person sees it."""

    id: str
    code: Code
    name: str
    version: str
    state: Literal["waiting", "approved", "refused"]
    expires_in: Seconds


class WaitingPairings(msgspec.Struct):
    """Those that a person may decide on."""

    pairings: list[WaitingPairing]


@blueprint.post("/v1/pairings")
@operation.describes(
    "Ask to be let in (the extension)",
    access=operation.OPEN,
    body=NewPairing,
    answers={201: StartedPairing},
    problems=("too_many",),
)
def start() -> Response:
    """Begin; only the product's own extension may."""
    origin = guard.extension_origin()
    if not services().pairing_limit.allows(request.remote_addr or ""):
        raise Problem("too_many")
    wanted = body.read_json(request, NewPairing)
    pairing, secret = pairings.start(services().store, wanted.name, wanted.version, origin, wanted.commitment)
    started = StartedPairing(pairing.id, secret, _seconds_left(pairing))
    return reply.json(started, 201, Location=url_for("pairings.read", id=pairing.id))


@blueprint.post("/v1/pairings/<id>/code")
@operation.describes(
    "Tell the word for the code (the extension)",
    details="With `Authorization: Pairing <secret>`. The page then shows the code. Any other word ends it.",
    access=operation.OPEN,
    body=ToldWord,
    answers={204: None},
    problems=("not_found", "wrong_address"),
)
def tell(id: str) -> Response:
    """Make the code of both words and the address; the extension makes the same by itself."""
    guard.extension_origin()
    secret, told = _secret(), body.read_json(request, ToldWord)
    if not addresses.is_own(services().config, told.address):
        raise Problem("wrong_address")
    try:
        pairings.reveal(services().store, id, secret, told.word, told.address)
    except pairings.Broken:
        raise Problem("invalid", errors=(("/word", "what was promised"),)) from None
    return reply.nothing()


@blueprint.get("/v1/pairings")
@operation.describes(
    "Read who asks to be let in (the welcome page)",
    access=operation.SESSION,
    answers={200: WaitingPairings},
    role=operation.MEMBER,
)
def read_all() -> Response:
    """Answer with the pairings that wait for a decision."""
    return reply.json({"pairings": [_shown(one) for one in pairings.read_waiting(services().store)]})


@blueprint.get("/v1/pairings/<id>")
@operation.describes(
    "Ask how a pairing stands (the extension)",
    details="With `Authorization: Pairing <secret>`. The token is given once.",
    access=operation.OPEN,
    answers={200: PairingState},
    query=(waiting.WAIT,),
    problems=("not_found", "invalid"),
)
def read(id: str) -> Response:
    """Answer when it is decided, or when ``wait`` is over."""
    secret = _secret()
    with services().waiting.place(waiting.seconds(request)) as granted:
        pairing, token = _collect(id, secret, time.monotonic() + granted)
    return reply.json(PairingState(pairing.state, token or msgspec.UNSET))  # type: ignore[arg-type]


@blueprint.post("/v1/pairings/<id>/approve")
@operation.describes(
    "Say that the codes match (the welcome page)",
    access=operation.SESSION,
    answers={200: WaitingPairing},
    problems=("not_found",),
    role=operation.MEMBER,
    by_person=True,
)
def approve(id: str) -> Response:
    """Let the extension in."""
    return _decide(id, True)


@blueprint.post("/v1/pairings/<id>/refuse")
@operation.describes(
    "Say that they do not match (the welcome page)",
    access=operation.SESSION,
    answers={200: WaitingPairing},
    problems=("not_found",),
    role=operation.MEMBER,
)
def refuse(id: str) -> Response:
    """Do not let it in."""
    return _decide(id, False)


def _secret() -> str:
    """Return the secret of the one who began the pairing."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "pairing":
        raise Problem("not_found")
    return secret.strip()


def _decide(id: str, yes: bool) -> Response:
    decided = pairings.decide(services().store, id, yes, guard.caller())
    if yes:
        auditing.note("pairing.approve", decided.name, id=decided.id)
    with services().pairing_news:
        services().pairing_news.notify_all()
    return reply.json(_shown(decided))


def _collect(id: str, secret: str, until: float) -> tuple[Pairing, str]:
    """Ask the store until it is decided or time is up; a decision in this process is seen at once."""
    news = services().pairing_news
    while True:
        with news:
            pairing, token = pairings.collect(services().store, id, secret)
            left = until - time.monotonic()
            if pairing.state != pairings.WAITING or left <= 0:
                return pairing, token
            news.wait(min(left, LOOK_SECONDS))


def _seconds_left(pairing: Pairing) -> int:
    return max(0, round(pairing.expires - services().store.clock()))


def _shown(pairing: Pairing) -> dict[str, Any]:
    fields = {name: getattr(pairing, name) for name in ("id", "code", "name", "version", "state")}
    return {**fields, "expires_in": _seconds_left(pairing)}
