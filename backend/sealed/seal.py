"""Sealing: from terms to hashes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from backend.model import Level, Term, TermList
from backend.text.normalise import normalise
from backend.text.words import spaced

KEY, DIGEST = 32, 16
FEWEST_BEGINNINGS, MOST_BEGINNINGS = 1 << 12, 1 << 22
ROOM = 32
"""Values of a beginning's hash for each term: one other word in so many has the same, and is looked at in vain."""
FORMS = ("word", "exact", "anywhere")
"""What can be sealed; a misspelling or an expression cannot be looked up by a hash."""
LONG_ENOUGH = 6
"""Letters from which on a single word is also met without its diacritics, as in open lists."""


@dataclass(frozen=True, slots=True)
class SealedTerm:
    """One way to write one term."""

    digest: bytes
    form: str
    level: Level | None = None
    """``None``: the list's own."""


@dataclass(frozen=True)
class SealedList:
    """A list whose terms cannot be read."""

    id: str
    name: str
    level: Level
    key: bytes
    terms: tuple[SealedTerm, ...]
    lengths: tuple[int, ...]
    room: int
    """How many values the hash of a beginning has."""
    words: frozenset[int]
    """Hashes of the first words of terms that begin with a spaced word."""
    characters: frozenset[int]
    """Hashes of the first two characters of all others."""


def seal(name: str, level: Level, terms: Iterable[Term]) -> tuple[SealedList, int]:
    """Return the sealed list of terms, and how many could not be sealed."""
    known = list(terms)
    key, left_out, room = secrets.token_bytes(KEY), 0, room_for(len(known))
    sealed: dict[bytes, SealedTerm] = {}
    lengths: set[int] = set()
    words: set[int] = set()
    characters: set[int] = set()
    for term in known:
        literals = ways(term) if term.form in FORMS else []
        left_out += not literals
        for literal in literals:
            lengths.add(len(literal))
            first = first_word(literal) if term.form == "word" else ""
            (words if first else characters).add(beginning(key, first or literal[:2], room))
            shown = literal if term.form != "exact" else term.text
            digest = hashed(key, term.form, shown)
            sealed[digest] = SealedTerm(digest, term.form, term.level)
    # In the order of their hashes: the order in which terms were written down says something too.
    ordered = tuple(sealed[digest] for digest in sorted(sealed))
    made = SealedList(
        secrets.token_hex(8),
        name,
        level,
        key,
        ordered,
        tuple(sorted(lengths)),
        room,
        frozenset(words),
        frozenset(characters),
    )
    return made, left_out


def lasting(of: TermList, day: str) -> list[Term]:
    """Return the terms of a list whose last day is not over on a day: sealed ones have no days, and would come back."""
    last = of.defaults.valid_until
    return [term for term in of.terms if (term.details.valid_until or last or day) >= day]


def ways(term: Term) -> list[str]:
    """Return how a term may stand in the folded view: as it is, and without diacritics where that tells it apart."""
    view = normalise(" ".join(term.text.split()))
    bare = view.plain != view.folded and (" " in view.plain or len(view.plain) >= LONG_ENOUGH)
    return [one for one in ([view.folded, view.plain] if bare and term.form != "exact" else [view.folded]) if one]


def first_word(text: str) -> str:
    """Return the spaced word that a text begins with, empty where it begins with something else.

    >>> first_word("project sunbird"), first_word("金乌工程"), first_word("x-ray")
    ('project', '', 'x')
    """
    end = 0
    while end < len(text) and spaced(text[end]):
        end += 1
    return text[:end]


def hashed(key: bytes, form: str, text: str) -> bytes:
    """Return the hash by which a term of a form is known."""
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), key=key, person=form.encode(), digest_size=DIGEST
    ).digest()


def room_for(terms: int) -> int:
    """Return how many values the hash of a beginning has: more of them look in vain less, and say more.

    >>> room_for(5), room_for(1000)
    (4096, 32768)
    """
    room = FEWEST_BEGINNINGS
    while room < min(ROOM * terms, MOST_BEGINNINGS):
        room *= 2
    return room


def beginning(key: bytes, text: str, room: int) -> int:
    """Return some bits of a hash of how a term begins: other words have the same."""
    found = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key, person=b"begin", digest_size=4).digest()
    return int.from_bytes(found, "big") % room
