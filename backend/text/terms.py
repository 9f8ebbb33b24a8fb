"""The literals by which terms are looked up, and one table from a literal to its terms.

A hundred thousand long literals make an automaton slow to build.  It is given their first or last
few characters instead, whichever fewer literals share (``Project`` begins many, ``GmbH`` ends many);
where those stand in a text, the table tells in one look-up a length whether a whole literal does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from backend.model import Term
from backend.text.normalise import normalise

Owner = TypeVar("Owner")
MANY = 2_000
"""Literals; below that the automaton is given all of each."""
PIECE = 8
"""Characters: the automaton over 100,000 literals is built in 0.15 s, and over whole ones in 0.7 s."""
ALIKE = 8
"""Literals that may share their beginning before their ends are looked at."""
SHORTEST_BARE = 6
SHORTEST_TAG = 8
TAGS = ("#", "@", "/", ".")
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


def all_forms(terms: Sequence[Term]) -> Iterator[Sequence[str]]:
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
            if term.form == "near":
                yield forms(term)
            elif one == bare or term.form == "exact":
                yield (one,) if one else ()
            else:
                yield (one, bare) if " " in bare or len(bare) >= SHORTEST_BARE else (one,)


def as_tag(literal: str) -> str:
    """Return several words as a hashtag or a host name has them, or nothing where that would be a short word.

    >>> as_tag("project sunbird"), as_tag("sun bird"), as_tag("sunbird")
    ('projectsunbird', '', '')
    """
    tag = literal.replace(" ", "")
    return tag if len(tag) != len(literal) and len(tag) >= SHORTEST_TAG and tag.isalnum() else ""


def is_as_written(text: str, start: int, end: int, term: str) -> bool:
    """Tell whether words stand apart as in their term; together they count in tags, handles and addresses alone.

    >>> is_as_written("#projectsunbird", 1, 15, "Project Sunbird"), is_as_written("a sunflower", 2, 11, "sun flower")
    (True, False)
    """
    if " " not in term or " " in text[start:end]:
        return True
    return text[start - 1 : start] in TAGS or text[end : end + 1] == "."


class TermTable(Generic[Owner]):
    """Who owns a literal, and what an automaton must look for to find them all."""

    def __init__(self, pairs: Iterable[tuple[str, Owner]]) -> None:
        """Take literals with their owners; both may repeat."""
        owners: dict[str, tuple[Owner, ...]] = {}
        for literal, owner in pairs:
            known = owners.get(literal)
            owners[literal] = (owner,) if known is None else (*known, owner)
        self._owners = owners
        heads, tails = _ends(owners)
        self.pieces: list[str] = [*heads, *tails]
        """What must be looked for: the first characters of literals, then the last ones of others."""
        self._lengths = [*heads.values(), *tails.values()]
        self._heads = len(heads)

    def at(self, number: int, text: str, start: int, end: int) -> Iterator[tuple[int, int, Owner]]:
        """Yield the span and the owner of every literal of which ``pieces[number]`` stands at a span of ``text``."""
        owners = self._owners
        if number < self._heads:
            for length in self._lengths[number]:
                # Beyond the end a slice is shorter than was asked for, and would be some other literal.
                if start + length <= len(text):
                    for owner in owners.get(text[start : start + length], ()):
                        yield start, start + length, owner
            return
        for length in self._lengths[number]:
            if length <= end:
                for owner in owners.get(text[end - length : end], ()):
                    yield end - length, end, owner


Ends = dict[str, tuple[int, ...]]
"""Pieces of literals, with the lengths of the literals that have them."""


def _ends(literals: Collection[str]) -> tuple[Ends, Ends]:
    """Return the first characters of literals, or the last where too many share the first and fewer the last."""
    longest = max(map(len, literals), default=0)
    size = PIECE if len(literals) > MANY else longest
    single = [(length,) for length in range(longest + 1)]
    heads: Ends = {}
    tails: Ends = {}
    beginning = Counter([literal[:size] for literal in literals])
    ending = (
        Counter([one[-size:] for one in literals if beginning[one[:size]] > ALIKE]) if size < longest else beginning
    )
    for literal in literals:
        piece, length, ends = literal[:size], len(literal), heads
        shared = beginning[piece]
        if shared > ALIKE and length > size and ending[literal[-size:]] < shared:
            piece, ends = literal[-size:], tails
        known = ends.get(piece)
        if known is None:
            ends[piece] = single[length]
        elif length not in known:
            ends[piece] = (*known, length)
    return heads, tails
