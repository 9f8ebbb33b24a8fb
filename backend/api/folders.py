"""``/v1/folders``: folders whose files are registered, now and as they come.

Only the server's own pages may ask for these: a path is one of the machine that the
server runs on, and a token that an extension holds should not be able to look around there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from flask import Blueprint, Response, request

from backend.http import auditing, body, operation, reply, shapes
from backend.http.problems import Problem
from backend.http.services import services
from backend.registration.words import message
from backend.store import folders
from backend.store.folders import LONGEST_PATH, Folder
from backend.wording import pick

blueprint = Blueprint("folders", __name__)
MOST_TOLD = 100


class NewFolder(msgspec.Struct, forbid_unknown_fields=True):
    """A folder to be watched; ``public``: what is in it may be quoted."""

    path: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_PATH)]
    public: bool = False


class UnreadFile(msgspec.Struct):
    """A file that could not be registered, and why."""

    path: str
    problem: str
    message: str


class FolderInfo(msgspec.Struct):
    """A watched folder."""

    id: str
    path: str
    public: bool
    is_there: bool
    """Whether it can be looked into now."""
    files: shapes.Count
    """How many of its files have been looked at."""
    unread: list[UnreadFile]
    """Those that could not be registered, a hundred at most."""


class AllFolders(msgspec.Struct):
    """All watched folders by path."""

    folders: list[FolderInfo]


def _info(folder: Folder) -> FolderInfo:
    language = pick(request.headers.get("Accept-Language"))
    files = folders.files(services().store, folder.id)
    unread = [
        UnreadFile(one.path, one.problem, message(one.problem, language)) for one in files.values() if one.problem
    ]
    is_there = Path(folder.path).is_dir()
    return FolderInfo(folder.id, folder.path, folder.public, is_there, len(files), unread[:MOST_TOLD])


@blueprint.get("/v1/folders")
@operation.describes(
    "Read which folders are watched", answers={200: AllFolders}, access=operation.SESSION, role=operation.EDITOR
)
def read_all() -> Response:
    """Answer with all watched folders."""
    return reply.json(AllFolders([_info(folder) for folder in folders.read_all(services().store)]))


@blueprint.post("/v1/folders")
@operation.describes(
    "Watch a folder", body=NewFolder, answers={201: FolderInfo}, access=operation.SESSION, role=operation.ADMINISTRATOR
)
def add() -> Response:
    """Register its files in the background, now and as they come."""
    wanted = body.read_json(request, NewFolder)
    path = Path(wanted.path)
    try:
        is_usable = path.is_absolute() and path.is_dir()
    except (OSError, ValueError):
        is_usable = False
    if not is_usable:
        raise Problem("invalid", errors=(("/path", "the whole path of a folder that is there"),))
    folder = folders.add(auditing.store(), str(path), wanted.public)
    services().registrar.look()
    return reply.json(_info(folder), 201)


@blueprint.delete("/v1/folders/<id>")
@operation.describes(
    "Watch a folder no longer; its documents stay",
    answers={204: None},
    problems=("not_found",),
    access=operation.SESSION,
    role=operation.ADMINISTRATOR,
)
def remove(id: str) -> Response:
    """Forget the folder, not what was registered of it."""
    folders.remove(auditing.store(), id)
    return reply.nothing()
