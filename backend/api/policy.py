"""``/v1/policy``: from which score a finding is told how loudly, where, and what each level does."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from backend import wording
from backend.http import auditing, body, etag, operation, reply
from backend.http.policy_shapes import (
    NewOwn,
    OwnShape,
    PolicyShape,
    Preview,
    Profiles,
    Proposal,
    Questions,
    RuleVoice,
    difference,
)
from backend.http.problems import Problem
from backend.http.proposing import explained, proposed, replaced, shown
from backend.http.services import services
from backend.http.words import RuleId
from backend.model import Policy
from backend.policy import assistant, file, own, profiles
from backend.policy.differences import differences
from backend.policy.table import to_table
from backend.store import NotFound, policies

blueprint = Blueprint("policy", __name__)
FILE = "application/toml"


@blueprint.get("/v1/policy")
@operation.describes("Read the policy", answers={200: PolicyShape}, headers=("ETag",), role=operation.MEMBER)
def read() -> Response:
    """Answer with the policy in force and its version."""
    return _shown(*policies.read(services().store))


@blueprint.put("/v1/policy")
@operation.describes(
    "Put a policy in force",
    body=PolicyShape,
    answers={200: PolicyShape},
    headers=("ETag",),
    problems=("changed_meanwhile",),
    limit=operation.MEGABYTE,
    if_match=True,
    role=operation.ADMINISTRATOR,
)
def write() -> Response:
    """Replace the policy; the next check sees it."""
    wanted = body.read_json(request, PolicyShape)
    with explained():
        return _kept(*policies.change(auditing.store(), lambda before: replaced(wanted, before), etag.seen(request)))


@blueprint.get("/v1/policy/file")
@operation.describes(
    "Read the policy as a TOML file", answers={200: FILE}, headers=("ETag",), role=operation.ADMINISTRATOR
)
def read_file() -> Response:
    """Answer with the file, to be kept under version control."""
    policy, version = policies.read(services().store)
    answer = Response(file.dumps(policy), mimetype=FILE)
    answer.headers["ETag"] = etag.tag(version)
    answer.headers["Content-Disposition"] = 'attachment; filename="policy.toml"'
    return answer


@blueprint.post("/v1/policy/differences")
@operation.describes(
    "See what another policy would change, and change nothing",
    details="The answer's `ETag` goes into `If-Match` of `POST /v1/policy/import`.",
    body=Proposal,
    answers={200: Preview},
    headers=("ETag",),
    limit=2 * operation.MEGABYTE,
    role=operation.ADMINISTRATOR,
)
def preview() -> Response:
    """Answer with the differences."""
    before, version = policies.read(services().store)
    after, not_usable = proposed(body.read_json(request, Proposal), before)
    told = [difference(one) for one in differences(before, after)]
    content = {"differences": told, "policy": shown(after), "not_usable": not_usable}
    return reply.json(content, ETag=etag.tag(version))


@blueprint.post("/v1/policy/import")
@operation.describes(
    "Put another policy in force, after its differences were seen",
    details="`If-Match` is needed, so that what takes effect is what was shown.",
    body=Proposal,
    answers={200: PolicyShape},
    headers=("ETag",),
    problems=("changed_meanwhile", "version_needed"),
    limit=2 * operation.MEGABYTE,
    if_match=True,
    role=operation.ADMINISTRATOR,
)
def take() -> Response:
    """Replace the policy by the one that is proposed; the next check sees it."""
    wanted = body.read_json(request, Proposal)
    seen = etag.seen(request, needed=True)
    return _kept(*policies.change(auditing.store(), lambda before: proposed(wanted, before)[0], seen))


@blueprint.get("/v1/policy/profiles")
@operation.describes("Read the profiles to begin from", answers={200: Profiles}, role=operation.ADMINISTRATOR)
def read_profiles() -> Response:
    """Answer with all of them in the language of the request."""
    language = wording.pick(request.headers.get("Accept-Language"))
    found = [
        {
            "id": one.id,
            "name": one.name[language],
            "explanation": one.explanation[language],
            "policy": to_table(one.policy),
        }
        for one in profiles.read_all()
    ]
    return reply.json({"profiles": found})


@blueprint.get("/v1/policy/questions")
@operation.describes("Read the questions of the first run", answers={200: Questions}, role=operation.ADMINISTRATOR)
def read_questions() -> Response:
    """Answer with them in the language of the request, each answer with what it sets."""
    language = wording.pick(request.headers.get("Accept-Language"))
    return reply.json({"questions": [one.told(language) for one in assistant.questions()]})


@blueprint.put("/v1/policy/rules/<rule>")
@operation.describes(
    "Let a rule speak as usual, quietly or not at all",
    body=RuleVoice,
    answers={200: PolicyShape},
    headers=("ETag",),
    role=operation.ADMINISTRATOR,
)
def voice(rule: str) -> Response:
    """Change it in one call; the next check follows."""
    name, wanted = body.convert(rule, RuleId), body.read_json(request, RuleVoice)
    return _kept(*policies.change(auditing.store(), lambda before: before.with_voice(name, wanted.speaks)))


@blueprint.post("/v1/policy/own")
@operation.describes(
    "Add something of your own that is fine to share",
    body=NewOwn,
    answers={201: OwnShape},
    role=operation.ADMINISTRATOR,
)
def add_own() -> Response:
    """Keep keyed hashes of it; a finding that is about nothing else is not told any more."""
    wanted = body.read_json(request, NewOwn)
    try:
        policy, _ = policies.change(auditing.store(), lambda before: own.add(before, wanted.name, wanted.text))
    except own.NotOwn as error:
        raise Problem("invalid", errors=(("/text", str(error)),)) from None
    services().live.refresh()
    return reply.json(OwnShape(policy.own[-1].id, policy.own[-1].name), 201)


@blueprint.delete("/v1/policy/own/<id>")
@operation.describes(
    "Forget something of your own", answers={204: None}, problems=("not_found",), role=operation.ADMINISTRATOR
)
def remove_own(id: str) -> Response:
    """Forget its hashes."""

    def without(before: Policy) -> Policy:
        left = tuple(one for one in before.own if one.id != id)
        if len(left) == len(before.own):
            raise NotFound("own")
        return replace(before, own=left)

    policies.change(auditing.store(), without)
    services().live.refresh()
    return reply.nothing()


def _kept(policy: Policy, version: int) -> Response:
    services().live.refresh()
    return _shown(policy, version)


def _shown(policy: Policy, version: int) -> Response:
    return reply.json(shown(policy), ETag=etag.tag(version))
