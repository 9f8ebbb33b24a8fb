"""Find all literals of a detector at once: the anchors of every pack, the terms of every list.

An Aho-Corasick automaton (``ahocorasick-rs``) finds them in one pass, so the time for a draft
depends on its length and hardly on the number of literals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation

MOST_HITS = 20_000
"""Hits kept of one text; more only come from text made to overwhelm, and ``find`` says so."""
FEW = 10_000
"""Literals up to which the larger kind of automaton is built, which is twice as fast while it fits the cache."""

BLOCK = 6_000
"""Characters of a long text that are searched at once."""
_HALF = re.compile("[\ud800-\udfff]")

Hit = tuple[int, int, int]
"""A literal, by its number, and where it starts and ends in the text searched. A plain tuple, as the automaton
gives it: a post has a hundred of them, and giving each a name would cost more than finding it."""


class LiteralIndex:
    """Find any of ``literals`` (already in the folded view) in a folded text.

    Literals may repeat and may lie inside one another; each is reported under its own number.
    An empty literal is never found.
    """

    def __init__(self, literals: Sequence[str]) -> None:
        """Build the automaton."""
        self._numbers = [number for number, literal in enumerate(literals) if literal]
        self._gapless = len(self._numbers) == len(literals)
        kind = Implementation.DFA if len(literals) <= FEW else Implementation.ContiguousNFA
        self._longest = max(map(len, literals), default=1)
        self._automaton = AhoCorasick([one for one in literals if one], implementation=kind)

    def find(self, text: str) -> tuple[list[Hit], bool]:
        """Return the hits in ``text``, and whether there were too many to keep them all."""
        found = self._matches(text) if len(text) <= BLOCK else self._in_blocks(text)
        kept = found[:MOST_HITS]
        if not self._gapless:
            numbers = self._numbers
            kept = [(numbers[literal], start, end) for literal, start, end in kept]
        return kept, len(found) > MOST_HITS

    def _in_blocks(self, text: str) -> list[Hit]:
        """Return the hits of a long text in order of their ends, and no more of them than it takes to know of too many.

        The automaton gives all at once, and of literals like ``aa`` and ``aaa`` there may be more than a memory holds.
        """
        found: list[Hit] = []
        for first in range(0, len(text), BLOCK):
            begin = max(0, first - self._longest + 1)
            for literal, start, end in self._matches(text[begin : first + BLOCK]):
                if begin + end > first:
                    found.append((literal, begin + start, begin + end))
            if len(found) > MOST_HITS:
                break
        return found

    def _matches(self, text: str) -> list[Hit]:
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # half a surrogate pair, which no literal holds
            return self._automaton.find_matches_as_indexes(_HALF.sub("\ufffd", text), overlapping=True)
