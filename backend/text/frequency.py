"""How common a term is in ordinary language, and how often it would ask in vain.

The figures come from ``wordfreq``, which ships them: English, Vietnamese and Chinese words of
films, books, news and the web that make up at least one in a million.  What is rarer counts as 0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from backend.model import Term
from backend.text.normalise import normalise
from backend.text.terms import literals_of
from backend.text.words import spaced

LANGUAGES = ("en", "vi", "zh")
EVERYDAY = 2e-5
"""Of all words: from here on a term is everyday language, about one word in 50,000."""
POSTS = 50
WORDS = 40
"""What a person writes in a week: so many posts of so many words."""
TOGETHER = 1 / 20
"""How often the rarest word of a phrase has the others beside it: a guess, since only single words are counted."""
MOST_WHOLE = 300
"""Terms whose words are also looked for inside longer words; that costs a millisecond each."""
MOST_WORDS = 3
"""Of a phrase that may be everyday language: of four, no words are common enough."""
LONGEST_WORD = 6
"""Characters of a Chinese word that is looked for."""
_WORD = re.compile(r"[^\W_]+")
_SYMBOL = re.compile(r"[^\w\s'’.\-]")


@dataclass(frozen=True, slots=True)
class Commonness:
    """How common a term is."""

    text: str
    frequency: float | None
    """Share of all words, 0 for one that is rarer than one in a million; ``None`` where it cannot be told."""
    language: str
    """The language in which it is most common; empty where it is in none."""
    alarms: float | None
    """How often a week it would ask a person who means something else by it."""

    @property
    def everyday(self) -> bool:
        """Return whether it is everyday language, and would often ask in vain."""
        return self.frequency is not None and self.frequency >= EVERYDAY


@cache
def _words(language: str) -> Mapping[str, float]:
    """Return the words of a language with their share; read when first asked for, in 10 ms."""
    from wordfreq import DATA_PATH, read_cBpack

    found: dict[str, float] = {}
    for centibels, words in enumerate(read_cBpack(str(DATA_PATH / f"small_{language}.msgpack.gz"))):
        found.update(dict.fromkeys(words, 10 ** (-centibels / 100)))
    return found


def of_terms(terms: Iterable[Term], posts: float = POSTS, words: float = WORDS) -> list[Commonness]:
    """Return how common each term is, for a person who writes so many posts a week of so many words."""
    wanted = list(terms)
    return [_of_term(term, posts, words, len(wanted) <= MOST_WHOLE) for term in wanted]


def everyday(terms: Iterable[Term]) -> list[Commonness]:
    """Return those terms that are everyday language."""
    return [one for one in of_terms(term for term in terms if _may_be_everyday(term)) if one.everyday]


@cache
def _common() -> frozenset[str]:
    """Return the words that are everyday language by themselves, in all languages."""
    return frozenset(word for language in LANGUAGES for word, share in _words(language).items() if share >= EVERYDAY)


def _may_be_everyday(term: Term) -> bool:
    """Tell quickly whether a closer look is worth while: every word of an everyday phrase is an everyday word."""
    if term.form == "anywhere":
        return True
    if len(term.text.split()) > MOST_WORDS:
        return False
    first = _WORD.search(term.text.lower())
    word = first[0] if first else ""
    bare = word if word.isascii() else normalise(word).plain
    common = _common()
    return word in common or bare in common or (bool(word) and not spaced(word[0]) and not _prefixes(word, common))


def _prefixes(word: str, common: frozenset[str]) -> bool:
    return common.isdisjoint(word[:length] for length in range(1, LONGEST_WORD + 1))


def _of_term(term: Term, posts: float, words: float, thorough: bool) -> Commonness:
    if term.form == "regex":
        return Commonness(term.text, None, "", None)
    inside = thorough and term.form == "anywhere"
    limits = term.details.languages
    asked = [one for one in LANGUAGES if not limits or one in limits]
    if not asked:
        return Commonness(term.text, None, "", None)
    texts = literals_of(term.text, bare=term.form != "exact")
    shares = {one: max((_share(text, one, inside) for text in texts), default=0.0) for one in asked}
    best = max(shares, key=lambda language: shares[language])
    share = shares[best]
    alarms = posts * (1 - math.exp(words * math.log1p(-min(share, 0.999))))
    return Commonness(term.text, share, best if share else "", round(alarms, 3))


def _share(text: str, language: str, inside: bool) -> float:
    """Return the share of a word or a phrase among all words of a language."""
    known = _words(language)
    if inside:
        return min(1.0, sum(share for word, share in known.items() if text in word))
    pieces = [] if _SYMBOL.search(text) else _pieces(text, language, known)
    if not pieces or any(one not in known for one in pieces):
        return 0.0
    share = min(known[one] for one in pieces) * TOGETHER ** (len(pieces) - 1)
    return float(share)


def _pieces(text: str, language: str, known: Mapping[str, float]) -> list[str]:
    """Return the words of a text; in Chinese, the longest that are known, one after the other."""
    if text in known:
        return [text]
    found = _WORD.findall(text)
    if language != "zh" or all(map(spaced, "".join(found))):
        return found
    return [piece for run in found for piece in _cut(run, known.__contains__)]


def _cut(run: str, is_word: Callable[[str], bool]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(run):
        length = next((one for one in range(min(LONGEST_WORD, len(run) - at), 1, -1) if is_word(run[at : at + one])), 1)
        found.append(run[at : at + length])
        at += length
    return found
