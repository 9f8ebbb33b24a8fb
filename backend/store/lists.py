"""Lists: a user's own terms under a name.  Every change raises the list's version and is noted in its history.

In a team a list is everybody's, or one person's own.  Functions that take no ``owner`` and are given no id speak
of everybody's.  What is changed of everybody's stands in the audit log; of a person's own lists nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from backend.model import PLAIN, Details, Level, TermList
from backend.store import audit, details, history, versions
from backend.store.database import NotFound, Store
from backend.store.secrets import new_id
from backend.store.stale import NameTaken, Stale, TooMuchOwn
from backend.store.tables import lists, terms

__all__ = ["Entry", "NameTaken", "change", "create", "find", "read", "read_all", "remove", "reorder", "term_list"]
EVERYBODY = ""
MOST_OWN = 20
"""Lists of one person of a team."""
MOST_OWN_TERMS = 5_000
"""Terms of all lists of one person of a team: each server holds them in memory while the person writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A list without its terms."""

    id: str
    name: str
    level: Level
    enabled: bool
    version: int
    terms: int
    """How many terms it has."""
    observe: bool = False
    position: int = 0
    defaults: Details = PLAIN
    """What counts for those of its terms that do not say it themselves."""
    owner: str = EVERYBODY
    """The person whose own list it is."""


def read_all(store: Store, owner: str = EVERYBODY) -> list[Entry]:
    """Return everybody's lists, or those of a person, in their order, those of one position by name."""
    with store.read() as connection:
        found = [_entry(row) for row in connection.execute(_query().where(lists.c.owner == owner))]
    return sorted(found, key=lambda one: (one.position, one.name))


def read(store: Store, id: str) -> Entry:
    """Return one list; raises :class:`NotFound`."""
    with store.read() as connection:
        return read_with(connection, id)


def read_with(connection: Connection, id: str) -> Entry:
    """Return one list within a transaction that does more than that."""
    row = connection.execute(_query().where(lists.c.id == id)).first()
    if row is None:
        raise NotFound("list")
    return _entry(row)


def find(store: Store, name: str) -> Entry:
    """Return the list of a name or an id, as a person types it, if it is everybody's; raises :class:`NotFound`."""
    meant = _query().where((lists.c.name == name) | (lists.c.id == name), lists.c.owner == EVERYBODY)
    with store.read() as connection:
        row = connection.execute(meant).first()
    if row is None:
        raise NotFound("list")
    return _entry(row)


def create(store: Store, name: str, level: Level = Level.STOP, enabled: bool = True, **more: Any) -> Entry:
    """Make an empty list; raises :class:`NameTaken`.  ``more``: see :func:`create_with`."""
    with store.write() as connection:
        made = create_with(connection, name, level, enabled, at=store.now(), **more)
        note(store, connection, "list.made", made)
        return made


def create_with(
    connection: Connection,
    name: str,
    level: Level,
    enabled: bool,
    observe: bool = False,
    defaults: Details = PLAIN,
    *,
    at: str = "",
    who: str = "",
    owner: str = EVERYBODY,
) -> Entry:
    """Make an empty list, last in the order, within a transaction that does more than that.

    Raises :class:`NameTaken`, :class:`TooMuchOwn`.
    """
    versions.bump(connection, noun(owner))  # first: of two who change lists at once, one waits here for the other
    same = select(func.max(lists.c.position), func.count()).where(lists.c.owner == owner)
    last, count = connection.execute(same).one()
    if owner and count >= MOST_OWN:
        raise TooMuchOwn
    entry = Entry(new_id(), name, level, enabled, 1, 0, observe, last or 0, defaults, owner)
    values = {one: getattr(entry, one) for one in ("id", "name", "enabled", "version", "observe", "position", "owner")}
    values |= {"level": level.word, **details.to_columns(defaults, details.LIMITS)}
    try:
        connection.execute(insert(lists).values(values))
    except IntegrityError:
        raise NameTaken from None
    history.record(connection, entry.id, 1, at, who, "created")
    return entry


def change(store: Store, id: str, changes: Mapping[str, Any], seen: int | None = None, who: str = "") -> Entry:
    """Change name, level, switches, position or what is set for its terms.

    Raises :class:`NotFound`, :class:`Stale`, :class:`NameTaken`.
    """
    values = {name: _column(name, value) for name, value in changes.items()}
    with store.write() as connection:
        before = touch(connection, id, seen)
        if values:
            asked = select(*(lists.c[name] for name in values)).where(lists.c.id == id)
            old = dict(connection.execute(asked).one()._mapping)
            try:
                connection.execute(update(lists).where(lists.c.id == id).values(values))
            except IntegrityError:
                raise NameTaken from None
            history.record(connection, id, before.version + 1, store.now(), who, "settings", before=old)
        after = read_with(connection, id)
        note(store, connection, "list.changed", after, changed=sorted(values))
        return after


def _column(name: str, value: Any) -> Any:
    if isinstance(value, Level):
        return value.word
    return details.column(name, value) if name in details.LIMITS else value


def reorder(store: Store, ids: Sequence[str], owner: str = EVERYBODY) -> list[Entry]:
    """Put the lists of an owner into this order, those not named after them; raises :class:`NotFound`."""
    with store.write() as connection:
        versions.bump(connection, noun(owner))
        own = select(lists.c.id, lists.c.position, lists.c.name).where(lists.c.owner == owner)
        found = connection.execute(own).all()
        there = [row.id for row in sorted(found, key=lambda row: (row.position, row.name))]
        wanted = list(dict.fromkeys(ids))
        if not set(wanted) <= set(there):
            raise NotFound("list")
        for position, id in enumerate([*wanted, *(id for id in there if id not in wanted)]):
            moved = update(lists).where(lists.c.id == id, lists.c.position != position)
            connection.execute(moved.values(position=position, version=lists.c.version + 1))
        if not owner:
            audit.note(store, connection, "lists.ordered", "", lists=len(there))
    return read_all(store, owner)


def remove(store: Store, id: str, seen: int | None = None) -> None:
    """Delete a list with its terms and its history; raises :class:`NotFound`, :class:`Stale`."""
    with store.write() as connection:
        gone = touch(connection, id, seen)
        connection.execute(delete(lists).where(lists.c.id == id))
        note(store, connection, "list.removed", gone, terms=gone.terms)


def remove_own(connection: Connection, owner: str) -> int:
    """Delete the lists of a person who is deleted, and return how many there were."""
    versions.bump(connection, noun(owner))
    return connection.execute(delete(lists).where(lists.c.owner == owner, lists.c.owner != EVERYBODY)).rowcount


def everybodys_among(store: Store, ids: Iterable[str]) -> frozenset[str]:
    """Return those of some ids that are of lists that are everybody's."""
    found = select(lists.c.id).where(lists.c.id.in_(list(ids)), lists.c.owner == EVERYBODY)
    with store.read() as connection:
        return frozenset(connection.execute(found).scalars())


def owners(store: Store) -> frozenset[str]:
    """Return the people who have lists of their own."""
    with store.read() as connection:
        found = connection.execute(select(lists.c.owner).where(lists.c.owner != EVERYBODY).distinct())
        return frozenset(found.scalars())


def noun(owner: str) -> str:
    """Return what changes: everybody's lists, or lists of one person, for which no other's need be read again."""
    return "own_lists" if owner else "lists"


def note(store: Store, connection: Connection, action: str, entry: Entry, **detail: Any) -> None:
    """Write down what was done to a list that is everybody's; whose own it is, is nobody's business."""
    if not entry.owner:
        audit.note(store, connection, action, entry.name, id=entry.id, **detail)


def touch(connection: Connection, id: str, seen: int | None) -> Entry:
    """Raise the version of a list that is about to change, and return the list as its editor must have seen it."""
    owner = connection.execute(select(lists.c.owner).where(lists.c.id == id)).scalar()
    versions.bump(connection, noun(owner or EVERYBODY))
    entry = read_with(connection, id)
    if seen is not None and seen != entry.version:
        raise Stale("list")
    connection.execute(update(lists).where(lists.c.id == id).values(version=entry.version + 1))
    return entry


def untouch(connection: Connection, id: str, version: int) -> Entry:
    """Give a list its version back where nothing has changed after all."""
    connection.execute(update(lists).where(lists.c.id == id).values(version=version))
    return read_with(connection, id)


def undo(store: Store, id: str, seen: int | None = None, who: str = "") -> tuple[history.Undone, Entry]:
    """Take back the newest change of a list that can be.

    Raises :class:`NotFound`, :class:`Stale`, :class:`NameTaken`, :class:`backend.store.stale.NothingToUndo`.
    """
    with store.write() as connection:
        version = touch(connection, id, seen).version + 1
        done = history.undo(connection, id, version)
        counts = (done.added, 0, done.removed)
        history.record(connection, id, version, store.now(), who, "undone", counts)
        after = read_with(connection, id)
        check_room(connection, after)
        note(store, connection, "list.undone", after, version=done.version, added=done.added, removed=done.removed)
        return done, after


def check_room(connection: Connection, entry: Entry) -> None:
    """Raise :class:`TooMuchOwn` where a person's own lists have more terms than they may have together."""
    if entry.owner:
        own = select(func.count()).select_from(terms.join(lists)).where(lists.c.owner == entry.owner)
        if (connection.execute(own).scalar() or 0) > MOST_OWN_TERMS:
            raise TooMuchOwn


def term_list(store: Store, entry: Entry, day: str | None = None) -> TermList:
    """Return a list with all its terms, as the engine takes it; with ``day``, those that are valid then."""
    where = [terms.c.list_id == entry.id, *(() if day is None else valid_on(day, entry.defaults))]
    with store.read() as connection:
        found = tuple(details.read_all(connection, where))
    return TermList(
        entry.id, entry.name, entry.level, entry.enabled, found, entry.observe, entry.position, entry.defaults
    )


def valid_on(day: str, defaults: Details) -> list[ColumnElement[bool]]:
    """Return the conditions on terms of a list that count on a day."""
    begins, ends = terms.c.valid_from, terms.c.valid_until
    begun = not defaults.valid_from or defaults.valid_from <= day
    lasts = not defaults.valid_until or defaults.valid_until >= day
    return [
        or_(begins.is_(None), begins <= day) if begun else begins <= day,
        or_(ends.is_(None), ends >= day) if lasts else ends >= day,
    ]


def is_dated(store: Store) -> bool:
    """Tell whether any term or list has a date, so that another day may bring other terms."""
    dated = [
        select(table.c.id).where(or_(table.c.valid_from.is_not(None), table.c.valid_until.is_not(None))).limit(1)
        for table in (lists, terms)
    ]
    with store.read() as connection:
        return any(connection.execute(query).first() is not None for query in dated)


def _query() -> Select[Any]:
    counted = select(func.count()).where(terms.c.list_id == lists.c.id).scalar_subquery()
    own = ("id", "name", "level", "enabled", "version", "observe", "position", "owner", *details.LIMITS)
    return select(*(lists.c[name] for name in own), counted.label("terms"))


def _entry(row: Row[Any]) -> Entry:
    names = ("id", "name", "enabled", "version", "terms", "observe", "position", "owner")
    found = {name: getattr(row, name) for name in names}
    defaults = details.from_columns({name: getattr(row, name) for name in details.LIMITS})
    return Entry(level=Level.named(row.level), defaults=defaults, **found)
