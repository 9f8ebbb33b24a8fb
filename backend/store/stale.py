"""Two editors: the one who has not seen the other's change is told, and nothing is overwritten."""

from __future__ import annotations


class Stale(Exception):
    """The change rests on a version that is no longer the newest."""
