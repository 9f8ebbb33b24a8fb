"""Open Chromium with the extension loaded and paired, at the page where it can be tried.

    make demo

The server that runs already is used; else one is started that keeps nothing. The
browser has a profile of its own, which is gone when the window is closed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Error, sync_playwright  # noqa: E402

from backend.config import from_environment  # noqa: E402
from backend.http import running  # noqa: E402
from tests.e2e import opening  # noqa: E402
from tests.e2e.serving import Server  # noqa: E402


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Yield the running server, or one that is started for the demo."""
    config = from_environment()
    if running.answers(config.address):
        yield Server(config.data, config.port)
        return
    started = Server(folder / "data", None if running.is_taken(config) else config.port)
    started.start()
    try:
        yield started
    finally:
        started.stop()


def has_screen() -> bool:
    """Tell whether a window can be opened."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show(folder: Path, headless: bool) -> None:
    """Open the browser, pair it, and stay until the person closes it; without a window, end at once."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    window: dict[str, Any] = {"viewport": None, "no_viewport": True, "window": (1200, 900)} if not headless else {}
    with server(folder) as found, sync_playwright() as tools:
        context = opening.open_browser(
            tools, folder / "profile", headless=headless, chromium_sandbox=not is_root, **window
        )
        opening.set_server(context, found.address)
        page = opening.pair(context, found)
        page.goto(f"{found.address}/try")
        print(f"Chromium is open at {found.address}/try, and the extension is paired.", flush=True)
        if headless:
            return context.close()
        print("Put in an example and press Post. Close the window to end the demo.", flush=True)
        context.wait_for_event("close", timeout=0)


def main() -> int:
    """Run the demo; exit status 1 where it cannot be shown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--headless", action="store_true", help="open no window, and end when all is ready")
    headless = parser.parse_args().headless
    if not opening.CHROMIUM:
        print("demo: Chromium is not installed here. “make run” shows how to load the extension into your browser.")
        return 1
    if not headless and not has_screen():
        print("demo: there is no screen to open a window on. “make demo” needs a desktop; --headless needs none.")
        return 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            show(Path(folder), headless)
        except Error as error:
            print(f"demo: the browser stopped: {error.message.splitlines()[0]}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
