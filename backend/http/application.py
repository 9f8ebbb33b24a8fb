"""The application factory: builds the parts, hands them to the API, fails at start."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from flask import Flask, Request, Response, request
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from backend.config import Config, StartError, from_environment
from backend.http import guard, logs, operation, problems
from backend.http.headers import API_HEADERS
from backend.http.limits import Waiting
from backend.http.live import Live
from backend.http.origins import Origins
from backend.http.services import KEY, Services, services
from backend.pipeline import Engine
from backend.registration import Shelves
from backend.registration.registrar import Registrar
from backend.store import Store
from backend.store.in_force import open_for
from backend.team import files

_ADDED = tuple(API_HEADERS.items())


class MemoryRequest(Request):
    """A request whose files stay in memory: the usual class spools large ones to disk."""

    def _get_file_stream(self, *_size: Any, **_facts: Any) -> io.BytesIO:
        return io.BytesIO()


class Application(Flask):
    """Flask, with files kept in memory and errors logged without their messages."""

    request_class = MemoryRequest

    def log_exception(self, exc_info: Any) -> None:
        """Log where an unexpected error happened; its message may quote the draft."""
        logs.broken(exc_info[1])


def create_app(
    config: Config | None = None,
    *,
    store: Store | None = None,
    engine: Engine | None = None,
    jobs: Any = None,
    extensions: tuple[str, ...] | None = None,
) -> Flask:
    """Build the application; the parts that are not given are built from the settings.

    Raises :class:`backend.config.StartError` when a part cannot be built.
    """
    config = config or from_environment()
    app = Application("backend", static_folder=None)
    # A path with two slashes is not found; a redirect would repeat it.
    app.url_map.merge_slashes = False
    app.config.update(
        MAX_FORM_MEMORY_SIZE=operation.LONGEST_DRAFT,
        MAX_CONTENT_LENGTH=config.max_file + operation.MEGABYTE,
    )
    app.config[logs.PROXIES] = config.proxies
    if config.proxies:
        # Of the name that was asked for the proxy must tell by `Host` itself: of two, a page could send the other.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=0)  # type: ignore[method-assign]
    app.extensions[KEY] = _services(config, store, engine, jobs)
    if config.broker and jobs is None:
        _share_limits(app.extensions[KEY])
    app.extensions["store"] = app.extensions[KEY].store
    logs.register(app)
    _register_blueprints(app, config, Origins(config, extensions))
    problems.register(app)
    app.after_request(_finish)
    return app


def _services(config: Config, store: Store | None, engine: Engine | None, jobs: Any) -> Services:
    if store is None:
        store = open_for(config, None)
    jobs = jobs or _desk(config)
    shared = files.of(config, store)
    folder = shared.folder
    shelves = Shelves(store, folder)
    look = getattr(shared, "look", _nothing)
    live = Live(store, engine or build_engine(config), documents=shelves.library, sealed=folder, copy=look)
    registrar = _registrar(config, store, folder, largest=config.max_file, changed=live.refresh, tidy=shelves.tidy)
    services = Services(config, store, live, jobs, Waiting(max(1, config.threads // 2)), registrar, shared)
    if config.is_team:
        from backend.http.importing_together import Together
        from backend.team import secret

        services.importing = Together(store, secret.read(config))
    return services


def _registrar(config: Config, store: Store, folder: Path, **how: Any) -> Registrar:
    """Return what registers documents; a team's processes tell each other how far they are."""
    if not config.is_team:
        return Registrar(store, folder, **how)
    from backend.http.registering_together import Together
    from backend.team import secret

    return Together(store, folder, secret.read(config), **how)


def _desk(config: Config) -> Any:
    """Return what takes attachments in: workers read them where there is a broker, else a process of this one's own."""
    if not config.broker:
        from backend.jobs import Jobs

        return Jobs()
    from backend.jobs.shared import worker
    from backend.team import secret

    return worker.desk(config, secret.read(config))


def _share_limits(services: Services) -> None:
    """Count rate limits together with the other servers of a team."""
    from backend.http import shared_limits
    from backend.team import secret

    shared_limits.share(services, secret.read(services.config))


def _nothing() -> None:
    """Do nothing: the files of one person's server are nobody else's."""


def build_engine(config: Config) -> Engine:
    """Load packs and detectors; raises :class:`StartError` naming the rule that is wrong."""
    from backend.rules.loader import PackError
    from backend.situations import sentences

    if config.sentences and not sentences.available():
        raise StartError(f"SECONDLOOK_SENTENCES needs one more package: {sentences.INSTALL}")
    try:
        return Engine.build(sentences=config.sentences)
    except (PackError, ValueError) as error:
        raise StartError(f"The rules cannot be loaded: {error}") from None


def _register_blueprints(app: Flask, config: Config, origins: Origins) -> None:
    from backend import api, web

    CORS(
        app,
        origins=origins.patterns(),
        methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Accept-Language", "If-Match", "X-CSRF-Token"],
        expose_headers=["ETag", "Location", "Retry-After"],
        max_age=600,
    )
    guard.register(app, config, origins, web.session_owner)
    for blueprint in api.discover():
        app.register_blueprint(blueprint)
    app.register_blueprint(web.blueprint)


def _finish(response: Response) -> Response:
    """Add the headers of the API; the pages bring their own."""
    if request.blueprint != guard.PAGES:
        # Werkzeug's setdefault for each would take three times as long, of each check.
        present = {name.lower() for name, _ in response.headers}
        response.headers.extend([(name, value) for name, value in _ADDED if name.lower() not in present])
    if request.url_rule is not None and request.method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        services().metrics.request(request.method, request.url_rule.rule, response.status_code)
    return response
