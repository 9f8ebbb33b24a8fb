"""The words of the pages: one catalogue a language, all with the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Request

from backend.model import LANGUAGES
from backend.wording import pick

FOLDER = Path(__file__).parent / "words"
COOKIE = "secondlook_language"
TAGS = {"en": "en", "vi": "vi", "zh": "zh-CN"}
NAMES = {"en": "English", "vi": "Tiếng Việt", "zh": "简体中文"}

Words = Mapping[str, Mapping[str, str]]


@cache
def catalogue(language: str) -> Words:
    """Return the words of one language by page and key."""
    words: dict[str, Any] = _read(FOLDER / f"{language}.toml")
    return {**words, "settings": _read(FOLDER / "settings" / f"{language}.toml")}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fill(text: str, **values: str) -> str:
    """Put values into a text's ``{named}`` gaps; the template filter of the same name."""
    return text.format_map(values)


def asked_for(request: Request) -> str | None:
    """Return the language that the address asks for (``?lang=vi``), if it is one of ours."""
    wanted = request.args.get("lang", "")
    return wanted if wanted in LANGUAGES else None


def choose(request: Request) -> str:
    """Return the language of a page: the address, then the remembered choice, then the browser's."""
    remembered = request.cookies.get(COOKIE, "")
    if remembered not in LANGUAGES:
        remembered = pick(request.headers.get("Accept-Language"))
    return asked_for(request) or remembered
