"""The process in which files are read: ``python -m backend.jobs.worker``.

It has no network to open, may write no file and may use only so much memory; whatever a
file does to it, the server goes on.  It ends when its owner does.
"""

from __future__ import annotations

import os
import sys
from typing import IO

from backend import readers
from backend.jobs import wire
from backend.model import Reading
from backend.readers.gather import limits

MEMORY = 2_000_000_000
"""Bytes of private memory; a full page takes a fifth of it."""


def main() -> None:
    """Answer one question after another until the owner is gone."""
    asks, answers = _pipes()
    _limit()
    while True:
        try:
            ask, data = wire.receive_ask(asks)
            _answer(ask, data, answers)
        except wire.Broken:
            return


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two pipes; nothing else that this process prints gets into them."""
    asks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return asks, answers


def _limit() -> None:
    """Set limits where the platform has them: memory, no core dump, no file written."""
    if sys.platform == "win32":
        return
    import resource

    # RLIMIT_DATA counts private memory and not the mapped model; RLIMIT_AS would count both.
    for limit, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        _soft, hard = resource.getrlimit(limit)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(limit, (most, most))


def _answer(ask: wire.Ask, data: bytes, answers: IO[bytes]) -> None:
    if ask.verb == "read":
        _read(ask, data, answers)
    elif ask.verb == "copy":
        _copy(ask, data, answers)
    else:
        _warm()
        wire.send(answers, wire.Answer(last=True))


def _read(ask: wire.Ask, data: bytes, answers: IO[bytes]) -> None:
    last = wire.Answer(unit="steps")

    def progress(done: int, total: int, unit: str, reading: Reading | None = None) -> None:
        nonlocal last
        last = wire.Answer(done=done, total=total, unit=unit, reading=reading)
        wire.send(answers, last)

    limits.patience(ask.seconds or limits.SECONDS)
    reading = readers.read("", ask.name, data, progress)
    total = max(1, last.total)
    answer = wire.Answer(last=True, done=total, total=total, unit=last.unit, reading=reading, kind=_kind(data))
    wire.send(answers, answer)


def _kind(data: bytes) -> str:
    """Return the name of the reader, for the count of how long each takes."""
    try:
        reader = readers.find(data)
    except Exception:  # what breaks a reader was told as a gap already
        return "unknown"
    return str(reader.KIND) if reader is not None else "unknown"


def _copy(ask: wire.Ask, data: bytes, answers: IO[bytes]) -> None:
    try:
        copied, media_type = readers.copy(data, ask.boxes, ask.strip_metadata)
    except ValueError as problem:
        wire.send(answers, wire.Answer(last=True, refused=str(problem)))
    except Exception:  # a hostile file may break the encoder too
        wire.send(answers, wire.Answer(last=True, refused="damaged"))
    else:
        wire.send(answers, wire.Answer(last=True, media_type=media_type), copied)


def _warm() -> None:
    try:
        readers.warm()
    except readers.Unreadable:
        return  # the file that needs the model will have a gap that says so


if __name__ == "__main__":
    main()
