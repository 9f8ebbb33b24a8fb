"""The terms of a list: added, removed, replaced, searched, read page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.exc import DBAPIError

from backend.model import PLAIN, Term
from backend.store import details, history, lists
from backend.store.database import Store
from backend.store.search import ALL, Filter
from backend.store.tables import terms

CHUNK = 500
"""Values in one statement: SQLite takes at least 999."""
BATCH = 5_000
"""Terms written between two words about the progress."""
Progress = Callable[[int], None]
"""Told how many terms are done; what it raises undoes everything."""
_NAMES = tuple(column.name for column in details.COLUMNS)


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of terms did."""

    added: int
    changed: int
    removed: int
    list: lists.Entry


@dataclass(frozen=True, slots=True)
class Page:
    """Some terms of a list."""

    terms: list[Term]
    next: int | None
    """``after`` of the next page, ``None`` at the end."""
    found: int
    """How many terms the filter finds."""
    list: lists.Entry


def read_page(store: Store, id: str, after: int = 0, limit: int = 1000, wanted: Filter = ALL) -> Page:
    """Return terms in their order; raises :class:`NotFound`."""
    with store.read() as connection:
        entry = lists.read_with(connection, id)
        where = [terms.c.list_id == id, *wanted.where(entry.defaults)]
        query = select(terms.c.id, *details.COLUMNS).where(*where, terms.c.id > after).order_by(terms.c.id)
        rows = connection.execute(query.limit(limit + 1)).all()
        found = entry.terms
        if wanted is not ALL:
            found = connection.execute(select(func.count()).select_from(terms).where(*where)).scalar() or 0
    read = details.reader()
    page = [read(row[1:]) for row in rows[:limit]]
    return Page(page, rows[limit - 1].id if len(rows) > limit else None, found, entry)


def change(
    store: Store,
    id: str,
    add: Iterable[Term] = (),
    remove: Sequence[str] = (),
    seen: int | None = None,
    who: str = "",
    action: str = "terms",
    progress: Progress | None = None,
) -> Change:
    """Remove terms by their text, then add; one that is there already becomes as the new one says.

    Raises :class:`NotFound`, :class:`Stale`.
    """
    with store.write() as connection:
        version = lists.touch(connection, id, seen).version + 1
        removed = _remove(connection, id, version, remove)
        added, changed = _add(connection, id, version, add, progress)
        return _done(store, connection, id, version, who, action, (added, changed, removed))


def replace(
    store: Store,
    id: str,
    wanted: Iterable[Term],
    seen: int | None = None,
    who: str = "",
    action: str = "replaced",
    progress: Progress | None = None,
) -> Change:
    """Make these the terms of a list, and no others; raises :class:`NotFound`, :class:`Stale`."""
    with store.write() as connection:
        version = lists.touch(connection, id, seen).version + 1
        removed = _remove_where(connection, id, version, [])
        added, _ = _add(connection, id, version, wanted, progress)
        return _done(store, connection, id, version, who, action, (added, 0, removed))


def edit(
    store: Store,
    id: str,
    wanted: Filter,
    changes: Mapping[str, Any] | None,
    seen: int | None = None,
    who: str = "",
) -> Change:
    """Change fields of every term that a filter finds; ``None`` removes them.

    ``changes`` has values as columns keep them (:func:`backend.store.details.column`).
    Raises :class:`NotFound`, :class:`Stale`.
    """
    with store.write() as connection:
        entry = lists.touch(connection, id, seen)
        version, where = entry.version + 1, wanted.where(entry.defaults)
        if changes is None:
            counts = (0, 0, _remove_where(connection, id, version, where))
        else:
            where = [*where, or_(*(terms.c[name].is_distinct_from(value) for name, value in changes.items()))]
            changed = history.keep(connection, id, version, where) if changes else 0
            if changed:
                connection.execute(update(terms).where(terms.c.list_id == id, *where).values(changes))
            counts = (0, changed, 0)
        return _done(store, connection, id, version, who, "edited", counts)


def matching(store: Store, id: str, wanted: Filter) -> list[Term]:
    """Return every term that a filter finds; raises :class:`NotFound`."""
    with store.read() as connection:
        where = wanted.where(lists.read_with(connection, id).defaults)
        return details.read_all(connection, [terms.c.list_id == id, *where])


def known_among(store: Store, id: str, wanted: Iterable[Term]) -> tuple[int, int]:
    """Return how many of these terms a list has just so, and how many it has otherwise."""
    there = {term.text: term for term in matching(store, id, ALL)}
    found = [there[term.text] == term for term in wanted if term.text in there]
    return sum(found), len(found) - sum(found)


def add_with(connection: Connection, id: str, wanted: Iterable[Term]) -> int:
    """Add terms to a list that the same transaction has made."""
    return _add(connection, id, 1, wanted)[0]


def _done(
    store: Store,
    connection: Connection,
    id: str,
    version: int,
    who: str,
    action: str,
    counts: tuple[int, int, int],
) -> Change:
    if not any(counts):
        # No version, so that the next undo takes back what was done before.
        return Change(*counts, lists.untouch(connection, id, version - 1))
    history.record(connection, id, version, store.now(), who, action, counts)
    after = lists.read_with(connection, id)
    if counts[0]:
        lists.check_room(connection, after)
    added, changed, removed = counts
    lists.note(store, connection, f"list.{action}", after, added=added, changed=changed, removed=removed)
    return Change(*counts, after)


def _add(
    connection: Connection, id: str, version: int, wanted: Iterable[Term], progress: Progress | None = None
) -> tuple[int, int]:
    unique = {term.text: term for term in wanted}
    known = _known(connection, id, list(unique))
    new = [term for text, term in unique.items() if text not in known]
    changed = [
        {"key": known[text][0], **details.term_columns(term)}
        for text, term in unique.items()
        if text in known and known[text][1] != term
    ]
    done = 0
    for batch in _batches(new):
        _write(connection, [_row(id, version, term) for term in batch])
        done += len(batch)
        if progress:
            progress(done)
    _overwrite(connection, id, version, changed)
    return len(new), len(changed)


def _write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Write rows that have the same columns; to PostgreSQL as one stream, which takes a fifth of the time."""
    if connection.dialect.driver != "psycopg":
        connection.execute(insert(terms), rows)
        return
    names = list(rows[0])
    driver: Any = connection.connection.driver_connection
    statement = f"COPY terms ({', '.join(names)}) FROM STDIN"
    errors: type[Exception] = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except errors as error:
        # As SQLAlchemy tells its own; the words of the terms must not stand in it.
        raise DBAPIError.instance(statement, None, error, errors, hide_parameters=True) from None


def _row(id: str, version: int, term: Term) -> dict[str, Any]:
    """Return the columns of a term that say something."""
    if term.details is not PLAIN:
        return {"list_id": id, "since": version, **details.term_columns(term)}
    level = term.level.word if term.level else None
    return {"list_id": id, "since": version, "text": term.text, "form": term.form, "level": level}


def _known(connection: Connection, id: str, texts: list[str]) -> dict[str, tuple[int, Term]]:
    """Return those of the texts that a list has; of many, the whole list is read at once."""
    query = select(terms.c.id, *details.COLUMNS).where(terms.c.list_id == id)
    if len(texts) > 4 * CHUNK:
        queries = [query]
    else:
        queries = [query.where(terms.c.text.in_(texts[at : at + CHUNK])) for at in range(0, len(texts), CHUNK)]
    read = details.reader()
    return {row.text: (row[0], read(row[1:])) for one in queries for row in connection.execute(one)}


def _overwrite(connection: Connection, id: str, version: int, rows: list[dict[str, Any]]) -> None:
    for batch in (rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK)):
        history.keep(connection, id, version, [terms.c.id.in_([row["key"] for row in batch])])
        values: dict[str, Any] = {name: bindparam(name) for name in _NAMES}
        connection.execute(update(terms).where(terms.c.id == bindparam("key")).values(values), batch)


def _remove(connection: Connection, id: str, version: int, texts: Sequence[str]) -> int:
    removed = 0
    for start in range(0, len(texts), CHUNK):
        removed += _remove_where(connection, id, version, [terms.c.text.in_(texts[start : start + CHUNK])])
    return removed


def _remove_where(connection: Connection, id: str, version: int, where: Sequence[ColumnElement[bool]]) -> int:
    history.keep(connection, id, version, where)
    return connection.execute(delete(terms).where(terms.c.list_id == id, *where)).rowcount


def _batches(found: list[Term]) -> Iterator[list[Term]]:
    """Yield terms in their order, those without details apart: rows of one statement have the same columns."""
    for _, run in groupby(found, key=lambda term: term.details is PLAIN):
        same = list(run)
        yield from (same[at : at + BATCH] for at in range(0, len(same), BATCH))
