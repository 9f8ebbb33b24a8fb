"""The audit log: what administrators and list editors did, append only and chained.

Each entry's hash is SHA-256 over the hash of the one before and over what the entry says, and its number is the
one before plus one.  So an entry that was changed, taken out or moved is found by whoever computes the chain
again.  What was cut off at the end is found by whoever kept a later head: the number and the hash of an entry.

No entry holds a term, a word of a draft, a token, a code or an address.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, insert, select

from backend.store.database import Store
from backend.store.locks import hold
from backend.store.tables import audit

START = "0" * 64
"""What the first entry has for the hash of the one before."""
BATCH = 1_000
LONGEST_DETAIL = 4_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did."""

    id: int
    at: str
    """In UTC, for example ``2026-11-24T12:00:00Z``."""
    who: str
    """A person's name and device, or ``"command line"``."""
    person_id: str
    """Empty for whoever has the server's own machine."""
    action: str
    subject: str
    detail: str
    """A JSON object as it was hashed."""
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry, to be kept elsewhere: a log that has it later has lost nothing since."""

    id: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain does not hold."""

    id: int
    reason: str
    """``changed``, ``missing`` or ``cut``."""


def digest(entry: Entry) -> str:
    """Return the hash that an entry must have."""
    facts = [entry.id, entry.at, entry.who, entry.person_id, entry.action, entry.subject, entry.detail]
    text = json.dumps([entry.previous, *facts], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def add(connection: Connection, at: str, who: str, person_id: str, action: str, subject: str, **detail: Any) -> Entry:
    """Write an entry within the transaction of what it tells of; called last, since others wait for it to end."""
    hold(connection, "audit")
    before = head_with(connection)
    told = json.dumps(detail, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    if len(told) > LONGEST_DETAIL:
        raise ValueError("an entry of the audit log is a line")
    facts = (_plain(who)[:100], person_id, action, _plain(subject)[:200], told, before.hash)
    entry = Entry(before.id + 1, at, *facts, hash="")
    entry = replace(entry, hash=digest(entry))
    connection.execute(insert(audit).values(asdict(entry)))
    return entry


def note(store: Store, connection: Connection, action: str, subject: str, **detail: Any) -> None:
    """Write down what the author of a store does; a store without one is one person's own, and tells nobody."""
    if store.author is not None:
        add(connection, store.now(), store.author.name, store.author.person_id, action, subject, **detail)


def head(store: Store) -> Head:
    """Return the newest entry's number and hash."""
    with store.read() as connection:
        return head_with(connection)


def head_with(connection: Connection) -> Head:
    """Return the newest entry's number and hash; of an empty log 0 and :data:`START`."""
    row = connection.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).first()
    return Head(row.id, row.hash) if row is not None else Head(0, START)


def read_page(store: Store, before: int = 0, limit: int = 100) -> tuple[list[Entry], int]:
    """Return entries, newest first, older than number ``before`` (0: the newest), and how many there are."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if before:
        query = query.where(audit.c.id < before)
    with store.read() as connection:
        total = connection.execute(select(func.count()).select_from(audit)).scalar() or 0
        return [Entry(*row) for row in connection.execute(query)], total


def read_all(store: Store) -> Iterator[Entry]:
    """Yield all entries, oldest first, those that are there when it begins; a few at a time."""
    last, seen = head(store).id, 0
    while True:
        query = select(audit).where(audit.c.id > seen, audit.c.id <= last).order_by(audit.c.id).limit(BATCH)
        with store.read() as connection:
            found = [Entry(*row) for row in connection.execute(query)]
        yield from found
        if not found:
            return
        seen = found[-1].id


def verify(entries: Iterable[Entry], kept: Head | None = None) -> tuple[Head, list[Fault]]:
    """Compute a chain again; return its head and where it does not hold.

    ``kept`` is a head from an earlier time: the chain must have that very entry, else its end was cut off, or
    all of it was written anew.
    """
    last, faults, has_kept = Head(0, START), [], kept is None or kept.id == 0
    for entry in entries:
        if entry.id != last.id + 1:
            faults.append(Fault(last.id + 1, "missing"))
        if entry.hash != digest(entry) or (entry.id == last.id + 1 and entry.previous != last.hash):
            faults.append(Fault(entry.id, "changed"))
        has_kept = has_kept or kept == Head(entry.id, entry.hash)
        last = Head(entry.id, entry.hash)
    if kept is not None and not has_kept:
        faults.append(Fault(kept.id, "cut" if kept.id > last.id else "changed"))
    return last, list(dict.fromkeys(faults))


def _plain(text: str) -> str:
    """Return a name on one line: what a person calls a device must not write lines of a log."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text)
