"""What somebody may do: three roles, each of which may do what the one before it may.

Whoever works alone on their own machine is an administrator, and so is whoever has the
machine that a team's server runs on.
"""

from __future__ import annotations

from dataclasses import dataclass

MEMBER, EDITOR, ADMINISTRATOR = "member", "editor", "administrator"
ROLES = (MEMBER, EDITOR, ADMINISTRATOR)
BY_DEVICE = "device-"
"""How the id of a session begins that a device's token has opened."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks."""

    owner: str
    """``token:<id>`` or ``session:<id>``; empty for somebody who is not known."""
    name: str
    """As the history and the audit log name them."""
    role: str
    person_id: str = ""
    """Empty where there are no people: one person's own machine."""

    def may(self, role: str) -> bool:
        """Return whether they may do what a role may.

        >>> Caller("token:1", "An", "editor").may("member"), Caller("token:1", "An", "editor").may("administrator")
        (True, False)
        """
        return includes(self.role, role)

    @property
    def is_device(self) -> bool:
        """Return whether a device asks, by its token or in a session that its token has opened."""
        return self.owner.startswith(("token:", f"session:{BY_DEVICE}"))


NOBODY = Caller("", "", MEMBER)


def includes(role: str, wanted: str) -> bool:
    """Return whether a role may do what another may; one that is not known may nothing."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(wanted)
