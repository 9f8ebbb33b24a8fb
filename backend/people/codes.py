"""Codes that people read and type: Crockford's Base32, which has no letter that is taken for another.

Source: https://www.crockford.com/base32.html.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
INVITATION = 16
"""Letters of an invitation: 80 random bits."""
RECOVERY = 12
"""Letters of a recovery code: 60 random bits."""
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\u2013": None, "\u00a0": None})


def new(letters: int = INVITATION) -> str:
    """Return a random code, each letter five bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(letters))


def spaced(code: str) -> str:
    """Return a code in groups, as it is shown.

    >>> spaced("7K3M9QXTB2C4D5E6")
    '7K3M-9QXT-B2C4-D5E6'
    """
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def plain(typed: str) -> str:
    """Return what somebody typed as the code that is meant.

    >>> plain(" 7k3m 9qxt-b2c4-d5eo")
    '7K3M9QXTB2C4D5E0'
    """
    return typed.strip().upper().translate(_ALIKE)
