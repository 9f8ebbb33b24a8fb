"""The literals by which terms are looked up, and one table from a literal to its terms.

A hundred thousand long literals make an automaton slow to build.  It is given their first
few characters instead; where those stand in a text, the table tells in one look-up a
length whether a whole literal does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from backend.model import Term
from backend.text.normalise import normalise

Owner = TypeVar("Owner")
MANY = 2_000
"""Literals; below that the automaton is given all of each."""
PREFIX = 10
"""Characters: measured, 0.2 s for 100,000 literals where whole ones take 0.7 s."""
SHORTEST_BARE = 6
BATCH = 1_000


def literals_of(text: str, *, bare: bool) -> list[str]:
    """Return a text in the folded view and, if ``bare``, also as typed without its diacritics.

    Not a single short word, which would be another word without them (``mật`` would be ``mat``).

    >>> literals_of("Dự  án Sao Mai", bare=True), literals_of("mật", bare=True)
    (['dự án sao mai', 'du an sao mai'], ['mật'])
    """
    view = normalise(" ".join(text.split()))
    return _chosen(view.folded, view.plain, bare)


def _chosen(folded: str, plain: str, bare: bool) -> list[str]:
    if not folded:
        return []
    if bare and plain != folded and (" " in plain or len(plain) >= SHORTEST_BARE):
        return [folded, plain]
    return [folded]


def forms(term: Term) -> list[str]:
    """Return the literals by which one term is looked up.

    Of a word that may be misspelt by one letter, one half is right: its halves are looked up.
    """
    if term.form == "near":
        plain = normalise(" ".join(term.text.split())).plain
        half = len(plain) // 2
        return list(dict.fromkeys((plain[:half], plain[half:])))
    return literals_of(term.text, bare=term.form != "exact")


def all_forms(terms: Sequence[Term]) -> Iterator[list[str]]:
    """Yield the literals of each term in turn; many together take a third of the time."""
    for start in range(0, len(terms), BATCH):
        batch = terms[start : start + BATCH]
        view = normalise("\n".join([" ".join(term.text.split()) for term in batch]))
        folded, plain = view.folded.split("\n"), view.plain.split("\n")
        if view.origins is not None or len(folded) != len(batch):
            # Characters vanish or combine: each must be looked at by itself.
            yield from map(forms, batch)
            continue
        for term, one, bare in zip(batch, folded, plain, strict=True):
            yield forms(term) if term.form == "near" else _chosen(one, bare, term.form != "exact")


class TermTable(Generic[Owner]):
    """Who owns a literal, and what an automaton must look for to find them all."""

    def __init__(self, pairs: Iterable[tuple[str, Owner]]) -> None:
        """Take literals with their owners; both may repeat."""
        owners: dict[str, tuple[Owner, ...]] = {}
        for literal, owner in pairs:
            known = owners.get(literal)
            owners[literal] = (owner,) if known is None else (*known, owner)
        self._owners = owners
        size = PREFIX if len(owners) > MANY else max(map(len, owners), default=0)
        single = [(length,) for length in range(max(map(len, owners), default=0) + 1)]
        lengths: dict[str, tuple[int, ...]] = {}
        for literal in owners:
            start = literal[:size]
            known_lengths = lengths.get(start)
            if known_lengths is None:
                lengths[start] = single[len(literal)]
            elif len(literal) not in known_lengths:
                lengths[start] = (*known_lengths, len(literal))
        self.starts: list[str] = list(lengths)
        """What must be looked for."""
        self._lengths = list(lengths.values())

    def at(self, number: int, text: str, start: int) -> Iterator[tuple[int, Owner]]:
        """Yield the end and the owner of every literal that begins as ``starts[number]`` and stands at ``start``."""
        for length in self._lengths[number]:
            # Beyond the end a slice is shorter than was asked for, and would be some other literal.
            if start + length <= len(text):
                for owner in self._owners.get(text[start : start + length], ()):
                    yield start + length, owner
