"""Files with terms, where several processes or servers of a team answer: whichever is asked knows of them.

The store keeps them sealed, since nobody has taken them into a list yet.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from backend.http.importing import BUSY, SECONDS, Import, Importing, TooManyImports, Write
from backend.model import PLAIN, Details, Term
from backend.store import NotFound, Store, shared_work
from backend.store.imports import Imported
from backend.store.shared_work import IMPORT
from backend.store.terms import Change
from backend.team.secret import Secret, Unsealable
from backend.text.frequency import Commonness

MOST = 40
PURPOSE = "imports"
LOOK = 0.5
"""Seconds between two looks at what another process does."""


class Kept(msgspec.Struct):
    """What the store keeps of a file."""

    owner: str
    name: str
    id: str
    state: str
    done: int
    total: int
    found: Imported
    everyday: list[Commonness]
    message: str
    change: Change | None


class Elsewhere(Import):
    """A file that another process reads or writes, or one that waits for its person."""

    store: Store
    secret: Secret
    digest: str

    def wait(self, seconds: float) -> None:
        """Look again and again until it is neither being read nor written, so many seconds at most."""
        end = time.monotonic() + seconds
        while self.state in BUSY and time.monotonic() < end:
            time.sleep(LOOK)
            fill(self, self.store, self.secret)


class Together(Importing):
    """The files of all processes; those that this one works on are in its memory too."""

    def __init__(self, store: Store, secret: Secret) -> None:
        """Take the store and the secret that all processes share."""
        super().__init__()
        self._store, self._secret = store, secret

    def register(self, one: Import) -> None:
        """Take a new file in; raises :class:`TooManyImports`."""
        super().register(one)
        if not shared_work.add(self._store, IMPORT, one.id, packed(one, self._secret), MOST, SECONDS):
            self._imports.pop(one.id, None)
            raise TooManyImports
        self._follow(one)

    def find(self, owner: str, id: str) -> Import:
        """Return one of the owner's files; raises :class:`NotFound`."""
        local = self._imports.get(id)
        if local is not None and local.owner == owner and local.state in BUSY:
            return local
        if not shared_work.is_there(self._store, IMPORT, id):
            raise NotFound("import")
        one = Elsewhere("", "", id)
        one.store, one.secret = self._store, self._secret
        fill(one, self._store, self._secret)
        if one.owner != owner:
            raise NotFound("import")
        return one

    def apply(self, one: Import, write: Write) -> bool:
        """Write a file's terms in the background; ``False`` where it is not ready, or another process was first."""
        if one.state != "ready" or not isinstance(one, Elsewhere):
            return False
        mine = Import(one.owner, one.name, id=one.id, state="applying", total=len(one.found.terms), found=one.found)
        mine.everyday = one.everyday
        if not shared_work.change(self._store, IMPORT, one.id, one.digest, packed(mine, self._secret)):
            return False
        self._follow(mine)
        with self._lock:
            self._imports[mine.id] = mine
        one.state, one.done, one.total = "applying", 0, mine.total
        mine.run(lambda: self._write(mine, write))
        return True

    def forget(self, owner: str, id: str) -> None:
        """Cancel and forget a file; whoever works on it notices within a second.  Raises :class:`NotFound`."""
        self.find(owner, id).stop()
        shared_work.remove(self._store, IMPORT, id)
        with self._lock:
            local = self._imports.pop(id, None)
        if local is not None:
            local.stop()

    def _follow(self, one: Import) -> None:
        """Tell the others how it ends, and notice when nobody wants it any more."""
        looked = [time.monotonic()]

        def is_unwanted() -> bool:
            if time.monotonic() - looked[0] < LOOK:
                return False
            looked[0] = time.monotonic()
            return not shared_work.is_there(self._store, IMPORT, one.id)

        def ended() -> None:
            is_wanted = shared_work.put(self._store, IMPORT, one.id, packed(one, self._secret))
            if one.state == "ready" and not is_wanted:  # it was forgotten since the last look
                one.state = "cancelled"

        one.is_unwanted, one.ended = is_unwanted, ended


def packed(one: Import, secret: Secret) -> bytes:
    """Return what the store keeps of a file, sealed."""
    names = ("owner", "name", "id", "state", "done", "total", "found", "message", "change")
    kept = Kept(everyday=list(one.everyday), **{name: getattr(one, name) for name in names})
    return secret.seal(PURPOSE, msgspec.json.encode(kept), one.id)


def fill(one: Elsewhere, store: Store, secret: Secret) -> None:
    """Bring what is known of a file up to date; raises :class:`NotFound`."""
    row = shared_work.read(store, IMPORT, one.id)
    if row is None:
        raise NotFound("import")
    try:
        opened = secret.open(PURPOSE, row.content, one.id)
    except Unsealable:  # the secret is another one since
        raise NotFound("import") from None
    kept, one.digest = msgspec.json.decode(opened, type=Kept), row.digest
    for name in ("owner", "name", "state", "done", "total", "everyday", "message", "change"):
        setattr(one, name, getattr(kept, name))
    one.found = replace(kept.found, terms=tuple(_plain(kept.found.terms)))


def _plain(terms: Sequence[Term]) -> list[Term]:
    """Let terms that say nothing more share the same details, which is quicker to write."""
    nothing = Details()
    return [term._replace(details=PLAIN) if term.details == nothing else term for term in terms]
