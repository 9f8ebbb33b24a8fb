"""``/v1/sign-in``: into the pages of a team by password and second factor, out again, and what one signs in with."""

from __future__ import annotations

import base64
from typing import Annotated

import msgspec
from flask import Blueprint, Response, request

from backend.http import body, guard, operation, reply, signing_in, team
from backend.http.problems import Problem
from backend.http.services import services
from backend.http.team import SignInName
from backend.people import passwords, second_factor
from backend.store import links, people, sign_ins
from backend.web import session

blueprint = Blueprint("sign_in", __name__)
Password = Annotated[str, msgspec.Meta(max_length=passwords.LONGEST)]
FactorCode = Annotated[str, msgspec.Meta(max_length=40)]
WRONG = ("wrong_sign_in", "too_many")
OWN = ("not_found", *WRONG)


class NewSignIn(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody typed."""

    sign_in: Annotated[str, msgspec.Meta(max_length=200)]
    password: Password
    code: FactorCode = ""
    """Of the authenticator app, or a recovery code; asked for with `second_factor_needed`."""


class NewLink(msgspec.Struct):
    """A link that opens the settings once, as whoever asked."""

    link: str


class NewPassword(msgspec.Struct, forbid_unknown_fields=True):
    """A password of twelve characters or more, and the present one where there is one."""

    sign_in: Annotated[SignInName, msgspec.Meta(min_length=1)]
    password: Password
    current: Password = ""


class StartedFactor(msgspec.Struct):
    """A key for an authenticator app; nothing is kept of it before `PUT` proves that the app has it."""

    key: str
    address: str
    """What the QR code holds."""
    svg: str
    sealed: str
    """To be sent back; opens for this server and this person alone."""


class ProvenFactor(msgspec.Struct, forbid_unknown_fields=True):
    """What was begun, and the code that the app shows."""

    sealed: Annotated[str, msgspec.Meta(max_length=2000)]
    code: FactorCode


class RecoveryCodes(msgspec.Struct):
    """Each opens once where the app is lost; told this once."""

    recovery_codes: list[str]


class FactorAway(msgspec.Struct, forbid_unknown_fields=True):
    """A code of the app or a recovery code."""

    code: FactorCode


@blueprint.post("/v1/sign-in")
@operation.describes(
    "Sign in to the pages by password and second factor",
    details="A name that is not known, no password and a wrong one are answered alike.",
    access=operation.OPEN,
    body=NewSignIn,
    answers={204: None},
    problems=(*WRONG, "second_factor_needed", "no_team"),
)
def sign_in() -> Response:
    """Open a session; only a page of this server may ask."""
    if request.headers.get("Origin") is None or not session.is_same_origin(request):
        raise Problem("foreign_origin")
    team.require()
    asked = body.read_json(request, NewSignIn)
    person, role = signing_in.by_password(request, asked.sign_in, asked.password, asked.code)
    return session.open_session(request, reply.nothing(), person.id, role)


@blueprint.post("/v1/sign-out")
@operation.describes("Sign out", access=operation.SESSION, answers={204: None}, role=operation.MEMBER)
def sign_out() -> Response:
    """End this session."""
    return session.close_session(request, reply.nothing())


@blueprint.post("/v1/sign-out/everywhere")
@operation.describes("Sign out on all browsers", access=operation.SESSION, answers={204: None}, role=operation.MEMBER)
def sign_out_everywhere() -> Response:
    """End all sessions of whoever asks; devices stay."""
    session.keeper().close_all(guard.caller().person_id)
    return session.close_session(request, reply.nothing())


@blueprint.post("/v1/sign-in/links")
@operation.describes(
    "Make a link that opens the settings once, within fifteen minutes (the extension)",
    details="It opens a session of the person whose device asks, with the role of the person.",
    answers={201: NewLink},
    problems=("no_team", "not_allowed"),
    role=operation.MEMBER,
)
def make_link() -> Response:
    """Make it; a token with less than its person's role may not, nor one that is nobody's."""
    team.require()
    caller = guard.caller()
    if not caller.person_id or people.read(services().store, caller.person_id).role != caller.role:
        raise Problem("not_allowed")
    word = links.mint(services().store, links.DEVICE, caller.person_id)
    return reply.json(NewLink(f"{services().config.address}/settings?once={word}"), 201)


@blueprint.put("/v1/people/me/password")
@operation.describes(
    "Set your own password",
    access=operation.SESSION,
    body=NewPassword,
    answers={204: None},
    problems=(*OWN, "conflict"),
    role=operation.MEMBER,
    by_person=True,
)
def set_password() -> Response:
    """Keep it, and end all other sessions."""
    asked, id, store = body.read_json(request, NewPassword), team.own_id(), services().store
    signing_in.check_again(request, sign_ins.read(store, id), asked.current)
    name = asked.sign_in.lower()
    if "@" in name and name != people.read(store, id).sign_in:
        # By a listed address a provider's account is linked: nobody lists one for themselves.
        raise Problem("invalid", errors=(("/sign_in", "an e-mail address that an administrator has listed"),))
    if not passwords.is_usable(asked.password, asked.sign_in):
        raise Problem("invalid", errors=(("/password", f"{passwords.SHORTEST} characters or more, not all alike"),))
    sign_ins.set_password(store, id, name, passwords.hash_of(asked.password))
    role = guard.caller().role
    session.keeper().close_all(id)
    return session.open_session(request, reply.nothing(), id, role)


@blueprint.post("/v1/people/me/second-factor")
@operation.describes(
    "Begin with an authenticator app",
    access=operation.SESSION,
    answers={200: StartedFactor},
    problems=("not_found", "conflict"),
    role=operation.MEMBER,
    by_person=True,
)
def begin_factor() -> Response:
    """Answer with a new key; one that is in force must be taken away first."""
    id, store = team.own_id(), services().store
    if sign_ins.read(store, id).totp is not None:
        raise Problem("conflict")
    factor, person = second_factor.new(), people.read(store, id)
    address = factor.address(person.sign_in or person.name)
    sealed = base64.urlsafe_b64encode(factor.sealed(signing_in.secret(), f"new {id}")).decode()
    return reply.json(StartedFactor(factor.key, address, second_factor.drawn(address), sealed))


@blueprint.put("/v1/people/me/second-factor")
@operation.describes(
    "Put the authenticator app in force",
    access=operation.SESSION,
    body=ProvenFactor,
    answers={200: RecoveryCodes},
    problems=("not_found", "conflict", "wrong_sign_in"),
    role=operation.MEMBER,
    by_person=True,
)
def prove_factor() -> Response:
    """Keep the key that the app has proven to have, and answer with recovery codes."""
    asked, id, store = body.read_json(request, ProvenFactor), team.own_id(), services().store
    if sign_ins.read(store, id).totp is not None:
        raise Problem("conflict")
    begun = second_factor.opened(signing_in.secret(), _bytes(asked.sealed), f"new {id}")
    step = begun.step_of(asked.code, store.clock()) if begun else None
    if begun is None or step is None:
        raise Problem("wrong_sign_in")
    kept, shown = second_factor.with_recovery(begun)
    sign_ins.set_totp(store, id, kept.sealed(signing_in.secret(), id), step)
    return reply.json(RecoveryCodes(shown))


@blueprint.delete("/v1/people/me/second-factor")
@operation.describes(
    "Take the authenticator app away",
    access=operation.SESSION,
    body=FactorAway,
    answers={204: None},
    problems=OWN,
    role=operation.MEMBER,
    by_person=True,
)
def forget_factor() -> Response:
    """Forget it, for one who has it or a recovery code at hand."""
    asked, id, store = body.read_json(request, FactorAway), team.own_id(), services().store
    signing_in.guarded_factor(request, sign_ins.read(store, id), asked.code)
    sign_ins.set_totp(store, id, None, None)
    return reply.nothing()


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii", "replace"))
    except ValueError:
        return b""
