"""From a check request to the verdict's JSON; the only place where the API asks the engine."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import request

from backend import wording
from backend.http import counting, guard, logs
from backend.http.problems import Problem
from backend.http.services import services
from backend.model import USUALLY, Attachment, Draft, Gap, Verdict

if TYPE_CHECKING:
    from backend.jobs import Job

PENDING = "pending"


def verdict(draft: Draft, gaps: Iterable[Gap] = ()) -> dict[str, Any]:
    """Return the verdict on a draft in the shape of the contract, and count it.

    ``gaps`` are what could not be read in time.  They do not change the level, which
    tells what was seen; a caller must show them, and may call a draft clear only when
    the level is clear and there is no gap.
    """
    began = time.perf_counter()
    found, body = _checked(draft, gaps)
    seconds = time.perf_counter() - began
    reasons = tuple(gap.reason for gap in found.gaps)
    if not guard.owner().startswith("session:"):
        services().observing.saw(services().store, guard.owner(), draft, found.observed, counting.who)
    elif found.observed:
        body["observed"] = _observed(found)
    services().metrics.verdict(draft.channel, found.level.word, reasons, seconds)
    return {**body, "id": secrets.token_hex(8), "elapsed_ms": logs.elapsed_ms()}


def _observed(found: Verdict) -> list[dict[str, Any]]:
    """Return what lists that only count saw: the pages tell it where something is tried, and it is not counted."""
    language = wording.pick(request.headers.get("Accept-Language"))
    catalogue = services().live.engine.catalogue
    return [catalogue.finding(replace(one, places=()), language) for one in found.observed]


def so_far(job: Job, channel: str) -> dict[str, Any]:
    """Return what was seen in a file until now; its draft is counted when it is checked."""
    _, body = _checked(Draft(channel=channel, attachments=(of_job(job),)), ())
    return {name: body[name] for name in ("level", "score", "findings", "gaps")}


def _checked(draft: Draft, gaps: Iterable[Gap]) -> tuple[Verdict, dict[str, Any]]:
    engine = services().live.engine_of(guard.caller().person_id)
    found = engine.check(draft)
    found = replace(found, gaps=tuple(dict.fromkeys((*found.gaps, *gaps))))
    body = engine.catalogue.verdict(found, wording.pick(request.headers.get("Accept-Language")))
    action = engine.policy.action(found.level)
    return found, body if action == USUALLY.get(found.level, "") else {**body, "action": action}


def attached(ids: Iterable[str], wait: float = 0.0) -> tuple[list[Attachment], list[Gap]]:
    """Return what was read of attachments so far, and a gap for each that is still being read.

    Raises :class:`Problem` when one is unknown, too old, or somebody else's.
    """
    until = time.monotonic() + wait
    found: list[Attachment] = []
    gaps: list[Gap] = []
    for place, id in enumerate(dict.fromkeys(ids)):
        job = _job(id, place, max(0.0, until - time.monotonic()))
        found.append(of_job(job))
        if job.state != "done":
            gaps.append(Gap(job.id, PENDING))
    return found, gaps


def of_job(job: Job) -> Attachment:
    """Return an attachment as the engine takes it."""
    return Attachment(job.id, job.name, job.media_type, job.reading)


def _job(id: str, place: int, wait: float) -> Job:
    try:
        return services().jobs.status(id, owner=guard.owner(), wait=wait)
    except LookupError:
        detail = "attach the file again; files are kept for ten minutes"
        raise Problem("attachment_unknown", errors=((f"/attachments/{place}", detail),)) from None
