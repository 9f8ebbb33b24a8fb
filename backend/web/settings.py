"""The settings: lists, the bench, documents, what happened, the policy; the pages ask the API themselves."""

from __future__ import annotations

from typing import Any

from flask import make_response, request

from backend.detectors import codes
from backend.http import reply
from backend.http.services import services
from backend.model import CATEGORIES, CHANNELS
from backend.people.roles import BY_DEVICE, EDITOR, includes
from backend.store import NotFound, lists
from backend.web import language, session
from backend.web.pages import blueprint, show

FAMILIES = {
    "card": "identifier",
    "document": "document",
    "hidden": "metadata",
    "intimate": "intimate",
    "labels": "marking",
    "metadata": "metadata",
    "situation": "situation",
    "travel": "identifier",
}
"""The categories of rules that are code, by how their names begin."""
KINDS = ("txt", "csv", "tsv", "json")
"""As what a list can be written to a file."""


@blueprint.get("/settings")
def settings() -> Any:
    """Show all lists."""
    return show("settings/lists", gone=False)


@blueprint.get("/settings/lists/<id>")
def settings_list(id: str) -> Any:
    """Show one list with its terms."""
    inside = session.current(request)
    if inside is not None and not _is_open(id, inside):
        return make_response(show("settings/lists", gone=True), 404)
    return show("settings/list", id=id, channels=CHANNELS, kinds=KINDS)


@blueprint.get("/settings/bench")
def settings_bench() -> Any:
    """Show the place where a text or a file is tried."""
    return show("settings/bench", channels=CHANNELS)


@blueprint.get("/settings/documents")
def settings_documents() -> Any:
    """Show registered documents and watched folders."""
    return show("settings/documents")


@blueprint.get("/settings/happened")
def settings_happened() -> Any:
    """Show what people decided, in numbers."""
    return show("settings/happened")


@blueprint.get("/settings/policy")
def settings_policy() -> Any:
    """Show thresholds and rules that are switched off."""
    return show("settings/policy", channels=CHANNELS, categories=CATEGORIES)


@blueprint.get("/settings/audit")
def settings_audit() -> Any:
    """Show what administrators and list editors did."""
    return show("settings/audit")


@blueprint.get("/settings/people")
def settings_people() -> Any:
    """Show who is in the team, and let somebody be invited."""
    return show("settings/people")


@blueprint.get("/settings/account")
def settings_account() -> Any:
    """Show one's own devices, password and second factor."""
    inside = session.current(request)
    by_device = inside is not None and inside.id.startswith(BY_DEVICE)
    return show("settings/account", has_provider=bool(services().config.oidc_issuer), by_device=by_device)


@blueprint.get("/settings/inside")
def settings_inside() -> Any:
    """Tell whether this browser has a session: one that came from an extension shows its cookie only now."""
    return make_response("", 204 if session.current(request) else 401)


@blueprint.get("/settings/rules.json")
def settings_rules() -> Any:
    """Answer with every rule of the packs and detectors, in the language of the page."""
    if session.session_owner(request) is None:
        return make_response("", 401)
    chosen = language.choose(request)
    engine = services().live.engine
    known = {rule.id: rule.category for rule in engine.rules}
    known |= {f"code.{kind}": weight.category for kind, weight in codes.WEIGHTS.items()}
    found = [
        {"rule": rule, "title": words["title"][chosen], "category": known.get(rule) or FAMILIES[rule.partition(".")[0]]}
        for rule, words in sorted(engine.catalogue.all().items())
        if "." in rule
    ]
    return reply.json({"rules": found})


def _is_open(id: str, inside: session.AnySession) -> bool:
    """Return whether a list is there whose terms may be seen: one's own, or an editor everybody's."""
    try:
        owner = lists.read(services().store, id).owner
    except NotFound:
        return False
    return owner == inside.person_id if owner else includes(inside.role, EDITOR)
