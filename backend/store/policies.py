"""The policy in force: one row, and the version that its readers have seen."""

from __future__ import annotations

import json

from sqlalchemy import Connection, insert, select, update

from backend.model import Policy
from backend.store import versions
from backend.store.database import Store
from backend.store.stale import Stale
from backend.store.tables import policy as table


def read(store: Store) -> tuple[Policy, int]:
    """Return the policy and its version, 0 for the one that comes with the product."""
    with store.read() as connection:
        return _read(connection)


def write(store: Store, policy: Policy, seen: int | None = None) -> int:
    """Put a policy in force and return its version; raises :class:`Stale` if ``seen`` is not the newest."""
    body = json.dumps(
        {
            "note_at": policy.note_at,
            "warn_at": policy.warn_at,
            "stop_at": policy.stop_at,
            "disabled_rules": sorted(policy.disabled_rules),
        }
    )
    with store.write() as connection:
        version = _read(connection)[1]
        if seen is not None and seen != version:
            raise Stale("policy")
        values = {"body": body, "version": version + 1}
        connection.execute(update(table).values(values) if version else insert(table).values(id=1, **values))
        versions.bump(connection, "policy")
        return version + 1


def _read(connection: Connection) -> tuple[Policy, int]:
    row = connection.execute(select(table.c.body, table.c.version)).first()
    if row is None:
        return Policy(), 0
    fields = json.loads(row.body)
    fields["disabled_rules"] = frozenset(fields["disabled_rules"])
    return Policy(**fields), row.version
