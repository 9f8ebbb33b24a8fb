"""Into the pages of a team: the page for signing in, the way to a provider and back, and the page for joining."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Response, make_response, redirect, request, url_for

from backend.config import Config
from backend.http import logs, signing_in
from backend.http.problems import Problem
from backend.http.services import services
from backend.people.oidc import Known, NotSignedIn, Provider
from backend.people.roles import BY_DEVICE
from backend.store import links, sign_ins
from backend.store.sign_ins import SignIn
from backend.store.stale import NameTaken
from backend.team.secret import Unsealable
from backend.web import session
from backend.web.pages import blueprint, open_for, show

FLOW = "provider"
"""The purpose of the one-time word that goes to the provider and comes back."""
SECONDS = 600


@blueprint.get("/sign-in")
def sign_in() -> Any:
    """Ask for name and password, or lead to the provider."""
    return _page("")


@blueprint.get("/join")
def join() -> Any:
    """Ask whether to join in this browser; nothing is used up by looking at the page."""
    code = request.args.get("once", "")[:100]
    return show("settings/join", ignore_link=True, code=code)


@blueprint.get("/sign-in/provider")
def to_provider() -> Any:
    """Lead to the provider; whoever is inside already links their account there with their own."""
    if not services().config.oidc_issuer:
        return redirect(url_for("web.sign_in"), 303)
    if not services().join_limit.allows(f"provider {request.remote_addr}"):
        raise Problem("too_many")
    inside = session.current(request)
    state = links.mint(services().store, FLOW)
    try:
        started = _provider().start(_back(), state)
    except NotSignedIn as error:
        return _failed(error)
    # A session that a device's token has opened makes no way in that outlives the token.
    person = inside.person_id if inside and not inside.id.startswith(BY_DEVICE) else ""
    told = {"nonce": started.nonce, "verifier": started.verifier, "person": person}
    sealed = signing_in.secret().seal(FLOW, json.dumps(told).encode(), state)
    response = make_response(redirect(started.address, 303))
    # Lax: the provider's answer is a navigation from elsewhere, with which no stricter cookie comes.
    response.set_cookie(
        _cookie(), sealed.hex(), max_age=SECONDS, httponly=True, samesite="Lax", secure=session.is_secure(request)
    )
    return response


@blueprint.get("/sign-in/back")
def from_provider() -> Any:
    """Take the provider's answer, which only the browser that was led there may bring, and only once."""
    try:
        known, person_id = _known()
    except NotSignedIn as error:
        return _failed(error)
    try:
        person = _person(known, person_id)
    except NameTaken:
        person = None
    if person is None or person.disabled:
        return _without_cookie(_page("unknown", known.email), 403)
    response = make_response(redirect(url_for("web.settings"), 303))
    return _without_cookie(open_for(person.id, response))


def _known() -> tuple[Known, str]:
    """Return whom the provider knows, and who began while inside; raises :class:`NotSignedIn`."""
    state, code = request.args.get("state", ""), request.args.get("code", "")
    try:
        sealed = bytes.fromhex(request.cookies.get(_cookie(), ""))
        told = json.loads(signing_in.secret().open(FLOW, sealed, state))
    except (ValueError, Unsealable):
        raise NotSignedIn("state: not of this browser") from None
    if links.use(services().store, state, FLOW) is None:
        raise NotSignedIn("state: used or too old")
    if not code:
        raise NotSignedIn("refused")
    return _provider().finish(_back(), code, told["nonce"], told["verifier"]), told["person"]


def _person(known: Known, person_id: str) -> SignIn | None:
    """Return who that is: the one who began while inside, one who came so before, or one whose e-mail is listed."""
    store = services().store
    if person_id:
        sign_ins.set_subject(store, person_id, known.subject)
        return sign_ins.read(store, person_id)
    found = sign_ins.by_subject(store, known.subject)
    if found is not None:
        return found
    listed = sign_ins.find(store, known.email) if known.email else None
    if listed is None or listed.has_provider or listed.disabled:
        return None
    sign_ins.set_subject(store, listed.id, known.subject)
    return listed


def _failed(error: NotSignedIn) -> Response:
    """Say that it did not work, and log at which step, which holds nothing of the answer."""
    logs.errors.warning(json.dumps({"event": "provider", "at": str(error)}))
    return _without_cookie(_page("failed"), 403)


def _page(trouble: str, email: str = "") -> Response:
    """Show the page for signing in with what went wrong: ``failed``, ``unknown`` or nothing."""
    has_provider = bool(services().config.oidc_issuer)
    return show("settings/sign-in", ignore_link=trouble != "", trouble=trouble, email=email, has_provider=has_provider)


def _without_cookie(response: Response, status: int | None = None) -> Response:
    response.delete_cookie(_cookie(), httponly=True, samesite="Lax", secure=session.is_secure(request))
    if status is not None:
        response.status_code = status
    return response


def _cookie() -> str:
    return session.cookie_name(request).replace("_session", "_provider")


def _back() -> str:
    return f"{services().config.address}/sign-in/back"


def _provider() -> Provider:
    return _provider_of(services().config)


@cache
def _provider_of(config: Config) -> Provider:
    return Provider(config.oidc_issuer, config.oidc_client, config.oidc_secret_file)
