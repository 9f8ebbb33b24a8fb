"""Documents on their way, where several processes or servers of a team answer: whichever is asked knows of them.

The bytes of a document are with the process that took it in, which tells the store how far it is and that it is
alive.  Of one that is silent for too long the documents count as failed; nothing of them was kept, since a document is
registered in one transaction.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import msgspec

from backend.jobs import QueueFull
from backend.registration.registrar import INTERRUPTED, KEEP_FAILED, Registrar, Task
from backend.store import NotFound, Store, documents, shared_work
from backend.store.shared_work import DOCUMENT, Row
from backend.team.secret import Secret, Unsealable

MOST = 10_000
"""Documents on their way of all processes together; each holds fewer, and fewer bytes."""
WEEK = 7 * 86_400.0
"""How long one that failed is told of, unless so many newer ones failed too."""
LOOK = 0.5
LEASE = 20.0
"""Seconds after which a process that tells nothing is taken for dead."""
TOLD = "told"
"""The state of one of which there is no more to say than under which id it is kept."""


class Note(msgspec.Struct):
    """What the store keeps of a document on its way."""

    task: Task
    kept_as: str = ""


class Together(Registrar):
    """The documents of all processes; those that this one reads are in its memory too."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        secret: Secret,
        *,
        largest: int,
        changed: Callable[[], None] = lambda: None,
        tidy: Callable[[], None] = lambda: None,
        lease: float = LEASE,
    ) -> None:
        """Take the store and the secret that all processes share; the rest as one process alone does."""
        super().__init__(store, folder, largest=largest, changed=changed, tidy=tidy)
        self._secret, self._lease = secret, lease
        self._telling = threading.Lock()
        self._told: dict[str, Task | None] = {}
        self._renewed = 0.0
        self._follower: threading.Thread | None = None
        self._stop = threading.Event()

    def tasks(self) -> list[Task]:
        """Return what is on its way or has failed, oldest first."""
        mine = {task.id: task for task in super().tasks()}
        found = []
        for row in shared_work.read_all(self._store, DOCUMENT, self._lease):
            task = mine.get(row.id) or self._opened(row).task
            if task.state != TOLD:
                found.append(task)
        return sorted(found, key=lambda one: (one.began, one.id))

    def task(self, id: str, wait: float = 0.0) -> Task | None:
        """Return a document that is not registered yet; waits at most so long until it is, or has failed."""
        until = time.monotonic() + wait
        task = super().task(id, wait)
        while task is None:
            found = self._find(id).task
            left = until - time.monotonic()
            if found.state == TOLD:
                return None
            if found.state == "failed" or left <= 0 or self._stop.wait(min(left, LOOK)):
                return found
        return task

    def kept_as(self, id: str) -> str:
        """Return the id that a document has: another than its task's where the same file was registered before."""
        return self._find(id).kept_as or id

    def cancel(self, id: str) -> bool:
        """Stop a document on its way, or forget one that failed; return whether there was one.

        Whoever reads it notices within a second, and keeps nothing of it.
        """
        if self._find(id).task.state == TOLD:
            return False
        was_there = shared_work.remove(self._store, DOCUMENT, id)
        return super().cancel(id) or was_there

    def close(self) -> None:
        """Stop, and tell of what was not read that it will not be."""
        self._stop.set()
        super().close()
        for task in super().tasks():
            with suppress(Exception):
                self._settle(task, INTERRUPTED)

    def _begin(self, task: Task) -> Task:
        if not shared_work.add(self._store, DOCUMENT, task.id, self._sealed(Note(task)), MOST, WEEK):
            raise QueueFull
        with self._news:
            self._told[task.id] = task
            super()._begin(task)
            if self._follower is None:
                self._renewed = time.monotonic()
                self._follower = threading.Thread(target=self._follow, name="documents told", daemon=True)
                self._follower.start()
        return task

    def _is_unwanted(self, task: Task, problem: str) -> bool:
        return self._settle(task, problem)

    def _remember(self, task: Task) -> None:
        """Leave it to the store."""

    def _settle(self, task: Task, problem: str) -> bool:
        """Tell the others how it ended; return whether they did not want it any more."""
        with self._telling:
            self._told.pop(task.id, None)
        kept_as = self._same.pop(task.id, "")
        if problem and not (task.watched and problem == INTERRUPTED):
            self._put(Note(replace(task, state="failed", problem=problem)))
            shared_work.trim(self._store, DOCUMENT, KEEP_FAILED, self._lease)
        elif kept_as:
            self._put(Note(replace(task, state=TOLD), kept_as))
        else:
            return not shared_work.remove(self._store, DOCUMENT, task.id) and not problem
        return False

    def _follow(self) -> None:
        """Tell the others how far the documents of this process are, and hear which they do not want any more."""
        while not self._stop.wait(LOOK):
            with self._news:
                mine = list(self._tasks.values())
                if not mine:
                    self._follower = None
                    return
            with suppress(Exception):  # a database that is gone: the next time may fare better
                self._exchange(mine)

    def _exchange(self, mine: list[Task]) -> None:
        if time.monotonic() - self._renewed > self._lease / 4:
            self._renew([task.id for task in mine])
        wanted = shared_work.ids(self._store, DOCUMENT)
        for task in mine:
            if task.id not in wanted:
                super().cancel(task.id)
                continue
            with self._telling:
                if task.id in self._told and self._told[task.id] != task:
                    self._put(Note(task))
                    self._told[task.id] = task

    def _renew(self, ids: list[str]) -> None:
        before = self._renewed
        shared_work.renew(self._store, DOCUMENT, ids)
        self._renewed = time.monotonic()
        if self._renewed - before > self._lease / 2:  # the others may have taken this process for dead: tell all anew
            with self._telling:
                self._told = dict.fromkeys(self._told)

    def _find(self, id: str) -> Note:
        row = shared_work.read(self._store, DOCUMENT, id, self._lease)
        return Note(Task(id, "", False, TOLD)) if row is None else self._opened(row)

    def _opened(self, row: Row) -> Note:
        """Return what a row says, or what has become of a document whose process is silent."""
        try:
            note = msgspec.json.decode(self._secret.open(DOCUMENT, row.content, row.id), type=Note)
        except Unsealable:  # the secret is another one since
            return Note(Task(row.id, "", False, TOLD))
        if row.is_fresh or note.task.state in ("failed", TOLD):
            return note
        if note.task.watched or self._is_registered(row.id):
            note = Note(replace(note.task, state=TOLD))
        else:
            note = Note(replace(note.task, state="failed", problem=INTERRUPTED))
        shared_work.change(self._store, DOCUMENT, row.id, row.digest, self._sealed(note))
        return note

    def _is_registered(self, id: str) -> bool:
        try:
            documents.read(self._store, id)
        except NotFound:
            return False
        return True

    def _put(self, note: Note) -> None:
        shared_work.put(self._store, DOCUMENT, note.task.id, self._sealed(note))

    def _sealed(self, note: Note) -> bytes:
        return self._secret.seal(DOCUMENT, msgspec.json.encode(note), note.task.id)
