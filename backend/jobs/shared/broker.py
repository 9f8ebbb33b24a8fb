"""The way to Redis: one client a process, with short patience, and names that hold nothing of a draft."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.exceptions import OutOfMemoryError
from redis.maint_notifications import MaintNotificationsConfig
from redis.retry import Retry

__all__ = ["OutOfMemoryError", "Redis", "RedisError", "connect", "shown"]

PREFIX = "look:"
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 5.0
"""Longer than any blocking read here, shorter than the patience of a person."""


def connect(url: str) -> Redis:
    """Return a client; nothing is asked of the server yet."""
    return Redis.from_url(
        url,
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=CONNECT_SECONDS,
        # Once more at once: a connection of the pool may be from before the server was started anew.
        retry=Retry(NoBackoff(), 1),
        maint_notifications_config=MaintNotificationsConfig(enabled=False),
    )


def celery_url(url: str) -> str:
    """Return the address as Celery spells it: its name for a socket differs, and it asks for the check of TLS.

    >>> celery_url("unix:///run/redis.sock"), celery_url("rediss://host/0")
    ('redis+socket:///run/redis.sock', 'rediss://host/0?ssl_cert_reqs=required')
    """
    url = re.sub(r"^unix://", "redis+socket://", url)
    if url.startswith("rediss://") and "ssl_cert_reqs" not in url:
        url += ("&" if "?" in url else "?") + "ssl_cert_reqs=required"
    return url


def shown(url: str) -> str:
    """Return an address that may be shown: without user and password, and without its options.

    >>> shown("redis://:secret@host:6379/0?password=too")
    'redis://host:6379'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2] or parts.path}"
