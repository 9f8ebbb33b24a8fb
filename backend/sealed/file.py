"""A sealed list as a file: JSON, the same on every machine."""

from __future__ import annotations

import base64
import json
from typing import Any

from backend.model import Level
from backend.sealed.seal import (
    DIGEST,
    FEWEST_BEGINNINGS,
    FORMS,
    KEY,
    MOST_BEGINNINGS,
    SealedList,
    SealedTerm,
)

FORMAT = "second-look-sealed-1"
LONGEST = 64_000_000
MOST_TERMS = 400_000
LONGEST_NAME = 100
MOST_LENGTHS = 200


class BadSeal(ValueError):
    """What should be a sealed list is none."""


def dumps(sealed: SealedList) -> bytes:
    """Return a sealed list as the bytes of its file."""
    fields = {
        "format": FORMAT,
        "id": sealed.id,
        "name": sealed.name,
        "level": sealed.level.word,
        "key": base64.b64encode(sealed.key).decode(),
        "lengths": list(sealed.lengths),
        "room": sealed.room,
        "words": sorted(sealed.words),
        "characters": sorted(sealed.characters),
        "terms": [[one.digest.hex(), one.form, one.level.word if one.level else None] for one in sealed.terms],
    }
    return json.dumps(fields, ensure_ascii=False, indent=0).encode()


def loads(data: bytes) -> SealedList:
    """Return the sealed list of a file's bytes; raises :class:`BadSeal` for anything else."""
    try:
        if len(data) > LONGEST:
            raise BadSeal
        fields = json.loads(data)
        if fields["format"] != FORMAT:
            raise BadSeal
        return _checked(fields)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise BadSeal("not a sealed list") from None


def _checked(fields: dict[str, Any]) -> SealedList:
    key = base64.b64decode(fields["key"], validate=True)
    terms = tuple(_term(*one) for one in fields["terms"])
    lengths = tuple(sorted({int(one) for one in fields["lengths"]}))
    room = int(fields["room"])
    id, name = fields["id"], fields["name"].strip()
    sound = (
        len(key) == KEY
        and 0 < len(terms) <= MOST_TERMS
        and 0 < len(lengths) <= MOST_LENGTHS
        and 0 < lengths[0] <= lengths[-1] <= 1000
        and FEWEST_BEGINNINGS <= room <= MOST_BEGINNINGS
        and 0 < len(name) <= LONGEST_NAME
        and name.isprintable()
        and id.isascii()
        and id.isalnum()
        and len(id) <= 32
    )
    if not sound:
        raise BadSeal
    words, characters = (frozenset(int(one) for one in fields[name]) for name in ("words", "characters"))
    return SealedList(id, name, Level.named(fields["level"]), key, terms, lengths, room, words, characters)


def _term(digest: str, form: str, level: str | None) -> SealedTerm:
    found = bytes.fromhex(digest)
    if len(found) != DIGEST or form not in FORMS:
        raise BadSeal
    return SealedTerm(found, form, Level.named(level) if level else None)
