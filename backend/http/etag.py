"""Versions as entity tags, so that two editors do not overwrite each other (RFC 9110, 13.1.1)."""

from __future__ import annotations

from flask import Request

from backend.http.problems import Problem


def tag(version: int) -> str:
    """Return a version as it goes into ``ETag``."""
    return f'"{version}"'


def seen(request: Request, *, needed: bool = False) -> int | None:
    """Return the version that the caller has seen, ``None`` for ``*`` or none at all.

    Raises :class:`Problem` ``changed_meanwhile`` for a tag that is none of ours, and
    ``version_needed`` where the caller must say it.
    """
    header = request.headers.get("If-Match", "").strip()
    if header == "*":
        return None
    if not header:
        if needed:
            raise Problem("version_needed")
        return None
    word = header.strip('"')
    if not word.isascii() or not word.isdigit() or len(word) > 15:
        raise Problem("changed_meanwhile")
    return int(word)
