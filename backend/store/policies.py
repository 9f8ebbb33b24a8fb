"""The policy in force: one row, and the version that its readers have seen."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import Connection, insert, select, update

from backend.model import Policy
from backend.policy.table import from_table, to_table
from backend.store import audit, versions
from backend.store.database import Store
from backend.store.stale import Stale
from backend.store.tables import policy as table


def read(store: Store) -> tuple[Policy, int]:
    """Return the policy and its version, 0 for the one that comes with the product."""
    with store.read() as connection:
        return _read(connection)


def write(store: Store, policy: Policy, seen: int | None = None) -> int:
    """Put a policy in force and return its version; raises :class:`Stale` if ``seen`` is not the newest."""
    return change(store, lambda _before: policy, seen)[1]


def change(store: Store, make: Callable[[Policy], Policy], seen: int | None = None) -> tuple[Policy, int]:
    """Put what ``make`` makes of the policy in force, and return it with its version.

    Nobody's change in between is lost.  Raises :class:`Stale`, and what ``make`` raises.
    """
    with store.write() as connection:
        versions.bump(connection, "policy")  # first: of two who change it at once, one waits here for the other
        before, version = _read(connection)
        if seen is not None and seen != version:
            raise Stale("policy")
        policy = make(before)
        # The key of own data stays here: no table that is given away has it.
        body = json.dumps({**to_table(policy), "own_key": policy.own_key.hex()})
        values = {"body": body, "version": version + 1}
        connection.execute(update(table).values(values) if version else insert(table).values(id=1, **values))
        audit.note(store, connection, "policy.changed", "", changed=_changed(before, policy), version=version + 1)
        return policy, version + 1


def _changed(before: Policy, after: Policy) -> list[str]:
    """Return the keys of the policy that differ, and none of what they say."""
    old, new = to_table(before), to_table(after)
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))


def _read(connection: Connection) -> tuple[Policy, int]:
    row = connection.execute(select(table.c.body, table.c.version)).first()
    if row is None:
        return Policy(), 0
    fields = json.loads(row.body)
    key = bytes.fromhex(fields.pop("own_key", ""))
    return from_table(fields, Policy(own_key=key)), row.version
