"""Why something published was not taken, in the person's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every reason by its key."""
    return tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))


def message(reason: str, language: str) -> str:
    """Return a reason in words; empty for none."""
    return catalogue()[reason][language] if reason else ""
