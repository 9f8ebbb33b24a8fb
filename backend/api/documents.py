"""``/v1/documents``: registered documents, kept as keyed fingerprints and found where they are quoted.

The words of a document are read once and forgotten; what is asked for later is its name,
how much of it there is, and how far the reading is.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from flask import Blueprint, Response, request, url_for

from backend.documents import Fingerprinter, key
from backend.http import auditing, body, operation, reply, shapes, waiting
from backend.http.problems import Problem
from backend.http.services import services
from backend.registration import Failed
from backend.registration.registrar import Task
from backend.registration.words import message
from backend.request import Words, whole
from backend.store import NotFound, documents
from backend.store.documents import LONGEST_NAME, Entry
from backend.wording import pick

blueprint = Blueprint("documents", __name__)
DocumentName = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME, pattern=r"\S")]
UNNAMED = "document"


class NewText(msgspec.Struct, forbid_unknown_fields=True):
    """A passage to be registered; ``public``: it may be quoted, also where a document has it too."""

    name: DocumentName
    text: Words
    public: bool = False


class DocumentChange(msgspec.Struct, forbid_unknown_fields=True):
    """What of a document is to change; what is not named stays."""

    name: DocumentName | msgspec.UnsetType = msgspec.UNSET
    public: bool | msgspec.UnsetType = msgspec.UNSET


class DocumentInfo(msgspec.Struct):
    """A document: registered, on its way, or one of which nothing could be read."""

    id: str
    name: str
    public: bool
    """Its passages may be quoted, and do not count where another document has them."""
    state: Literal["waiting", "reading", "ready", "failed"]
    done: shapes.Count
    total: shapes.Count
    unit: str
    characters: shapes.Count
    """About how much text it has; 0 until it is read."""
    day: str
    """When it was registered; empty until it is."""
    problem: str
    """Why it, or some of it, cannot be found; empty where all is well."""
    message: str
    """The same for people."""


class AllDocuments(msgspec.Struct):
    """Those on their way first, then all others by name."""

    documents: list[DocumentInfo]


def of_entry(entry: Entry, own_key: str) -> DocumentInfo:
    """Return a registered document as the API shows it."""
    problem = "other_key" if entry.key != own_key else "incomplete" if entry.gaps else ""
    told = message(problem, _language()) if problem else ""
    return DocumentInfo(
        entry.id, entry.name, entry.public, "ready", 1, 1, "", entry.characters, entry.day, problem, told
    )


def of_task(task: Task) -> DocumentInfo:
    """Return a document on its way as the API shows it."""
    told = message(task.problem, _language()) if task.problem else ""
    state: Any = task.state
    return DocumentInfo(
        task.id, task.name, task.public, state, task.done, task.total, task.unit, 0, "", task.problem, told
    )


def _language() -> str:
    return pick(request.headers.get("Accept-Language"))


def _own_key() -> str:
    secret = key.read(services().files.folder)
    return Fingerprinter(secret).id if secret else ""


def _shown(entry: Entry, status: int = 200, **headers: str) -> Response:
    return reply.json(of_entry(entry, _own_key()), status, **headers)


@blueprint.get("/v1/documents")
@operation.describes(
    "Read all registered documents, and those on their way", answers={200: AllDocuments}, role=operation.EDITOR
)
def read_all() -> Response:
    """Answer with names and states; there are no words to answer with."""
    own = _own_key()
    going = services().registrar.tasks()
    ids = {task.id for task in going}
    kept = [of_entry(entry, own) for entry in documents.read_all(services().store) if entry.id not in ids]
    return reply.json(AllDocuments([*map(of_task, going), *kept]))


@blueprint.post("/v1/documents")
@operation.describes(
    "Register a document or a passage",
    details="A file as `multipart/form-data` is read in the background (202); the same file twice is one document "
    "(200). A passage as JSON is registered at once (201). With `public` its words may be quoted from then on.",
    body=NewText,
    form={"file": bytes, "name": str, "public": Literal["true", "false"]},
    answers={200: DocumentInfo, 201: DocumentInfo, 202: DocumentInfo},
    headers=("Location",),
    limit=None,
    role=operation.EDITOR,
)
def add() -> Response:
    """Take it in."""
    if request.mimetype == "multipart/form-data":
        return _add_file()
    request.max_content_length = operation.LONGEST_DRAFT
    wanted = body.read_json(request, NewText)
    try:
        entry = services().registrar.register.text(wanted.name, whole(wanted.text), public=wanted.public)
    except Failed as failure:
        raise Problem("invalid", errors=(("/text", message(failure.problem, "en")),)) from None
    auditing.note("document.registered", entry.name, id=entry.id, public=entry.public)
    services().live.refresh()
    return _shown(entry, 201, Location=url_for("documents.read", id=entry.id))


def _add_file() -> Response:
    file, form = body.form_file(request), body.read_form(request)
    name = body.convert(whole(form.get("name") or file.filename or UNNAMED)[:LONGEST_NAME], DocumentName)
    is_public = body.convert(form.get("public", "false"), Literal["true", "false"]) == "true"
    data = file.stream.read()
    if len(data) > services().config.max_file:
        raise Problem("too_large")
    registrar = services().registrar
    known = registrar.register.known(data)
    if known is not None:
        if known.public != is_public:
            known = documents.change(auditing.store(), known.id, {"public": is_public})
            services().live.refresh()
        return _shown(known, Location=url_for("documents.read", id=known.id))
    task = registrar.submit(name, data, is_public)
    auditing.note("document.registered", name, id=task.id, public=is_public)
    return reply.json(of_task(task), 202, Location=url_for("documents.read", id=task.id))


@blueprint.get("/v1/documents/<id>")
@operation.describes(
    "Ask how far a document is",
    answers={200: DocumentInfo},
    query=(waiting.WAIT,),
    problems=("not_found", "invalid"),
    role=operation.EDITOR,
)
def read(id: str) -> Response:
    """Answer when it is registered or cannot be, or when ``wait`` is over."""
    registrar = services().registrar
    with services().waiting.place(waiting.seconds(request)) as granted:
        task = registrar.task(id, granted)
    if task is not None:
        return reply.json(of_task(task))
    return _shown(documents.read(services().store, registrar.kept_as(id)))


@blueprint.patch("/v1/documents/<id>")
@operation.describes(
    "Change a document's name, or whether it is public",
    body=DocumentChange,
    answers={200: DocumentInfo},
    problems=("not_found",),
    role=operation.EDITOR,
)
def change(id: str) -> Response:
    """Change what is named; the next check sees it."""
    wanted = body.read_json(request, DocumentChange)
    changes = {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not msgspec.UNSET}
    if "name" in changes:
        changes["name"] = whole(changes["name"])
    entry = documents.change(auditing.store(), id, changes)
    services().live.refresh()
    return _shown(entry)


@blueprint.delete("/v1/documents/<id>")
@operation.describes(
    "Forget a document, or stop reading it", answers={204: None}, problems=("not_found",), role=operation.EDITOR
)
def remove(id: str) -> Response:
    """Forget its fingerprints; the next check does not see it any more."""
    registrar = services().registrar
    is_cancelled = registrar.cancel(id)
    try:
        documents.remove(auditing.store(), id)
    except NotFound:
        if not is_cancelled:
            raise
    services().live.refresh()
    registrar.tidy_later()
    return reply.nothing()
