"""``/v1/subscriptions``: lists and packs that others publish, signed, shown before they take effect."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from flask import Blueprint, Response, request, url_for

from backend import wording
from backend.http import auditing, body, operation, reply, shapes
from backend.http.problems import Problem
from backend.http.services import services
from backend.store import subscriptions
from backend.store.subscriptions import Subscription
from backend.subscriptions import following, words
from backend.subscriptions.parcel import BadParcel
from backend.subscriptions.signing import BadKey

blueprint = Blueprint("subscriptions", __name__)
Kind = Literal["", "list", "sealed", "pack"]


class NewSubscription(msgspec.Struct, forbid_unknown_fields=True):
    """Where something is published, and the public key that signs it; it may stand behind the address (`#key`)."""

    url: Annotated[str, msgspec.Meta(min_length=1, max_length=2100)]
    key: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Sample(msgspec.Struct):
    """A term or a rule that comes (`+`), changes (`~`) or goes (`-`)."""

    sign: Literal["+", "~", "-"]
    text: str


class Waiting(msgspec.Struct):
    """A version that waits to be looked at, and what it would change."""

    kind: Kind
    name: str
    version: shapes.Count
    added: shapes.Count
    changed: shapes.Count
    removed: shapes.Count
    samples: list[Sample]
    """The first 200 of each; none of a sealed list."""


class SubscriptionInfo(msgspec.Struct):
    """What is known of a subscription."""

    id: str
    url: str
    key: str
    kind: Kind
    """Of what is in force; empty before anything was."""
    name: str
    version: shapes.Count
    """Of what is in force; 0 before anything was."""
    target: str
    """The id of the list, sealed list or pack that it brought."""
    checked: str
    """When it was last asked for; empty: never."""
    problem: str
    message: str
    """Why the last answer was not taken, in the language of the request."""
    waiting: Waiting | None


class Subscriptions(msgspec.Struct):
    """All subscriptions."""

    allowed: bool
    """Whether anything may be fetched at all (`SECONDLOOK_SUBSCRIPTIONS`)."""
    subscriptions: list[SubscriptionInfo]


class Take(msgspec.Struct, forbid_unknown_fields=True):
    """The version that was looked at."""

    version: shapes.Count


@blueprint.get("/v1/subscriptions")
@operation.describes("Read the subscriptions", answers={200: Subscriptions}, role=operation.ADMINISTRATOR)
def read_all() -> Response:
    """Answer with all of them, and whether any may be fetched."""
    found = [_info(one) for one in subscriptions.read_all(services().store)]
    return reply.json({"allowed": services().config.subscriptions, "subscriptions": found})


@blueprint.post("/v1/subscriptions")
@operation.describes(
    "Subscribe to a list or a pack",
    details="Nothing is fetched yet, and nothing takes effect.",
    body=NewSubscription,
    answers={201: SubscriptionInfo},
    headers=("Location",),
    problems=("conflict", "subscriptions_off"),
    role=operation.ADMINISTRATOR,
)
def add() -> Response:
    """Note it."""
    _require_allowed()
    wanted = body.read_json(request, NewSubscription)
    try:
        one = following.subscribe(auditing.store(), wanted.url, wanted.key)
    except BadParcel as error:
        raise Problem("invalid", errors=(("/url", words.message(error.reason, _language())),)) from None
    except BadKey as error:
        raise Problem("invalid", errors=(("/key", str(error)),)) from None
    return reply.json(_info(one), 201, Location=url_for("subscriptions.read", id=one.id))


@blueprint.get("/v1/subscriptions/<id>")
@operation.describes(
    "Read a subscription, and what waits",
    answers={200: SubscriptionInfo},
    problems=("not_found",),
    role=operation.ADMINISTRATOR,
)
def read(id: str) -> Response:
    """Answer with it."""
    return reply.json(_info(subscriptions.read(services().store, id)))


@blueprint.post("/v1/subscriptions/<id>/check")
@operation.describes(
    "Ask for a newer version, and change nothing",
    details="Takes 20 seconds at most. What is good waits in `waiting`; `problem` says why an answer was not taken.",
    answers={200: SubscriptionInfo},
    problems=("not_found", "subscriptions_off"),
    role=operation.ADMINISTRATOR,
)
def check(id: str) -> Response:
    """Fetch it, and keep what is good until it is looked at."""
    _require_allowed()
    config, store = services().config, services().store
    one = subscriptions.read(store, id)
    with services().waiting.place(1.0):
        asked = following.ask(store, config.files, one, private=config.subscriptions_private)
    return reply.json(_info(asked))


@blueprint.post("/v1/subscriptions/<id>/apply")
@operation.describes(
    "Put the version that waits in force",
    body=Take,
    answers={200: SubscriptionInfo},
    problems=("not_found", "changed_meanwhile"),
    role=operation.ADMINISTRATOR,
)
def take(id: str) -> Response:
    """Take it; the next check sees it."""
    wanted = body.read_json(request, Take)
    store, data = auditing.store(), services().files.folder
    try:
        one = following.take(store, data, subscriptions.read(store, id), wanted.version)
    except BadParcel as error:
        raise Problem("invalid", errors=(("", words.message(error.reason, _language())),)) from None
    services().live.refresh()
    return reply.json(_info(one))


@blueprint.delete("/v1/subscriptions/<id>")
@operation.describes(
    "End a subscription, with what it brought",
    answers={204: None},
    problems=("not_found",),
    role=operation.ADMINISTRATOR,
)
def remove(id: str) -> Response:
    """End it; the next check does not see what it brought any more."""
    store = auditing.store()
    following.end(store, services().files.folder, subscriptions.read(store, id))
    services().live.refresh()
    return reply.nothing()


def _require_allowed() -> None:
    if not services().config.subscriptions:
        raise Problem("subscriptions_off")


def _language() -> str:
    return wording.pick(request.headers.get("Accept-Language"))


def _info(one: Subscription) -> dict[str, Any]:
    names = ("id", "url", "key", "kind", "name", "version", "target", "checked", "problem")
    content: dict[str, Any] = {name: getattr(one, name) for name in names}
    return {**content, "message": words.message(one.problem, _language()), "waiting": _waiting(one)}


def _waiting(one: Subscription) -> dict[str, Any] | None:
    found = following.waiting(one)
    if found is None:
        return None
    parcel, changes = found
    content: dict[str, Any] = {name: getattr(parcel, name) for name in ("kind", "name", "version")}
    content |= {name: getattr(changes, name) for name in ("added", "changed", "removed")}
    return {**content, "samples": [{"sign": sign, "text": text} for sign, text in changes.samples]}
