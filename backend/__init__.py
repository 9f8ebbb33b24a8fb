"""Second Look: a second look at what is about to be shared.

Nothing is loaded here; :func:`create_app` builds the server when it is asked to, so
that ``python -m backend check`` and ``--help`` start without the web and the database.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from backend.config import Config

__version__ = "0.1.0"

# onnxruntime, which the optional picture models run on, would give this machine an id and report its use to its
# makers over the network; it looks for this once, when it is loaded (its own Privacy.md).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def create_app(config: Config | None = None, **parts: Any) -> Flask:
    """Build the web application; see :func:`backend.http.application.create_app`.

    Raises :class:`backend.config.StartError` with a sentence that says what to do
    when a setting, the data folder, the database or a pack is broken.
    """
    from backend.http.application import create_app as create

    return create(config, **parts)
