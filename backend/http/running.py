"""Where the running server of an installation is: a small file in the data folder."""

from __future__ import annotations

import json
import os
import socket
import urllib.error
import urllib.request
from pathlib import Path

from backend.config import Config

NAME = "running.json"


def note(config: Config) -> None:
    """Write down the address of this server."""
    path = _path(config)
    path.write_text(json.dumps({"address": config.address, "process": os.getpid()}), encoding="utf-8")
    path.chmod(0o600)


def forget(config: Config) -> None:
    """Remove the note, if it is this server's own."""
    if _read(config).get("process") == os.getpid():
        _path(config).unlink(missing_ok=True)


def address(config: Config) -> str:
    """Return the address of the running server; the configured one when none is found running."""
    noted = _read(config).get("address")
    return noted if isinstance(noted, str) and answers(noted) else config.address


def answers(address: str, seconds: float = 1.0) -> bool:
    """Return whether a Second Look answers at an address."""
    try:
        # No proxy of the environment may come between: the server is on this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{address}/v1/status", timeout=seconds) as response:
            return bool(json.loads(response.read(10_000)).get("name") == "Second Look")
    except (OSError, ValueError, AttributeError, urllib.error.URLError):
        return False


def is_taken(config: Config) -> bool:
    """Return whether something listens on the configured port."""
    host = "127.0.0.1" if config.host in ("0.0.0.0", "") else config.host
    try:
        with socket.create_connection((host, config.port), timeout=1):
            return True
    except OSError:
        return False


def _read(config: Config) -> dict[str, object]:
    try:
        found = json.loads(_path(config).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _path(config: Config) -> Path:
    return config.data / NAME
