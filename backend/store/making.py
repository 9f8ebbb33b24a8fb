"""A term out of what a person wrote: checked, in one form, or refused with the reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import regex

from backend.model import CHANNELS, FORMS, PLAIN, Details, Level, Term
from backend.text.conditions import host
from backend.text.expressions import is_bounded
from backend.text.languages import base

LONGEST_TERM = 200
LONGEST_CATEGORY = 60
LONGEST_NOTE = 500
MOST_OF_EACH = 20
"""Languages, sites and exceptions of one term."""
SHORTEST_NEAR = 6
"""Characters: a shorter word is too near to others."""
LEVELS = ("note", "warn", "stop")
FIELDS = (
    "text", "form", "level", "score", "languages", "channels", "sites", "category", "note", "exceptions", "valid_from",
    "valid_until",
)  # fmt: skip
REASONS = {
    "empty": "there are no words",
    "too_long": f"longer than {LONGEST_TERM} characters",
    "not_visible": "nothing in it can be found in a text",
    "form": f"the form is not one of {', '.join(FORMS)}",
    "level": f"the level is not one of {', '.join(LEVELS)}",
    "score": "the score is not a whole number from 0 to 100",
    "level_and_score": "it has a level and a score; one of them counts",
    "expression": "not a regular expression that finds something",
    "too_short": f"near needs at least {SHORTEST_NEAR} characters",
    "languages": "a language is not written like en, vi or zh",
    "channels": f"a channel is not one of {', '.join(CHANNELS)}",
    "sites": "a site is not a host name such as x.com",
    "category": f"the category is longer than {LONGEST_CATEGORY} characters",
    "note": f"the note is longer than {LONGEST_NOTE} characters",
    "exceptions": "an exception cannot be found in a text",
    "date": "a date is not written like 2026-11-24",
    "dates": "it ends before it begins",
    "many": f"more than {MOST_OF_EACH} of one kind",
    "not_text": "the words are not text",
    "columns": "cells are left over that no column explains",
}
BROKEN = "\ufffd"
"""Stands where a character was broken on its way: no text that a person writes will hold it."""
_HOST = re.compile(r"(?=.{1,253}\Z)[\w-]{1,63}(\.[\w-]{1,63})*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of the numbers that spreadsheets keep dates as."""


class BadTerm(ValueError):
    """A term that cannot be used; ``reason`` is a key of :data:`REASONS`."""

    def __init__(self, reason: str) -> None:
        """Take the reason."""
        super().__init__(REASONS[reason])
        self.reason = reason


def is_usable(text: str) -> bool:
    r"""Return whether a term can be found in a text: it has something to see, and nothing that breaks lines.

    >>> is_usable("Project Zephyr"), is_usable("..."), is_usable("\u200b"), is_usable("a\nb")
    (True, False, False, False)
    """
    if BROKEN in text:
        return False
    if text.isprintable() and any(map(str.isalnum, text)):
        return len(text) <= LONGEST_TERM
    kinds = {unicodedata.category(character) for character in text}
    return 0 < len(text) <= LONGEST_TERM and not kinds & {"Cc", "Cs", "Zl", "Zp"} and any(k[0] in "LNS" for k in kinds)


def is_expression(text: str) -> bool:
    """Return whether a text is a regular expression that finds something, and not an empty text everywhere.

    >>> is_expression("XK-[0-9]{3}"), is_expression("(open"), is_expression("a*")
    (True, False, False)
    """
    if not is_bounded(text):
        return False
    try:
        return regex.compile(text).search("", timeout=0.1) is None
    except (regex.error, TimeoutError, MemoryError, RecursionError):
        return False


def term_of(fields: Mapping[str, Any]) -> Term:
    """Return the term that fields describe; those that are missing or empty are as usual.

    Raises :class:`BadTerm`.
    """
    text = fields.get("text")
    if not isinstance(text, str):
        raise BadTerm("not_text")
    form, level = fields.get("form") or "word", fields.get("level") or None
    clean = checked_text(text, form)
    if level is not None and level not in LEVELS:
        raise BadTerm("level")
    if len(fields) <= 3 and not fields.keys() - {"text", "form", "level"}:
        return Term(clean, form, Level.named(level) if level else None)
    details = details_of(fields)
    if level is not None and details.score is not None:
        raise BadTerm("level_and_score")
    return Term(clean, form, Level.named(level) if level else None, details)


def make_term(text: str, form: str = "word", level: str | None = None, **details: Any) -> Term | None:
    """Return a term as the store keeps it, ``None`` when it cannot be used."""
    try:
        return term_of({"text": text, "form": form, "level": level, **details})
    except BadTerm:
        return None


def checked_text(text: str, form: str) -> str:
    """Return the words of a term as the store keeps them; raises :class:`BadTerm`."""
    clean = unicodedata.normalize("NFC", text.strip())
    if form not in FORMS:
        raise BadTerm("form")
    if not is_usable(clean):
        raise BadTerm("empty" if not clean else "too_long" if len(clean) > LONGEST_TERM else "not_visible")
    if form == "regex" and not is_expression(clean):
        raise BadTerm("expression")
    if form == "near" and len(clean) < SHORTEST_NEAR:
        raise BadTerm("too_short")
    return clean


def details_of(fields: Mapping[str, Any]) -> Details:
    """Return checked details; raises :class:`BadTerm`."""
    found = Details(
        languages=_several(fields, "languages", _language),
        channels=_several(fields, "channels", _channel),
        sites=_several(fields, "sites", _site),
        valid_from=_day(fields.get("valid_from")),
        valid_until=_day(fields.get("valid_until")),
        score=_score(fields.get("score")),
        category=_line(fields, "category", LONGEST_CATEGORY),
        note=_line(fields, "note", LONGEST_NOTE),
        exceptions=_several(fields, "exceptions", _exception),
    )
    if found.valid_from and found.valid_until and found.valid_until < found.valid_from:
        raise BadTerm("dates")
    return PLAIN if found == PLAIN else found


def _several(fields: Mapping[str, Any], name: str, check: Callable[[str], str]) -> tuple[str, ...]:
    """Return several values: a list, or one string with commas or bars (and for all but phrases, spaces) between."""
    value = fields.get(name)
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        value = re.split(r"[|;\n]" if name == "exceptions" else r"[|;,\s]+", value)
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise BadTerm(name)
    found = tuple(dict.fromkeys(check(one.strip()) for one in value if one.strip()))
    if len(found) > MOST_OF_EACH:
        raise BadTerm("many")
    return found


def _language(value: str) -> str:
    if not _LANGUAGE.match(base(value)):
        raise BadTerm("languages")
    return base(value)


def _channel(value: str) -> str:
    if value.lower() not in CHANNELS:
        raise BadTerm("channels")
    return value.lower()


def _site(value: str) -> str:
    name = host(value.removeprefix("*."))
    if not _HOST.match(name):
        raise BadTerm("sites")
    return name


def _exception(value: str) -> str:
    clean = unicodedata.normalize("NFC", value)
    if not is_usable(clean):
        raise BadTerm("exceptions")
    return clean


def _line(fields: Mapping[str, Any], name: str, longest: int) -> str:
    """Return a short text on one line; characters that cannot be seen are left out."""
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadTerm(name)
    clean = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    if len(clean) > longest:
        raise BadTerm(name)
    return unicodedata.normalize("NFC", clean)


def _day(value: Any) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise BadTerm("date")
    text = value.strip()
    if re.fullmatch(r"[2-6]\d{4}(\.0*)?", text):
        return (_FIRST_DAY + timedelta(days=int(float(text)))).isoformat()
    try:
        return date.fromisoformat(text).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else _raise("date")
    except ValueError:
        raise BadTerm("date") from None


def _raise(reason: str) -> str:
    raise BadTerm(reason)


def _score(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}(\.0*)?", value.strip()):
        value = int(float(value))
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
        raise BadTerm("score")
    return value
