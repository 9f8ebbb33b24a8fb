"""Check requests as lines: read them, find their files, check them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from backend.model import Attachment, Gap, Reading, Verdict
from backend.pipeline import Engine
from backend.request import CheckRequest

if TYPE_CHECKING:
    from backend.jobs import Jobs

READ_SECONDS = 120.0


class BadLine(ValueError):
    """A line that is no check request; the message quotes nothing of it."""


@dataclass(frozen=True)
class Answer:
    """A verdict and how long it took, files included."""

    verdict: Verdict
    elapsed_ms: float


class Checker(AbstractContextManager["Checker"]):
    """An engine, and a worker for files that is started when the first file comes."""

    def __init__(self, engine: Engine) -> None:
        """Use ``engine`` for every line."""
        self.engine = engine
        self._jobs: Jobs | None = None

    def __exit__(self, *_: object) -> None:
        """End the worker."""
        if self._jobs:
            self._jobs.close()

    def check(self, request: CheckRequest, files: Iterable[Path] = ()) -> Answer:
        """Return the answer to one request with its files; a file that cannot be read is a gap."""
        started = time.perf_counter()
        draft = request.draft(self._attachment(path) for path in files)
        verdict = self.engine.check(draft)
        elapsed = (time.perf_counter() - started) * 1000
        return Answer(replace(verdict, id=secrets.token_hex(8)), round(elapsed, 3))

    def _attachment(self, path: Path) -> Attachment:
        try:
            data = path.read_bytes()
        except OSError:
            return Attachment(path.name, path.name, reading=Reading(gaps=(Gap(path.name, "not_found"),)))
        if self._jobs is None:
            # Imported late: texts alone are answered without the picture libraries.
            from backend.jobs import Jobs

            self._jobs = Jobs()
        ticket = self._jobs.submit(path.name, "", data)
        job = self._jobs.status(ticket, wait=READ_SECONDS)
        self._jobs.cancel(ticket)
        reading = job.reading
        if job.state != "done":
            reading = replace(reading, gaps=(*reading.gaps, Gap(ticket, "pending")))
        return Attachment(path.name, path.name, job.media_type, renamed(reading, ticket, path.name))


def renamed(reading: Reading, old: str, new: str) -> Reading:
    """Return the reading with its parts called by the file's name, which means something on a command line."""
    return replace(
        reading,
        parts=tuple(replace(one, id=new) if one.id == old else one for one in reading.parts),
        signals=tuple(replace(one, part=new) if one.part == old else one for one in reading.signals),
        gaps=tuple(replace(one, part=new) if one.part == old else one for one in reading.gaps),
    )


def parse(line: str) -> tuple[CheckRequest, dict[str, Any]]:
    """Return the request of one JSON line and all its fields; raises :class:`BadLine`."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine("not valid JSON") from None
    if not isinstance(fields, dict):
        raise BadLine("not a JSON object")
    try:
        request = msgspec.convert(fields, CheckRequest)
    except msgspec.ValidationError as error:
        place = str(error).rpartition(" - at ")[2].strip("`")
        raise BadLine(f"{place} is not what it should be") from None
    files = fields.get("files", [])
    if not isinstance(files, list) or not all(isinstance(one, str) for one in files):
        raise BadLine("$.files is not what it should be")
    return request, fields


def lines(stream: Iterable[str]) -> Iterator[str]:
    """Yield the lines that hold something."""
    return (line for line in stream if line.strip())
