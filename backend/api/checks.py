"""``/v1/checks``: score a draft before it is shared."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, request

from backend.http import body, drafts, guard, operation, reply, shapes, waiting
from backend.http.files import submit
from backend.http.problems import Problem
from backend.http.services import services
from backend.request import CheckRequest

MOST_FILES = 20
FILE_WAIT = 10.0
DETAILS = """\
The draft as JSON, or as `multipart/form-data` with a part `draft` (the same JSON) and parts `file`, which are read now.
`level` tells what was seen. `gaps` name every part that was not read, or not to its end (`pending`: it is still being
read); gaps never raise or lower the level. A client must show them, and may call a draft clear only when the level is
`clear` and there are no gaps. An empty draft is clear. An attachment that is unknown, too old or somebody else's is a
422 `attachment_unknown`. A text of more than 1,000,000 characters is a 413."""

blueprint = Blueprint("checks", __name__)


@blueprint.post("/v1/checks")
@operation.describes(
    "Score a draft",
    details=DETAILS,
    body=CheckRequest,
    form={"draft": CheckRequest, "file": [bytes]},
    answers={200: shapes.Verdict},
    query=(waiting.WAIT,),
    problems=("attachment_unknown",),
    limit=None,
    role=operation.MEMBER,
)
def check() -> Response:
    """Answer with the verdict."""
    if request.mimetype == "multipart/form-data":
        return _check_form()
    request.max_content_length = operation.LONGEST_DRAFT
    wanted = body.read_json(request, CheckRequest)
    return _verdict(wanted, wanted.attachments, waiting.seconds(request))


def _check_form() -> Response:
    """Read the files of the request too; they are forgotten with the answer."""
    wanted = body.parse(_draft_part(), CheckRequest)
    _refuse_unread()
    files = request.files.getlist("file")
    if len(files) > MOST_FILES:
        raise Problem("too_large", errors=(("/file", f"at most {MOST_FILES} files"),))
    own: list[str] = []
    try:
        for file in files:
            own.append(submit(file))
        return _verdict(wanted, (*wanted.attachments, *own), waiting.seconds(request, FILE_WAIT))
    finally:
        for id in own:
            with suppress(LookupError):  # the broker of a team may have forgotten it meanwhile
                services().jobs.cancel(id, owner=guard.owner())


def _draft_part() -> bytes | str:
    """Return the draft's JSON, sent as a field or, as a browser sends a ``Blob``, as a file."""
    form = body.read_form(request)
    sent = request.files.get("draft")
    return form.get("draft", "{}") if sent is None else sent.stream.read(operation.LONGEST_DRAFT + 1)


def _refuse_unread() -> None:
    """Refuse a form with nothing to check, or with a part that nobody would read: it must not be called clear."""
    if not request.files and "draft" not in request.form:
        raise Problem("invalid", errors=(("/draft", "required"),))
    if set(request.form) - {"draft"} or set(request.files) - {"draft", "file"}:
        detail = 'parts are called "draft" and "file"; a "file" has a file name'
        raise Problem("invalid", errors=(("", detail),))


def _verdict(wanted: CheckRequest, ids: tuple[str, ...], wait: float) -> Response:
    with services().waiting.place(wait if ids else 0.0) as granted:
        found, gaps = drafts.attached(ids, granted)
    return reply.json(drafts.verdict(wanted.draft(found), gaps))
