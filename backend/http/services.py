"""What the API is handed by ``create_app``."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import current_app

from backend.config import Config
from backend.files import Files
from backend.http.importing import Importing
from backend.http.limits import RateLimit, Waiting
from backend.http.live import Live
from backend.http.metrics import Metrics
from backend.http.observing import Observing
from backend.registration.registrar import Registrar
from backend.store import Store

if TYPE_CHECKING:
    from backend.jobs import Jobs

KEY = "secondlook"


@dataclass(slots=True)
class Services:
    """The parts of one running server."""

    config: Config
    store: Store
    live: Live
    jobs: Jobs
    waiting: Waiting
    registrar: Registrar
    files: Files
    metrics: Metrics = field(default_factory=Metrics)
    observing: Observing = field(default_factory=Observing)
    importing: Importing = field(default_factory=Importing)
    pairing_limit: RateLimit = field(default_factory=lambda: RateLimit(10, 60))
    join_limit: RateLimit = field(default_factory=lambda: RateLimit(20, 60))
    failure_limit: RateLimit = field(default_factory=lambda: RateLimit(30, 60))
    counting_key: bytes = b""
    """Made of the team's secret at the first need."""
    pairing_news: threading.Condition = field(default_factory=threading.Condition)
    standing: Any = None
    """Which parts answered a moment ago, and when that was."""
    stopping: bool = False
    """The server takes no more connections, and ends when it has answered all that has come."""


def services() -> Services:
    """Return the parts of the app that answers the present request."""
    found: Services = current_app.extensions[KEY]
    return found
