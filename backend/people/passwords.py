"""Passwords: Argon2id with the figures OWASP recommends, and rules that ask for length alone.

Sources: RFC 9106; https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
(19 MiB, two passes); NIST SP 800-63B for length instead of kinds of characters.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12
LONGEST = 500
FEWEST_DIFFERENT = 5


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys() -> str:
    """Return the hash of a password that nobody has, so that to know nobody takes as long as to know somebody."""
    import secrets

    return hash_of(secrets.token_urlsafe(32))


def is_usable(password: str, sign_in: str) -> bool:
    """Return whether a password may be chosen.

    >>> is_usable("correct horse battery", "an"), is_usable("short", "an")
    (True, False)
    """
    is_long = SHORTEST <= len(password) <= LONGEST
    return is_long and len(set(password)) >= FEWEST_DIFFERENT and password.lower() != sign_in.lower()


def hash_of(password: str) -> str:
    """Return what is kept of a password."""
    return _hasher().hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Return whether a password is the one that is kept; takes as long where none is."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None
