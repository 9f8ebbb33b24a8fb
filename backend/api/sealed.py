"""``/v1/sealed``: lists whose terms cannot be read back, given by others."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response, request

from backend.http import auditing, body, operation, owners, reply, shapes
from backend.http.problems import Problem
from backend.http.services import services
from backend.sealed import BadSeal, SealedList, dumps, lasting, loads, seal, shelf
from backend.sealed.file import LONGEST
from backend.store import lists

blueprint = Blueprint("sealed", __name__)


class SealedFile(msgspec.Struct):
    """A sealed list as its file has it; see ``docs/sealed.md``."""

    format: Literal["second-look-sealed-1"]
    id: str
    name: str
    level: shapes.LevelName
    key: str
    lengths: list[int]
    room: int
    words: list[int]
    characters: list[int]
    terms: list[tuple[str, Literal["word", "exact", "anywhere"], shapes.LevelName | None]]


class Sealing(msgspec.Struct, forbid_unknown_fields=True):
    """What others will see a list called; empty: as it is called here."""

    name: Annotated[str, msgspec.Meta(max_length=100)] = ""


class Sealed(msgspec.Struct):
    """A list that was just sealed: its file, to be given away, and how many terms could not be sealed."""

    sealed: SealedFile
    left_out: shapes.Count


class SealedInfo(msgspec.Struct):
    """What may be known of a sealed list."""

    id: str
    name: str
    level: shapes.LevelName
    hashes: shapes.Count
    """How many ways to write its terms it knows."""


class AllSealed(msgspec.Struct):
    """All sealed lists by name."""

    sealed: list[SealedInfo]


def _info(one: SealedList) -> SealedInfo:
    return SealedInfo(one.id, one.name, one.level.word, len(one.terms))  # type: ignore[arg-type]


@blueprint.get("/v1/sealed")
@operation.describes("Read which sealed lists are in use", answers={200: AllSealed}, role=operation.EDITOR)
def read_all() -> Response:
    """Answer with what may be known of them."""
    return reply.json(AllSealed([_info(one) for one in shelf.read_all(services().files.folder)]))


@blueprint.post("/v1/sealed")
@operation.describes(
    "Take a sealed list into use",
    details="The body is the file that `python -m backend sealed make` wrote.",
    body=SealedFile,
    answers={201: SealedInfo},
    limit=LONGEST,
    role=operation.EDITOR,
)
def add() -> Response:
    """Keep it; the next check sees it."""
    if request.mimetype != "application/json":
        raise Problem("wrong_media_type")
    try:
        sealed = loads(body.read_bytes(request))
    except BadSeal:
        raise Problem("invalid", errors=(("", "a sealed list"),)) from None
    shelf.keep(services().files, sealed)
    auditing.note("sealed.taken", sealed.name, id=sealed.id, hashes=len(sealed.terms))
    services().live.refresh()
    return reply.json(_info(sealed), 201)


@blueprint.delete("/v1/sealed/<id>")
@operation.describes("Use a sealed list no longer", answers={204: None}, problems=("not_found",), role=operation.EDITOR)
def remove(id: str) -> Response:
    """Take it out of use; the next check does not see it any more."""
    if not shelf.remove(services().files, id):
        raise Problem("not_found")
    auditing.note("sealed.removed", id)
    services().live.refresh()
    return reply.nothing()


@blueprint.post("/v1/lists/<id>/sealed")
@operation.describes(
    "Seal a list into a file to give away",
    details="Nothing of it is kept here. Misspellings and expressions cannot be sealed; `left_out` counts them.\n"
    "Terms whose last day is over are not sealed.",
    body=Sealing,
    answers={200: Sealed},
    problems=("not_found",),
    role=operation.EDITOR,
)
def make(id: str) -> Response:
    """Answer with the file; each sealing has a key of its own."""
    asked = body.read_json(request, Sealing)
    store, entry = services().store, owners.open_(id)
    terms = lasting(lists.term_list(store, entry), store.day())
    made, left_out = seal(asked.name.strip() or entry.name, entry.level, terms)
    if not made.terms:
        raise Problem("invalid", errors=(("", "no term of this list can be sealed"),))
    if not entry.owner:
        auditing.note("list.sealed", entry.name, id=entry.id, terms=len(made.terms))
    return reply.json({"sealed": msgspec.Raw(dumps(made)), "left_out": left_out})
