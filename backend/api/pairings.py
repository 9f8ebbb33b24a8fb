"""``/v1/pairings``: an extension asks to be let in; a person compares two codes and says yes.

The extension begins without a token and asks with its own secret how it stands.  The
welcome page, in a session that a one-time link opened, shows the code and decides.
"""

from __future__ import annotations

import time
from typing import Annotated, Any, Literal

import msgspec
from flask import Blueprint, Response, request, url_for

from backend.http import body, guard, operation, reply, waiting
from backend.http.problems import Problem
from backend.http.services import services
from backend.http.words import DeviceName, VersionName
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
    version: VersionName = ""


class StartedPairing(msgspec.Struct):
    """The code to show, and the secret that nobody else may see."""

    id: str
    code: Code
    secret: str
    expires_in: Seconds


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
    origin = request.headers.get("Origin", "")
    if not guard.known_origins().is_extension(origin):
        raise Problem("foreign_origin")
    if not services().pairing_limit.allows(request.remote_addr or ""):
        raise Problem("too_many")
    wanted = body.read_json(request, NewPairing)
    pairing, secret = pairings.start(services().store, wanted.name, wanted.version, origin)
    started = StartedPairing(pairing.id, pairing.code, secret, _seconds_left(pairing))
    return reply.json(started, 201, Location=url_for("pairings.read", id=pairing.id))


@blueprint.get("/v1/pairings")
@operation.describes(
    "Read who asks to be let in (the welcome page)",
    access=operation.SESSION,
    answers={200: WaitingPairings},
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
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "pairing":
        raise Problem("not_found")
    with services().waiting.place(waiting.seconds(request)) as granted:
        pairing, token = _collect(id, secret.strip(), time.monotonic() + granted)
    return reply.json(PairingState(pairing.state, token or msgspec.UNSET))  # type: ignore[arg-type]


@blueprint.post("/v1/pairings/<id>/approve")
@operation.describes(
    "Say that the codes match (the welcome page)",
    access=operation.SESSION,
    answers={200: WaitingPairing},
    problems=("not_found",),
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
)
def refuse(id: str) -> Response:
    """Do not let it in."""
    return _decide(id, False)


def _decide(id: str, yes: bool) -> Response:
    decided = pairings.decide(services().store, id, yes)
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
