"""Under which addresses this server is known, so that none who stands before it passes for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from backend.config import Config


def is_own(config: Config, address: str) -> bool:
    """Return whether an address without a path is one that people reach this server by.

    Plain HTTP counts on its own port of the loopback interface alone.  A host that a reverse
    proxy answers for (``SECONDLOOK_ADDRESS``, ``SECONDLOOK_HOSTS``) counts by HTTPS, on any port.
    """
    if address in config.own_origins:
        return True
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and parts.hostname in config.hosts
    except ValueError:
        return False
