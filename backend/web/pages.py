"""The routes of the pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState

from backend import program
from backend.http.services import KEY, Services, services
from backend.store import NotFound, links, people
from backend.web import headers, language, sections, session

ROOT = Path(__file__).resolve().parents[2]
EXTENSION_FOLDER = ROOT / "extension"
YEAR_IN_SECONDS = 365 * 24 * 3600
FOR_STRANGERS = ("settings/sign-in", "settings/join")
"""Pages of which a browser without a session has use."""

blueprint = Blueprint(
    "web",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/web/static",
)
blueprint.after_request(headers.protect)
blueprint.add_app_template_filter(language.fill)


@blueprint.record_once
def _prepare(state: BlueprintSetupState) -> None:
    """Give each app its own sessions, and read the words now: a broken catalogue fails at start."""
    found: Services = state.app.extensions[KEY]
    keeper = session.SharedSessions(found.store) if found.config.is_team else session.Sessions()
    state.app.extensions[session.EXTENSION_KEY] = keeper
    for known in language.TAGS:
        language.catalogue(known)


@blueprint.get("/")
def home() -> Any:
    """Lead to the welcome page."""
    return redirect(url_for("web.welcome"))


@blueprint.get("/welcome")
def welcome() -> Any:
    """Show how to load the extension, pair it, and where to try it."""
    return show("welcome")


@blueprint.get("/try")
def try_it() -> Any:
    """Show a post box and a chat box that send nothing."""
    return show("try")


@blueprint.get("/favicon.ico")
def favicon() -> Any:
    """Answer the browser's own request with the logo."""
    return blueprint.send_static_file("logo.svg")


def show(name: str, *, ignore_link: bool = False, **more: Any) -> Response:
    """Redeem a one-time link, remember a chosen language, else show the page; ``more`` is what it needs besides."""
    once = None if ignore_link else request.args.get("once")
    if once is not None:
        return _redeem(once, name, more)
    chosen = language.asked_for(request)
    if chosen is not None:
        return _remember(chosen)
    inside = session.current(request)
    if inside is not None and not sections.is_for(name, inside.role, services().config.is_team):
        return make_response(redirect(url_for("web.settings"), 303))
    return make_response(_render(name, more))


def _redeem(once: str, name: str, more: dict[str, Any]) -> Response:
    """Trade a one-time link for a session; a browser that only guesses ahead may not use it up."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return make_response("", 503)
    store = current_app.extensions["store"]
    if (link := links.use(store, once)) is not None:
        return open_for(link.person_id, make_response(_back()))
    if (link := links.use(store, once, links.DEVICE)) is not None and link.person_id:
        return open_for(link.person_id, make_response(_back()), by_device=True)
    if session.current(request) is not None:
        return make_response(_back())
    return make_response(_render(name, more, link_used=True), 403)


def _back() -> Any:
    """Lead to the same page without its query; its path may hold anything, also what no header may."""
    code = request.args.get("once", "")[:100] if request.path == url_for("web.join") else ""
    return redirect(quote(request.path) + (f"?once={quote(code, safe='')}" if code else ""), 303)


def open_for(person_id: str | None, response: Response, *, by_device: bool = False) -> Response:
    """Open a session for somebody, or for whoever has the server's own machine."""
    if person_id is None:
        return session.open_session(request, response)
    try:
        role = people.read(current_app.extensions["store"], person_id).role
    except NotFound:
        return response
    return session.open_session(request, response, person_id, role, by_device=by_device)


def _remember(chosen: str) -> Response:
    response = make_response(_back())
    response.set_cookie(
        language.COOKIE,
        chosen,
        max_age=YEAR_IN_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=session.is_secure(request),
    )
    return response


def _render(name: str, more: dict[str, Any], *, link_used: bool = False) -> str:
    """Fill a page's template; those of the settings (``settings/lists``) share their words and their style."""
    chosen = language.choose(request)
    words = language.catalogue(chosen)
    place = name.partition("/")[0]
    is_setting = place != name
    script_words = {**words["script"], **words["settings"]} if is_setting else words["script"]
    inside = session.current(request)
    return render_template(
        f"secondlook/{name}.html",
        page=name,
        place=place,
        styles=("try.css", "settings/settings.css") if is_setting else (f"{name}.css",),
        script=f"{name}.js" if inside or not is_setting or name in FOR_STRANGERS else "settings/knock.js",
        language=chosen,
        tag=language.TAGS[chosen],
        languages=language.NAMES,
        tags=language.TAGS,
        words=words[place],
        common=words["common"],
        script_words=script_words,
        session=inside,
        link_used=link_used,
        team=services().config.is_team,
        sections=sections.shown(inside.role, services().config.is_team) if inside else (),
        extension_folder=str(EXTENSION_FOLDER),
        link_command=link_command(),
        host=request.host,
        **{"code": "", **more},
    )


def link_command() -> str:
    """Return the command that prints a new link, with the Python this server runs on."""
    if program.is_installed():
        return program.command("token", "--link")
    python = Path(sys.executable)
    inside = python.is_relative_to(ROOT)
    return f"{os.path.relpath(python, ROOT) if inside else python.name} -m backend token --link"
