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
_PLAIN = _PlainTable({ord(one): ord(bare) for one, bare in zip("đðøłё", "ddolе", strict=True)})


class Normalised:
    """Three views of a text and the way back; see the module's first lines."""

    def __init__(self, raw: str, clean: str, origins: Sequence[int] | None = None) -> None:
        """Keep ``clean``; its character ``i`` began at ``origins[i]`` of ``raw`` (``None``: nothing moved)."""
        self.raw = raw
        self.clean = clean
        self.origins = origins

    @cached_property
    def folded(self) -> str:
        """The clean view in lower case, same length."""
        return self.clean.lower()

    @cached_property
    def plain(self) -> str:
        """The folded view without diacritics, same length."""
        return self.folded if self.folded.isascii() else self.folded.translate(_PLAIN)

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
    clean = raw.translate(_CLEAN)
    if len(clean) == len(raw) and _CLEAN.uneven.isdisjoint(raw):
        return Normalised(raw, clean)
    return _mapped(raw)


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
    for at, character in enumerate(raw):
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
_CJK = "\u3400-\u9fff\uac00-\ud7a3"
_SPACED_CJK = re.compile(rf"(?<![{_CJK}])[{_CJK}](?:[ ._·]{{1,3}}[{_CJK}](?![{_CJK}]))+")
_BETWEEN = re.compile(r"[ ._\-·]+")


def respaced(view: Normalised) -> Normalised | None:
    """Return the text with spaced-out words closed up (``S E C R E T``, ``机 密``), or ``None`` if it has none.

    A wider gap between Latin letters stays one space, so ``T O P   S E C R E T`` keeps its two words.
    """
    runs = [match.span() for match in _SPACED_LATIN.finditer(view.clean)]
    runs += [match.span() for match in _SPACED_CJK.finditer(view.clean)]
    if not runs:
        return None
    keep = bytearray(b"\x01" * len(view.clean))
    for start, end in runs:
        _close_up(view.clean, start, end, keep)
    places = [at for at, kept in enumerate(keep) if kept]
    origins = places if view.origins is None else [view.origins[at] for at in places]
    return Normalised(view.raw, "".join(view.clean[at] for at in places), origins)


def _close_up(clean: str, start: int, end: int, keep: bytearray) -> None:
    """Mark the separators inside one run as not kept, but one space for each wider gap."""
    gaps = [match.span() for match in _BETWEEN.finditer(clean, start, end)]
    narrowest = min(right - left for left, right in gaps)
    for left, right in gaps:
        wide = right - left > narrowest and clean[left] == " "
        keep[left + wide : right] = bytes(right - left - wide)
