"""``/v1/people``: who is in the team, and what each may."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, request

from backend.http import auditing, body, operation, reply, team
from backend.http.services import services
from backend.http.team import PersonInfo, PersonName, Role, SignInName
from backend.store import people, sign_ins

blueprint = Blueprint("people", __name__)
FAULTS = ("not_found", "no_team", "last_administrator")


class AllPeople(msgspec.Struct):
    """Everybody, by name."""

    people: list[PersonInfo]


class PersonChange(msgspec.Struct, forbid_unknown_fields=True):
    """What is to change; what is not named stays."""

    name: PersonName | msgspec.UnsetType = msgspec.UNSET
    role: Role | msgspec.UnsetType = msgspec.UNSET
    disabled: bool | msgspec.UnsetType = msgspec.UNSET
    """Shut out: tokens, sessions and passwords do not work until this is taken back."""
    sign_in: SignInName | msgspec.UnsetType = msgspec.UNSET
    """Empty takes it away."""


@blueprint.get("/v1/people")
@operation.describes("Read who is in the team", answers={200: AllPeople}, role=operation.ADMINISTRATOR)
def read_all() -> Response:
    """Answer with everybody; nobody on one person's own server."""
    return reply.json(AllPeople([team.shown(one) for one in people.read_all(services().store)]))


@blueprint.get("/v1/people/me")
@operation.describes("Read your own account", answers={200: PersonInfo}, problems=("not_found",), role=operation.MEMBER)
def read_own() -> Response:
    """Answer with the person who asks; 404 for whoever has the server's own machine."""
    return reply.json(team.shown(people.read(services().store, team.own_id())))


@blueprint.patch("/v1/people/<id>")
@operation.describes(
    "Change somebody's name or role, or shut them out",
    body=PersonChange,
    answers={200: PersonInfo},
    problems=(*FAULTS, "conflict"),
    role=operation.ADMINISTRATOR,
)
def change(id: str) -> Response:
    """Change them; their devices and sessions follow at once."""
    team.require()
    wanted = body.read_json(request, PersonChange)
    given: dict[str, Any] = {
        name: one for name, one in msgspec.structs.asdict(wanted).items() if one is not msgspec.UNSET
    }
    if "sign_in" in given:
        given["sign_in"] = given["sign_in"].lower() or None
    person = people.change(services().store, id, **given)
    services().live.refresh()
    told = {name: one for name, one in given.items() if name in ("role", "disabled")}
    auditing.note("person.change", person.name, id=id, **told)
    return reply.json(team.shown(person))


@blueprint.delete("/v1/people/<id>")
@operation.describes(
    "Remove somebody, with their devices, sessions and personal lists",
    answers={204: None},
    problems=FAULTS,
    role=operation.ADMINISTRATOR,
)
def remove(id: str) -> Response:
    """Remove them."""
    team.require()
    person = people.remove(services().store, id)
    services().live.refresh()
    auditing.note("person.remove", person.name, id=id)
    return reply.nothing()


@blueprint.delete("/v1/people/<id>/sign-in")
@operation.describes(
    "Take away somebody's password, second factor and provider, for one who has lost them",
    answers={204: None},
    problems=("not_found", "no_team"),
    role=operation.ADMINISTRATOR,
)
def reset(id: str) -> Response:
    """Forget them and end their sessions; their devices stay."""
    team.require()
    person = people.read(services().store, id)
    sign_ins.reset(services().store, id)
    auditing.note("person.reset", person.name, id=id)
    return reply.nothing()
