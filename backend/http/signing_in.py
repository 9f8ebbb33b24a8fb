"""Knowing somebody by password and second factor, so that a wrong try tells nothing and costs time."""

from __future__ import annotations

from functools import cache

from flask import Request, current_app

from backend.config import Config
from backend.http import delays
from backend.http.problems import Problem
from backend.http.services import services
from backend.people import passwords, second_factor
from backend.people.delays import Delays
from backend.people.roles import ADMINISTRATOR, MEMBER
from backend.people.second_factor import SecondFactor
from backend.store import sign_ins
from backend.store.sign_ins import SignIn
from backend.team import secret as secrets
from backend.team.secret import Secret

KEY = "secondlook.delays"


@cache
def _secret(config: Config) -> Secret:
    return secrets.read(config)


def secret() -> Secret:
    """Return the secret that the servers of the team share."""
    return _secret(services().config)


def by_password(request: Request, sign_in: str, password: str, code: str) -> tuple[SignIn, str]:
    """Return who signs in, and what the session may; raises :class:`Problem`.

    That there is nobody of the name, that somebody has no password, and that it is wrong
    are the same answer after the same time.
    """
    name, address = sign_in.replace("\0", "").strip().lower(), request.remote_addr or ""
    _wait(name, address)
    person = sign_ins.find(services().store, name)
    is_right = passwords.matches(person.password if person else None, password)
    if person is None or not is_right or person.disabled:
        raise _wrong(name, address)
    if person.totp is not None and not code:
        raise Problem("second_factor_needed")
    if person.totp is not None and not is_second_factor(person, code):
        raise _wrong(name, address)
    _delays()[0].succeeded("account", name)
    # A password alone opens no more than a member's: an administrator needs a second factor.
    is_alone = person.role == ADMINISTRATOR and person.totp is None
    return person, MEMBER if is_alone else person.role


def is_second_factor(person: SignIn, code: str) -> bool:
    """Use a code of the app or a recovery code up, and return whether it was right; each works once."""
    if person.totp is None:
        return False
    kept = second_factor.opened(secret(), person.totp, person.id)
    if kept is None:
        return False
    store = services().store
    step = kept.step_of(code, store.clock())
    if step is not None:
        return sign_ins.use_step(store, person.id, step)
    left: SecondFactor | None = kept.without(code)
    return left is not None and sign_ins.swap_totp(store, person.id, person.totp, left.sealed(secret(), person.id))


def check_again(request: Request, person: SignIn, password: str) -> None:
    """Ask for the password of somebody who is inside already; raises :class:`Problem` where it is wrong."""
    if person.password is None:
        return
    address = request.remote_addr or ""
    _wait(person.id, address)
    if not passwords.matches(person.password, password):
        raise _wrong(person.id, address)


def guarded_factor(request: Request, person: SignIn, code: str) -> None:
    """Ask for the second factor of somebody who is inside already; raises :class:`Problem` where it is wrong."""
    address = request.remote_addr or ""
    _wait(person.id, address)
    if not is_second_factor(person, code):
        raise _wrong(person.id, address)


def _wait(name: str, address: str) -> None:
    by_account, by_address = _delays()
    if by_account.left("account", name) or by_address.left("address", address):
        raise Problem("too_many")


def _wrong(name: str, address: str) -> Problem:
    by_account, by_address = _delays()
    by_account.failed("account", name)
    by_address.failed("address", address)
    return Problem("wrong_sign_in")


def _delays() -> tuple[Delays, Delays]:
    found: tuple[Delays, Delays] | None = current_app.extensions.get(KEY)
    if found is None:
        found = current_app.extensions[KEY] = delays.build(services().config, services().store)
    return found
