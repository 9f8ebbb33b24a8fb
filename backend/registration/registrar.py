"""Documents on their way in a running server: a queue, one reader, folders looked at now and then."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from backend.jobs import QueueFull
from backend.registration.register import Cancelled, Failed, Register
from backend.registration.watching import changed, named, put_aside, take
from backend.store import Store, documents, folders
from backend.store.folders import Folder
from backend.store.locks import alone
from backend.store.secrets import new_id

MOST_WAITING = 2000
MOST_BYTES = 256_000_000
KEEP_FAILED = 200
"""Documents that could not be read are told until so many newer ones could not either."""
INTERRUPTED = "interrupted"
"""The problem of a document whose server stopped before it was read."""
IDLE_SECONDS = 20.0
"""After these without work the reader, which holds the models for pictures, is ended."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document on its way, or one that could not be registered."""

    id: str
    name: str
    public: bool
    state: str = "waiting"
    """``"waiting"``, ``"reading"`` or ``"failed"``."""
    done: int = 0
    total: int = 1
    unit: str = ""
    problem: str = ""
    watched: bool = False
    """It lies in a watched folder, and is looked at again where it was not read."""
    began: float = field(default_factory=time.time)


class Registrar:
    """Takes documents in and reads them one after another; safe to call from any thread."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        *,
        largest: int,
        changed: Callable[[], None] = lambda: None,
        tidy: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the store and the data folder; ``changed`` is called when a document has come or gone."""
        self._store, self._largest = store, largest
        self._changed, self._tidy = changed, tidy
        self.register = Register(store, folder)
        self._news = threading.Condition()
        self._tasks: dict[str, Task] = {}
        self._queue: deque[tuple[str, bytes]] = deque()
        self._gone: set[str] = set()
        self._same: dict[str, str] = {}
        self._every: float | None = None
        self._next_look = 0.0
        self._is_tidy = self._is_resting = True
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, name: str, data: bytes, public: bool = False) -> Task:
        """Take a file in and return at once; raises :class:`backend.jobs.QueueFull`."""
        with self._news:
            held = sum(len(one) for _, one in self._queue)
            if self._closed or len(self._queue) >= MOST_WAITING or held + len(data) > MOST_BYTES:
                raise QueueFull
            task = self._begin(Task(new_id(), name, public))
            self._queue.append((task.id, data))
            self._go()
        return task

    def tasks(self) -> list[Task]:
        """Return what is on its way or has failed, oldest first."""
        with self._news:
            return list(self._tasks.values())

    def task(self, id: str, wait: float = 0.0) -> Task | None:
        """Return a document that is not registered yet; waits at most so long until it is, or has failed."""
        until = time.monotonic() + wait
        with self._news:
            while True:
                task = self._tasks.get(id)
                left = until - time.monotonic()
                if task is None or task.state == "failed" or left <= 0 or self._closed:
                    return task
                self._news.wait(min(left, 1.0))

    def settled(self, wait: float) -> bool:
        """Wait at most so long until there is nothing to do, and return whether that is so."""
        until = time.monotonic() + wait
        with self._news:
            while not self._is_resting or self._has_work():
                left = until - time.monotonic()
                if left <= 0 or self._closed:
                    return False
                self._news.wait(left)
            return True

    def kept_as(self, id: str) -> str:
        """Return the id that a document has: another than its task's where the same file was registered before."""
        return self._same.get(id, id)

    def cancel(self, id: str) -> bool:
        """Stop a document on its way, or forget one that failed; return whether there was one."""
        with self._news:
            if self._tasks.pop(id, None) is None:
                return False
            self._gone.add(id)
            kept = [one for one in self._queue if one[0] != id]
            if len(kept) < len(self._queue):
                self._gone.discard(id)
                self._queue = deque(kept)
            self._news.notify_all()
            return True

    def watch(self, every: float) -> None:
        """Look at the watched folders now and every so many seconds."""
        with self._news:
            self._every, self._next_look = every, 0.0
            self._go()

    def look(self) -> None:
        """Look at the watched folders now, in the background."""
        with self._news:
            self._every, self._next_look = self._every or float("inf"), 0.0
            self._go()

    def tidy_later(self) -> None:
        """Have the files written anew without documents that are gone, in the background."""
        with self._news:
            self._is_tidy = False
            self._go()

    def close(self) -> None:
        """Stop, and forget what waits."""
        with self._news:
            self._closed = True
            self._queue.clear()
            self._gone.update(self._tasks)
            self._news.notify_all()
            thread = self._thread
        self.register.close()
        if thread is not None:
            thread.join(10)

    # Below: what the thread does.

    def _go(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._work, name="documents", daemon=True)
            self._thread.start()
        self._news.notify_all()

    def _work(self) -> None:
        while not self._closed:
            with self._news:
                self._is_resting = False
                item = self._queue.popleft() if self._queue else None
            if item is not None:
                self._file(*item)
            elif self._every is not None and time.monotonic() >= self._next_look:
                self._next_look = time.monotonic() + self._every
                with suppress(Exception):  # a database that is gone: the next look may fare better
                    self._look_at_folders()
            elif not self._is_tidy:
                self._is_tidy = True
                with suppress(Exception):
                    self._tidy()
            else:
                self._rest()

    def _rest(self) -> None:
        """Wait for work; end the reader when none comes for a while."""
        with self._news:
            self._is_resting = True
            self._news.notify_all()
            if self._has_work() or self._news.wait(IDLE_SECONDS):
                return
        self.register.close()
        with self._news:
            while not self._has_work():
                left = self._next_look - time.monotonic() if self._every is not None else 3600.0
                self._news.wait(min(max(left, 0.0), 3600.0))

    def _has_work(self) -> bool:
        due = self._every is not None and time.monotonic() >= self._next_look
        return bool(self._queue) or due or self._closed or not self._is_tidy

    def _file(self, id: str, data: bytes) -> None:
        task = self._tasks.get(id)
        if task is None:
            return
        self._run(task, lambda tell, stop: self._keep(task, data, tell, stop))

    def _keep(self, task: Task, data: bytes, tell: Callable[[int, int, str], None], stop: Callable[[], bool]) -> str:
        entry = self.register.file(task.name, data, public=task.public, id=task.id, tell=tell, is_cancelled=stop)
        if entry.id != task.id:
            self._same[task.id] = entry.id
        return ""

    def _look_at_folders(self) -> None:
        watched = folders.mine(self._store)
        if not watched:
            return
        with alone(self._store, f"folders of {folders.server(self._store)}") as is_first:
            if is_first:  # else another process of this machine is looking at them
                self._look_at(watched)

    def _look_at(self, watched: Sequence[Folder]) -> None:
        for folder in watched:
            for path in changed(self._store, folder):
                if self._closed or self._queue:
                    self._next_look = 0.0  # what a person sent goes first; the rest afterwards
                    return
                self._take(folder, path)

    def _take(self, folder: Folder, path: Path) -> None:
        task = self._begin(Task(new_id(), named(folder, path), folder.public, watched=True))

        def run(tell: Callable[[int, int, str], None], stop: Callable[[], bool]) -> str:
            try:
                return take(self._store, self.register, folder, path, self._largest, tell, stop).problem
            except Cancelled:
                if not self._closed:  # the person does not want this file; the next look must not begin it again
                    put_aside(self._store, folder, path)
                raise

        self._run(task, run)

    def _run(self, task: Task, run: Callable[[Callable[[int, int, str], None], Callable[[], bool]], str]) -> None:
        """Do one piece of work and tell how it ends; nothing that it meets ends the thread."""

        def tell(done: int, total: int, unit: str) -> None:
            with self._news:
                if task.id in self._tasks:
                    self._tell(replace(task, state="reading", done=done, total=max(1, total), unit=unit))

        tell(0, 1, "")
        try:
            problem = run(tell, lambda: task.id in self._gone)
        except Cancelled:
            problem = INTERRUPTED if self._closed else ""
        except Failed as failure:
            problem = failure.problem
        except Exception:  # a full disk, a database that is gone: the next document may fare better
            problem = INTERRUPTED if self._closed else "unreadable"
        self._end(task, problem)

    def _end(self, task: Task, problem: str) -> None:
        self._is_tidy = False
        with suppress(Exception):
            if self._is_unwanted(task, problem):
                documents.remove(self._store, task.id)  # it was cancelled at the very end
        with suppress(Exception):
            self._changed()
        with self._news:
            self._gone.discard(task.id)
            known = self._tasks.pop(task.id, None)
            if problem and known is not None:
                self._remember(replace(task, state="failed", problem=problem))
            self._news.notify_all()

    # Below: what others do where several processes answer, see :mod:`backend.http.registering_together`.

    def _begin(self, task: Task) -> Task:
        return self._tell(task)

    def _is_unwanted(self, task: Task, problem: str) -> bool:
        return task.id in self._gone and not self._closed

    def _remember(self, task: Task) -> None:
        self._tell(task)
        failed = [one.id for one in self._tasks.values() if one.state == "failed"]
        for id in failed[:-KEEP_FAILED]:
            del self._tasks[id]

    def _tell(self, task: Task) -> Task:
        with self._news:
            self._tasks[task.id] = task
            self._news.notify_all()
        return task
