"""``serve``: start the server and say what to do next."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from backend.config import ROOT, Config, StartError, from_environment
from backend.program import spoken

if TYPE_CHECKING:
    from flask import Flask

HELP = "start the server and open the welcome page"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--port", type=int, help="the port to listen on (SECONDLOOK_PORT, else 8765)")
    parser.add_argument("--no-browser", action="store_true", help="open no page (SECONDLOOK_NO_BROWSER=1)")
    parser.add_argument("--log", action="store_true", help="write one line a request to standard error, without words")


def run(args: argparse.Namespace) -> int:
    """Serve until it is interrupted or terminated; exit status 2 when it cannot start."""
    from backend.http import logs

    config = from_environment()
    if args.port is not None:
        config = replace(config, port=args.port)
    if args.no_browser:
        config = replace(config, open_browser=False)
    logs.set_up(wanted=args.log)
    _refuse_taken_port(config)
    return _serve_team(config) if config.is_team and sys.platform != "win32" else _serve(config)


def _refuse_taken_port(config: Config) -> None:
    """Say so before anything is loaded, and also where the system would let two listen (Windows)."""
    from backend.http import running

    if not running.is_taken(config):
        return
    if running.answers(config.address):
        raise StartError(
            spoken(f"Second Look runs already at {config.address}. To see its page: python -m backend token --link")
        )
    raise StartError(
        f"Port {config.port} is used by another program. Choose another one, for example: "
        + spoken(f"SECONDLOOK_PORT={config.port % 65535 + 1} python -m backend serve")
    )


def _serve(config: Config) -> int:
    from waitress import wasyncore  # type: ignore[import-untyped]

    from backend import crash, create_app
    from backend.http import running
    from backend.http.services import KEY

    crash.leave_nothing()
    app = create_app(config)
    services = app.extensions[KEY]
    channels: dict[int, Any] = {}
    try:
        server = _listen(app, config, channels)
        running.note(config)
        # Both are set: a shell that starts the server in the background has it ignore the first.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        link = _link(services.store, config)
        _greet(config, link, _link(services.store, config, "settings"))
        _later(services, link)
        server.run()
    finally:
        wasyncore.close_all(channels)
        running.forget(config)
        services.registrar.close()
        services.jobs.close()
        services.store.close()
    return 0


def _listen(app: Flask, config: Config, channels: dict[int, Any]) -> Any:
    """Return a server that listens; ``channels`` will hold its connections, to be closed at the end."""
    from backend.http import embedded

    try:
        return embedded.server(app, config, channels, host=config.host, port=config.port)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StartError(f"The server cannot listen on {config.host}:{config.port}: {reason}.") from None


def _serve_team(config: Config) -> int:
    """Serve with several processes; where there is no broker, one reads files, as for one person."""
    from backend import crash, create_app
    from backend.http import running, serving
    from backend.http.services import KEY

    if config.workers > 1 and not config.broker:
        raise StartError("More than one of SECONDLOOK_WORKERS needs SECONDLOOK_BROKER, by which they share files.")
    crash.leave_nothing()
    app = create_app(config)
    services = app.extensions[KEY]

    def ready() -> None:
        running.note(config)
        _greet(config, _link(services.store, config), _link(services.store, config, "settings"))

    try:
        listening = serving.listen(config)
        serving.TeamServer(app, config, listening, ready).run()
    finally:
        running.forget(config)
        services.store.close()
    return 0


def _link(store: Any, config: Config, page: str = "welcome") -> str:
    from backend.store import links

    return f"{config.address}/{page}?once={links.mint(store)}"


def _greet(config: Config, link: str, settings: str) -> None:
    """Print the lines that say what to do next."""
    print(f"Second Look answers at {config.address} (stop it with Ctrl+C).")
    print(f"1. Load the extension: open chrome://extensions, switch on developer mode, load {ROOT / 'extension'}")
    print(f"2. Pair it on the welcome page (each link works once, for 15 minutes): {link}")
    print(f"3. Your lists, documents and policy: {settings}", flush=True)


def _later(services: Any, link: str) -> None:
    """Open the page and warm the picture models without keeping the first request waiting."""
    config: Config = services.config
    if config.open_browser:
        threading.Thread(target=_open, args=(link,), daemon=True, name="open-page").start()
    threading.Thread(target=services.live.engine.warm, daemon=True, name="warm-rules").start()
    services.registrar.watch(config.watch_seconds)
    if config.warm:
        threading.Thread(target=services.jobs.warm, daemon=True, name="warm").start()


def _open(link: str) -> None:
    """Open the page; a machine without a browser has the printed link."""
    import webbrowser

    # A browser on a console would take over the terminal that the link was printed on.
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    webbrowser.open(link)


def _stop(_signal: int, _frame: Any) -> None:
    raise SystemExit(0)
