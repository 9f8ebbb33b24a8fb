"""What people read of a document that could not be registered, or not all of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((Path(__file__).with_name("problems.toml")).read_text(encoding="utf-8"))


def message(problem: str, language: str) -> str:
    """Return why, in a language; gaps of readers that have no sentence of their own could not be read.

    >>> message("crashed", "en")
    'It could not be read.'
    """
    return _texts().get(problem, _texts()["unreadable"])[language]
