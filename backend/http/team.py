"""What holds for a team alone, and how its people are shown."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from backend.http import guard
from backend.http.problems import Problem
from backend.http.services import services
from backend.store.people import Person

Role = Literal["member", "editor", "administrator"]
PersonName = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")
]
SignInName = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x20\x7f]*$")]
"""A word without spaces, for example an e-mail address."""


class PersonInfo(msgspec.Struct):
    """Somebody of the team."""

    id: str
    name: str
    role: Role
    disabled: bool
    created: str
    sign_in: str
    """What they type to sign in, or the e-mail address by which the provider names them; empty: nothing."""
    password: bool
    second_factor: bool
    provider: bool
    """Whether they have signed in by the provider."""


def shown(person: Person) -> PersonInfo:
    """Return somebody as the API shows them."""
    return PersonInfo(
        person.id,
        person.name,
        person.role,  # type: ignore[arg-type]
        person.disabled,
        person.created,
        person.sign_in or "",
        person.has_password,
        person.has_second_factor,
        person.has_provider,
    )


def require() -> None:
    """Raise :class:`Problem` where the server is one person's own."""
    if not services().config.is_team:
        raise Problem("no_team")


def own_id() -> str:
    """Return the id of the person who asks; raises :class:`Problem` where there is none."""
    id = guard.caller().person_id
    if not id:
        raise Problem("not_found")
    return id
