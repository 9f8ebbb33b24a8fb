"""``/v1/invitations`` and ``/v1/joins``: how somebody comes into a team, or brings one more device."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, request

from backend.http import auditing, body, guard, operation, reply, team
from backend.http.problems import Problem
from backend.http.services import services
from backend.http.team import PersonInfo, PersonName, Role
from backend.http.words import DeviceName
from backend.people import codes
from backend.store import invitations, people
from backend.store.invitations import Invitation
from backend.web import session

blueprint = Blueprint("invitations", __name__)


class NewInvitation(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody new by name and role, or one more device of somebody who is there."""

    name: PersonName | msgspec.UnsetType = msgspec.UNSET
    role: Role = "member"
    person: Annotated[str, msgspec.Meta(max_length=32)] | msgspec.UnsetType = msgspec.UNSET
    """The id of somebody who is there; name and role are theirs."""
    days: Annotated[int, msgspec.Meta(ge=1, le=30)] = invitations.KEEP_DAYS


class InvitationInfo(msgspec.Struct):
    """An invitation that nobody has used yet."""

    id: str
    name: str
    role: Role
    person: str | None
    created_by: str
    created: str
    expires_in: Annotated[int, msgspec.Meta(ge=0)]
    """Seconds."""


class MadeInvitation(InvitationInfo):
    """A new invitation; link and code are told this once."""

    link: str
    code: str


class AllInvitations(msgspec.Struct):
    """Those that can still be used."""

    invitations: list[InvitationInfo]


class NewCode(msgspec.Struct, forbid_unknown_fields=True):
    """The code of the link, or as it was typed."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class NewJoin(NewCode, forbid_unknown_fields=True):
    """The code as it was typed, and how the device calls itself."""

    device: DeviceName


class Joined(msgspec.Struct):
    """The device is let in; the token is told this once."""

    token: str
    person: PersonInfo
    role: Role


@blueprint.get("/v1/invitations")
@operation.describes("Read the invitations", answers={200: AllInvitations}, role=operation.ADMINISTRATOR)
def read_all() -> Response:
    """Answer with those that can still be used."""
    return reply.json(AllInvitations([InvitationInfo(**_told(one)) for one in invitations.read_all(services().store)]))


@blueprint.post("/v1/invitations")
@operation.describes(
    "Invite somebody, or one more device of somebody",
    details="The link opens a page of this server; the code is typed into the extension. Either works, once.",
    body=NewInvitation,
    answers={201: MadeInvitation},
    problems=("no_team", "not_found"),
    role=operation.ADMINISTRATOR,
)
def make() -> Response:
    """Make one."""
    team.require()
    wanted = body.read_json(request, NewInvitation)
    store = services().store
    if wanted.person is not msgspec.UNSET:
        person = people.read(store, wanted.person)
        who, role, id = person.name, person.role, person.id
    elif wanted.name is not msgspec.UNSET:
        who, role, id = wanted.name.strip(), wanted.role, None
    else:
        raise Problem("invalid", errors=(("/name", "required"),))
    code, one = invitations.make(store, who, role, guard.caller().name, person_id=id, days=wanted.days)
    auditing.note("invitation.make", who, id=one.id, role=role, days=wanted.days)
    return reply.json(MadeInvitation(**_told(one), link=link(code), code=codes.spaced(code)), 201)


@blueprint.delete("/v1/invitations/<id>")
@operation.describes(
    "Withdraw an invitation", answers={204: None}, problems=("not_found",), role=operation.ADMINISTRATOR
)
def withdraw(id: str) -> Response:
    """Take it back; its link and its code open nothing any more."""
    one = invitations.withdraw(services().store, id)
    auditing.note("invitation.withdraw", one.name, id=id)
    return reply.nothing()


@blueprint.post("/v1/joins")
@operation.describes(
    "Join with a code (the extension)",
    details="A code that is unknown, used or too old is answered alike.",
    access=operation.OPEN,
    body=NewJoin,
    answers={201: Joined},
    problems=("wrong_code", "too_many"),
)
def join() -> Response:
    """Let the device in; only the product's own extension may ask."""
    origin = request.headers.get("Origin", "")
    if not guard.known_origins().is_extension(origin):
        raise Problem("foreign_origin")
    if not services().join_limit.allows(request.remote_addr or ""):
        raise Problem("too_many")
    wanted = body.read_json(request, NewJoin)
    word, person = invitations.join(services().store, wanted.code, wanted.device, origin)
    return reply.json(Joined(word, team.shown(person), person.role), 201)  # type: ignore[arg-type]


@blueprint.post("/v1/joins/here")
@operation.describes(
    "Join with a code in this browser (the page for joining)",
    details="Opens a session of the person, in which their extension can be paired.",
    access=operation.OPEN,
    body=NewCode,
    answers={204: None},
    problems=("wrong_code", "too_many", "no_team"),
)
def join_here() -> Response:
    """Open a session; only a page of this server may ask."""
    if request.headers.get("Origin") is None or not session.is_same_origin(request):
        raise Problem("foreign_origin")
    team.require()
    if not services().join_limit.allows(request.remote_addr or ""):
        raise Problem("too_many")
    person = invitations.use(services().store, body.read_json(request, NewCode).code)
    return session.open_session(request, reply.nothing(), person.id, person.role)


def link(code: str) -> str:
    """Return the address that opens the page for joining."""
    return f"{services().config.address}/join?once={code}"


def _told(one: Invitation) -> dict[str, Any]:
    fields = {name: getattr(one, name) for name in ("id", "name", "role", "created_by", "created")}
    left = max(0, round(one.expires - services().store.clock()))
    return {**fields, "person": one.person_id, "expires_in": left}
