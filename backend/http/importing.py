"""Files with terms: read in the background, looked at by a person, then brought into a list or forgotten.

They live in memory, for ten minutes after somebody last looked at them.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from backend.exchange.reading import CannotRead, read
from backend.model import Term
from backend.store import NotFound, Store, lists, terms
from backend.store.imports import Imported
from backend.store.stale import Stale, TooMuchOwn
from backend.store.terms import Change
from backend.text import frequency
from backend.text.frequency import Commonness

MOST = 8
"""Files at a time."""
MOST_OF_ONE = 4
"""Files of one caller; usually it is one."""
SECONDS = 600.0
Write = Callable[[Sequence[Term], terms.Progress], Change]
BUSY = ("reading", "applying")


class TooManyImports(Exception):
    """So many files are waiting that another must wait."""


class _Cancelled(Exception):
    """Raised in the middle of the work to end it."""


@dataclass(eq=False)
class Import:
    """One file on its way into a list."""

    owner: str
    name: str
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: str = "reading"
    """``reading``, ``ready``, ``applying``, ``done``, ``failed`` or ``cancelled``."""
    done: int = 0
    total: int = 0
    """Rows to read, as far as is known, then terms to write."""
    found: Imported = field(default_factory=lambda: Imported(()))
    everyday: Sequence[Commonness] = ()
    message: str = ""
    """Why it failed."""
    change: Change | None = None
    seen: float = field(default_factory=time.monotonic)
    _news: threading.Condition = field(default_factory=threading.Condition)
    _stop: bool = False
    is_unwanted: Callable[[], bool] = field(default=lambda: False, repr=False)
    """Asked now and then whether another process was told to forget it."""
    ended: Callable[[], None] = field(default=lambda: None, repr=False)
    """Called when a piece of work has ended, before anybody hears of it."""

    def wait(self, seconds: float) -> None:
        """Wait until it is neither being read nor written, so many seconds at most."""
        with self._news:
            self._news.wait_for(lambda: self.state not in BUSY, seconds)

    def progress(self, done: int) -> None:
        """Hear how far the work is; ends it where it was cancelled."""
        self.done = done
        if self._stop or self.is_unwanted():
            raise _Cancelled

    def stop(self) -> None:
        """Cancel what is going on; what was written of it is undone."""
        self._stop = True

    def run(self, work: Callable[[], str]) -> None:
        """Do a piece of work in the background; it returns the state that follows."""

        def working() -> None:
            try:
                state = work()
            except _Cancelled:
                state = "cancelled"
            except CannotRead as error:
                state, self.message = "failed", str(error)
            except TooMuchOwn:
                state, self.message = "failed", f"you can have {lists.MOST_OWN_TERMS} terms of your own"
            except (NotFound, Stale):
                state, self.message = "failed", "the list was deleted or changed meanwhile"
            except Exception as error:
                from backend.http import logs

                logs.broken(error)
                state, self.message = "failed", "something went wrong; the log says where"
            with self._news:
                self.state = state
                try:
                    self.ended()
                except Exception as error:
                    from backend.http import logs

                    logs.broken(error)
                self._news.notify_all()

        threading.Thread(target=working, name="import", daemon=True).start()


class Importing:
    """The files that are being read, looked at, or written."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none."""
        self._clock = clock
        self._lock = threading.Lock()
        self._imports: dict[str, Import] = {}

    def start(self, owner: str, name: str, data: bytes) -> Import:
        """Read a file in the background; raises :class:`TooManyImports`."""
        one = Import(owner, name, total=data.count(b"\n") + 1)
        self.register(one)

        def work() -> str:
            one.found = read(name, data, one.progress)
            one.everyday = frequency.everyday(one.found.terms)
            one.done = one.total = len(one.found.terms) + len(one.found.problems) + len(one.found.duplicates)
            return "ready"

        one.run(work)
        return one

    def register(self, one: Import) -> None:
        """Take a new file in; raises :class:`TooManyImports`."""
        with self._lock:
            self._forget_old()
            own = sum(other.owner == one.owner for other in self._imports.values())
            if own >= MOST_OF_ONE or len(self._imports) >= MOST:
                raise TooManyImports
            self._imports[one.id] = one

    def find(self, owner: str, id: str) -> Import:
        """Return one of the owner's files; raises :class:`NotFound`."""
        with self._lock:
            self._forget_old()
            one = self._imports.get(id)
            if one is None or one.owner != owner:
                raise NotFound("import")
            one.seen = self._clock()
            return one

    def apply(self, one: Import, write: Write) -> bool:
        """Write a file's terms in the background; return whether it was ready for that."""
        with self._lock:
            if one.state != "ready":
                return False
            one.state, one.done, one.total = "applying", 0, len(one.found.terms)

        one.run(lambda: self._write(one, write))
        return True

    def _write(self, one: Import, write: Write) -> str:
        one.change = write(one.found.terms, one.progress)
        one.done = one.total
        return "done"

    def forget(self, owner: str, id: str) -> None:
        """Cancel and forget a file; raises :class:`NotFound`."""
        self.find(owner, id).stop()
        with self._lock:
            self._imports.pop(id, None)

    def _forget_old(self) -> None:
        now = self._clock()
        for id, one in list(self._imports.items()):
            if one.state not in BUSY and now - one.seen > SECONDS:
                del self._imports[id]


def writing(
    store: Store,
    id: str,
    who: str,
    replace: bool,
    after: Callable[[], None],
    *,
    is_new: bool = False,
    seen: int | None = None,
) -> Write:
    """Return what writes terms into a list; ``after`` is called when they are kept.

    With ``seen`` it fails where somebody else has changed the list since that version.

    A list that is new is deleted where that does not come to its end.
    """
    put = terms.replace if replace else terms.change

    def write(found: Sequence[Term], progress: terms.Progress) -> Change:
        try:
            done = put(store, id, found, seen=seen, who=who, action="imported", progress=progress)
        except BaseException:
            if is_new:
                lists.remove(store, id)
            raise
        after()
        return done

    return write
