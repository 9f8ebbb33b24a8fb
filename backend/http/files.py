"""Files of a request on their way to the readers; their bytes stay in memory."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from backend.http import guard
from backend.http.problems import Problem
from backend.http.services import services
from backend.request import whole

LONGEST_NAME = 255


def submit(file: FileStorage) -> str:
    """Hand a file over to be read and return its id at once; raises :class:`Problem` when it is too large."""
    data = file.stream.read()
    if len(data) > services().config.max_file:
        raise Problem("too_large")
    name = whole(file.filename or "")[:LONGEST_NAME]
    id: str = services().jobs.submit(name, file.mimetype, data, owner=guard.owner())
    return id
