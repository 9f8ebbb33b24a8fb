"""The engine and the tokens in force, renewed when the store has changed.

Another process (the command line, another server) may change a list or revoke a
token; a small row in the store tells.  It is read before each request where that
costs a tenth of a millisecond (SQLite), and at most each second elsewhere.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from backend.documents import Library
from backend.http import logs
from backend.http.own_lists import People
from backend.model import TermList
from backend.pipeline import Engine
from backend.rules.loader import PackError
from backend.sealed import shelf
from backend.store import Store, lists, policies, tokens, versions
from backend.store.secrets import hash_of
from backend.store.tokens import Token
from backend.subscriptions import packs

MANY_TOKENS = 50_000
"""Some 40 MB where so many devices ask one process; beyond, the database is asked again."""


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Make many small objects that stay, without the collector looking through all of them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Live:
    """What the store says now, held ready for the next check."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        *,
        documents: Callable[[], Library | None] = lambda: None,
        sealed: Path | None = None,
        copy: Callable[[], None] = lambda: None,
        poll_seconds: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take a bare engine and bring it to what the store says; ``documents`` gives the registered ones.

        ``copy`` brings the folder ``sealed`` up to date where servers share what is in it.
        """
        self._copy = copy
        self._documents = documents
        self._sealed = sealed
        self._sealed_seen: tuple[tuple[str, int, int], ...] = ()
        self._packs_seen: tuple[tuple[str, int, int], ...] = ()
        self._store = store
        self._clock = clock
        self._poll = (0.0 if store.is_embedded else 1.0) if poll_seconds is None else poll_seconds
        self._lock = threading.Lock()
        self._looked = clock()
        self._seen: Mapping[str, int] = {}
        self._lists: dict[str, tuple[int, TermList]] = {}
        self._own = People(store)
        self._day = store.day()
        self._tokens: dict[str, Token] = {}
        self._engine = engine
        self.refresh()

    @property
    def engine(self) -> Engine:
        """Return the engine that stands for what the store said last."""
        return self._engine

    def engine_of(self, person: str) -> Engine:
        """Return the engine for the drafts of a person of a team, with their own lists; ``""``: of nobody's."""
        return self._own.engine(self._engine, person, self._day) if person else self._engine

    def look(self) -> None:
        """Renew what has changed, if it is time to look."""
        if self._poll:
            now = self._clock()
            if now - self._looked < self._poll:
                return
            self._looked = now
        if versions.read(self._store) != self._seen or self._store.day() != self._day:
            self.refresh()
        elif self._is_resealed() or self._is_repacked():
            self.refresh()

    def refresh(self) -> None:
        """Renew what has changed since the last look; the next check sees it."""
        with self._lock:
            self._looked = self._clock()
            now = versions.read(self._store)
            changed = {name for name in now if now[name] != self._seen.get(name)}
            if "tokens" in changed:
                self._tokens = {}
            if "files" in changed:
                self._copy()
            if "own_lists" in changed:
                self._own.renew(now["own_lists"])
            engine = self._with_packs(self._engine)
            if self._is_another_day():
                self._lists = {}
                changed.add("lists")
            if "lists" in changed:
                with _uninterrupted():
                    engine = engine.with_lists(self._read_lists())
            if changed & {"documents", "files"}:
                engine = engine.with_documents(self._documents())
            if self._sealed is not None and self._is_resealed():
                self._sealed_seen = shelf.state(self._sealed)
                engine = engine.with_sealed(shelf.read_all(self._sealed))
            if "policy" in changed:
                engine = engine.with_policy(policies.read(self._store)[0])
            self._engine, self._seen = engine, now

    def _is_resealed(self) -> bool:
        """Tell whether a sealed list has come, gone or changed."""
        return self._sealed is not None and shelf.state(self._sealed) != self._sealed_seen

    def _is_repacked(self) -> bool:
        """Tell whether a pack has come, gone or changed."""
        return self._sealed is not None and packs.state(self._sealed) != self._packs_seen

    def _with_packs(self, engine: Engine) -> Engine:
        """Return an engine with the packs of this installation; where one is broken, those that were there stay."""
        if self._sealed is None or not self._is_repacked():
            return engine
        self._packs_seen = packs.state(self._sealed)
        try:
            return engine.with_packs(packs.folders(self._sealed))
        except (PackError, OSError) as error:
            logs.broken(error)
            return engine

    def token(self, word: str) -> Token | None:
        """Return the token of a word, from memory where it is known."""
        known = self._tokens
        digest = hash_of(word)
        token = known.get(digest) or tokens.find(self._store, word)
        if token is None:
            return None
        if token.last_used != self._store.today():
            token = tokens.used(self._store, token)
        if len(known) >= MANY_TOKENS:
            known.clear()
        known[digest] = token
        return token

    def _is_another_day(self) -> bool:
        """Tell whether the day has changed and with it, since some terms have dates, what counts."""
        before, self._day = self._day, self._store.day()
        return before != self._day and lists.is_dated(self._store)

    def _read_lists(self) -> list[TermList]:
        """Read again only the lists that have another version than the copy in memory."""
        fresh: dict[str, tuple[int, TermList]] = {}
        for entry in lists.read_all(self._store):
            known = self._lists.get(entry.id)
            if known is None or known[0] != entry.version:
                known = (entry.version, lists.term_list(self._store, entry, self._day))
            fresh[entry.id] = known
        self._lists = fresh
        return [found for _, found in fresh.values()]
