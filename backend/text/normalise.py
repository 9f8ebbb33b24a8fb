"""Make text comparable, and keep the way back to the characters that were typed.

People write ``ＴＯＰ ＳＥＣＲＥＴ``, ``機密``, ``TỐI MẬT`` with loose combining marks, or hide a zero-width
space in a word.  :func:`normalise` gives three views of one text, all of the same length:

``clean``   NFKC, zero-width characters removed, traditional Chinese simplified; case kept
``folded``  ``clean`` in lower case
``plain``   ``folded`` without the diacritics of Latin script (``đ`` becomes ``d``)

A span of any view maps back to the original by :meth:`Normalised.span`.

>>> view = normalise("Bản TỐI\\u200b MẬT ０５")
>>> view.folded, view.plain
('bản tối mật 05', 'ban toi mat 05')
>>> view.span(*re.search("tối mật", view.folded).span())
(4, 12)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.text.readings import Reading

_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_SHARP = {"ß": "ss", "ẞ": "SS", "İ": "I", "ς": "σ"}


def _simplified() -> dict[str, str]:
    table = Path(__file__).with_name("simplified.txt").read_text(encoding="utf-8").splitlines()
    return dict(zip(table[0], table[1], strict=True))


SIMPLIFIED = _simplified()
_SIMPLIFY = str.maketrans(SIMPLIFIED)


def simplify(text: str) -> str:
    """Return ``text`` with traditional Chinese characters simplified, one for one."""
    return text.translate(_SIMPLIFY)


def _cleaned(segment: str) -> str:
    """Return the clean form of one character together with its combining marks."""
    composed = unicodedata.normalize("NFKC", _IGNORABLE.sub("", segment))
    return "".join(_SHARP.get(one, one) for one in simplify(composed))


class _CleanTable(dict[int, str]):
    """``str.translate`` table that learns a character when it first meets it.

    Characters that do not map one for one, or that combine with their neighbour, are
    collected in ``uneven``: only texts that hold one of them need an offset map.
    """

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        cleaned = _cleaned(character)
        if len(cleaned) != 1 or unicodedata.combining(character) or 0x1100 <= code < 0x1200:
            self.uneven.add(character)
        self[code] = cleaned
        return cleaned


class _PlainTable(dict[int, int]):
    """``str.translate`` table from Latin letters with diacritics to bare ones."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFD", chr(code))[0]
        self[code] = ord(base) if base.isascii() and base.isalpha() else code
        return self[code]


_CLEAN = _CleanTable()
_PLAIN_RANGES = (
    "\x00-\x7f"
    "\u00c0-\u00de\u00e0-\u012f\u0134-\u013e\u0141-\u0148\u014a-\u017e"  # Latin
    "\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9"  # Vietnamese
    "\u0400-\u0482\u048a-\u04ff"  # Cyrillic
    "\u2010\u2012-\u2016\u2018-\u2023\u2500-\u2775"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3"  # Chinese, Japanese, Korean
    "\U0001f300-\U0001faff"  # emoji
)
STRANGE = re.compile(f"[^{_PLAIN_RANGES}]|[{''.join(SIMPLIFIED)}]")
"""Characters that may change: most texts hold few, and looking for them is five times faster than translating all."""
FEW_KINDS = 12
"""Kinds of changing characters up to which each is replaced in the whole text by itself."""
_PLAIN = _PlainTable({ord(one): ord(bare) for one, bare in zip("đðøłё", "ddolе", strict=True)})


_TWINS = dict(zip("ı\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88", "iвдосттъѣꙋ", strict=True))
"""Letters that are lower case already, and yet equal another one where case is ignored."""
_DIGIT = re.compile(r"\d")
_ANY_TWIN = re.compile(f"[{''.join(_TWINS)}]")


def caseless(folded: str) -> str:
    """Return a text in lower case with the letters that equal others replaced by them, one for one."""
    return folded if folded.isascii() else _ANY_TWIN.sub(lambda match: _TWINS[match[0]], folded)


class Normalised:
    """Three views of a text and the way back; see the module's first lines."""

    def __init__(
        self,
        raw: str,
        clean: str,
        origins: Sequence[int] | None = None,
        closed: tuple[tuple[int, int], ...] | None = None,
    ) -> None:
        """Keep ``clean``; its character ``i`` began at ``origins[i]`` of ``raw`` (``None``: nothing moved)."""
        self.raw = raw
        self.clean = clean
        self.origins = origins
        self.closed = closed
        """Of a second reading with spaced-out words closed up: where these words stand in it."""

    @cached_property
    def folded(self) -> str:
        """The clean view in lower case, same length."""
        return self.clean.lower()

    @cached_property
    def plain(self) -> str:
        """The folded view without diacritics, same length."""
        return self.folded if self.folded.isascii() else self.folded.translate(_PLAIN)

    @cached_property
    def caseless(self) -> str:
        """The folded view for comparing as an expression that ignores case does, same length."""
        return caseless(self.folded)

    @cached_property
    def digits(self) -> list[int]:
        """Where digits stand."""
        return [match.start() for match in _DIGIT.finditer(self.clean)]

    @cached_property
    def blurred(self) -> frozenset[str]:
        """The letters that stand in the caseless view where the folded one has another."""
        return (
            frozenset() if self.folded.isascii() else frozenset(_TWINS[one] for one in _ANY_TWIN.findall(self.folded))
        )

    @cached_property
    def joined(self) -> Reading | None:
        """The text read over the ends of lines, ``None`` where that is the same."""
        from backend.text import readings

        return readings.joined(self)

    @cached_property
    def loose(self) -> Reading | None:
        """The text with what is written together, or otherwise apart, read as words; ``None`` if that is the same."""
        from backend.text import readings

        return readings.loose(self)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the span itself, as :meth:`backend.text.readings.Reading.back` returns that of another reading."""
        return start, end

    def view(self, name: str) -> str:
        """Return the view called ``clean``, ``folded`` or ``plain``."""
        if name == "clean":
            return self.clean
        return self.folded if name == "folded" else self.plain

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of ``raw`` that the span of a view came from."""
        if self.origins is None:
            return start, end
        if end <= start:
            at = self.origins[start] if start < len(self.origins) else len(self.raw)
            return at, at
        first, last = self.origins[start], self.origins[end - 1]
        # The next character that began elsewhere ends the last one.
        after = bisect_left(self.origins, last + 1, end)
        return first, self.origins[after] if after < len(self.origins) else len(self.raw)


def normalise(raw: str) -> Normalised:
    """Return the views of ``raw``; linear in its length."""
    if raw.isascii():
        return Normalised(raw, raw)
    strange = set(STRANGE.findall(raw))
    cleaned = {one: one.translate(_CLEAN) for one in strange}
    if not _CLEAN.uneven.isdisjoint(strange):
        return _mapped(raw)
    if len(strange) > FEW_KINDS:
        return Normalised(raw, raw.translate(_CLEAN))
    clean = raw
    for one, instead in cleaned.items():
        clean = clean.replace(one, instead)
    return Normalised(raw, clean)


def _mapped(raw: str) -> Normalised:
    """Return the views of a text in which characters vanish, multiply or combine."""
    pieces: list[str] = []
    origins: list[int] = []
    done = 0
    for start, end in _segments(raw):
        pieces.append(raw[done:start].translate(_CLEAN))
        origins.extend(range(done, start))
        cleaned = _cleaned(raw[start:end])
        pieces.append(cleaned)
        origins.extend([start] * len(cleaned))
        done = end
    pieces.append(raw[done:].translate(_CLEAN))
    origins.extend(range(done, len(raw)))
    return Normalised(raw, "".join(pieces), origins)


def _segments(raw: str) -> list[tuple[int, int]]:
    """Return the spans that must be normalised as a whole: uneven characters with their base and marks."""
    segments: list[tuple[int, int]] = []
    for match in STRANGE.finditer(raw):
        at, character = match.start(), match[0]
        if character not in _CLEAN.uneven:
            continue
        joins = bool(unicodedata.combining(character)) or "\u1160" <= character < "\u1200"
        if joins and at:
            start = segments[-1][0] if segments and segments[-1][1] == at else at - 1
            if segments and segments[-1][0] == start:
                segments.pop()
            segments.append((start, at + 1))
        else:
            segments.append((at, at + 1))
    return segments


_SPACED_LATIN = re.compile(r"(?<!\w)(?:[^\W\d_][ ._\-·]{1,3}){3,}[^\W\d_](?!\w)")
CJK = "\u3400-\u9fff\uac00-\ud7a3"
"""Characters of scripts that set no spaces, as a class of an expression."""
_SPACED_CJK = re.compile(rf"(?<![{CJK}])[{CJK}](?:[ ._·]{{1,3}}[{CJK}](?![{CJK}]))+")
# What a run must hold. They begin with a separator, of which there are few, so they are looked for ten times faster.
_LONE_LATIN = re.compile(r"[ ._\-·][^\W\d_][ ._\-·]{1,3}[^\W\d_][ ._\-·]")
_LONE_CJK = re.compile(rf"[ ._·][{CJK}](?![{CJK}])")
_BETWEEN = re.compile(r"[ ._\-·]+")


def respaced(view: Normalised) -> Normalised | None:
    """Return the text with spaced-out words closed up (``S E C R E T``, ``机 密``), or ``None`` if it has none.

    A wider gap between Latin letters stays one space, so ``T O P   S E C R E T`` keeps its two words.
    """
    clean = view.clean
    runs = [match.span() for match in _SPACED_LATIN.finditer(clean)] if _LONE_LATIN.search(clean) else []
    if not clean.isascii() and _LONE_CJK.search(clean):
        runs += [match.span() for match in _SPACED_CJK.finditer(clean)]
    if not runs:
        return None
    pieces: list[str] = []
    places: list[int] = []
    closed: list[tuple[int, int]] = []
    done = 0
    for start, end in sorted(runs):
        first = len(places) + max(start - done, 0)
        for left, right in _gaps(clean, start, end):
            if right > done:
                pieces.append(clean[done:left])
                places.extend(range(done, left))
                done = right
        pieces.append(clean[done:end])
        places.extend(range(done, end))
        done = max(done, end)
        closed.append((first, len(places)))
    pieces.append(clean[done:])
    places.extend(range(done, len(clean)))
    origins = places if view.origins is None else [view.origins[at] for at in places]
    return Normalised(view.raw, "".join(pieces), origins, tuple(closed))


def _gaps(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return what to leave out inside one run: its separators, but for one space of each wider gap."""
    gaps = [match.span() for match in _BETWEEN.finditer(clean, start, end)]
    narrowest = min(right - left for left, right in gaps)
    return [(left + (right - left > narrowest and clean[left] == " "), right) for left, right in gaps]
