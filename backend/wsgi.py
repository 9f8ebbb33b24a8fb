"""The application for an administrator's own server: ``gunicorn backend.wsgi:app``, one process without a broker.

``secondlook serve`` does more: it shares memory between processes and keeps slow clients from holding a thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    app: Flask


def __getattr__(name: str) -> Flask:
    """Build the application when a server asks for it, and not when this is looked at."""
    if name != "app":
        raise AttributeError(name)
    from backend import crash, create_app
    from backend.http import logs

    crash.leave_nothing()
    logs.set_up(wanted=True)
    made = globals()["app"] = create_app()
    return made
