"""Data of one's own that are fine to share: kept as keyed hashes, met however they are written.

Letters and digits alone count, without case, diacritics or what stands between them.  A
telephone number given as ``+84 90 123 4567`` is met as it is dialled at home too.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from backend.model import Finding, OwnDatum, Part, Place, Policy

KEY, DIGEST = 32, 12
SHORTEST, LONGEST = 5, 200
"""Letters and digits: what is shorter would excuse by chance."""
MOST = 100
REACH = 2 * LONGEST
"""Characters around a match that may belong to the datum too."""
EXCUSED = "identifier"
"""The category that own data excuses: a marking or a password is nobody's to share for being known."""
UNSPACED = "\u2e80"
"""The first character of scripts that put no space between words."""


class NotOwn(ValueError):
    """A datum that cannot be kept; the message says why and repeats nothing of it."""


def add(policy: Policy, name: str, text: str) -> Policy:
    """Return the policy with one datum more; raises :class:`NotOwn`."""
    if len(policy.own) >= MOST:
        raise NotOwn(f"there are {MOST} already")
    key = policy.own_key or secrets.token_bytes(KEY)
    ways = sorted(set(_ways(text)))
    if not ways or not SHORTEST <= min(map(len, ways)) or max(map(len, ways)) > LONGEST:
        raise NotOwn(f"it needs {SHORTEST} to {LONGEST} letters and digits")
    hashes = tuple(sorted(_hash(key, way) for way in ways))
    if any(set(hashes) & set(one.hashes) for one in policy.own):
        raise NotOwn("it is there already")
    lengths = tuple(sorted({len(way) for way in ways}))
    return replace(policy, own_key=key, own=(*policy.own, OwnDatum(secrets.token_hex(4), name, hashes, lengths)))


def name_of_key(key: bytes) -> str:
    """Return what tells one key from another and does not tell the key."""
    return hashlib.sha256(b"own " + key).hexdigest()[:8] if key else ""


class Own:
    """The own data of a policy, ready to be looked for."""

    def __init__(self, policy: Policy) -> None:
        """Take the hashes and their key."""
        self._key = policy.own_key
        self._known = frozenset(one for datum in policy.own for one in datum.hashes)
        self._lengths = sorted({length for datum in policy.own for length in datum.lengths}, reverse=True)

    def is_all_of(self, finding: Finding, parts: Mapping[tuple[str, int | None], Part]) -> bool:
        """Tell whether everything that a finding is about is one's own."""
        if finding.category != EXCUSED or not finding.places:
            return False
        return all(self._is_own(place, parts.get((place.part, place.page))) for place in finding.places)

    def _is_own(self, place: Place, part: Part | None) -> bool:
        if part is None:
            return False
        if place.start is not None and place.end is not None:
            return self.covers(part.text, place.start, place.end)
        lines = [line for line in part.lines if line.box == place.box]
        return bool(lines) and all(self.covers(part.text, line.start, line.end) for line in lines)

    def covers(self, text: str, start: int, end: int) -> bool:
        """Tell whether a match is inside a datum, or holds one with words around it; an address may hold no more."""
        low = max(0, start - REACH)
        region = text[low : end + REACH]
        letters, places = _letters(region)
        first = sum(1 for at in places if at < start - low)
        last = sum(1 for at in places if at < end - low)
        if first == last:
            return False
        for begin, length in self._windows(first, last, len(letters)):
            if not _is_whole(region, places, begin, begin + length):
                continue
            if _hash(self._key, letters[begin : begin + length]) not in self._known:
                continue
            rest = letters[first:begin] + letters[begin + length : last]
            if length >= last - first or not ("@" in text[start:end] or any(map(str.isdigit, rest))):
                return True
        return False

    def _windows(self, first: int, last: int, total: int) -> Iterator[tuple[int, int]]:
        for length in self._lengths:
            if length >= last - first:
                begins = range(max(0, last - length), min(first, total - length) + 1)
            else:
                begins = range(first, last - length + 1)
            yield from ((begin, length) for begin in begins)


def _ways(text: str) -> Iterator[str]:
    """Yield the ways to write a datum: letters and digits alone, and a telephone number as it is dialled at home."""
    plain = _letters(text)[0]
    if plain:
        yield plain
    if text.strip().startswith("+") and plain.isdigit():
        import phonenumbers

        try:
            number = phonenumbers.parse(text.strip())
        except phonenumbers.NumberParseException:
            return
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        yield from (_letters(shown)[0], f"00{plain}")


def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text in their plainest form, and where each stands in the text."""
    found: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        for one in unicodedata.normalize("NFKD", character).casefold():
            if one.isalnum():
                found.append(one)
                places.append(at)
    return "".join(found), places


def _is_whole(text: str, places: list[int], begin: int, end: int) -> bool:
    """Tell whether a run of letters begins and ends where words or numbers do."""
    return not _joined(text, places[begin] - 1, places[begin]) and not _joined(
        text, places[end - 1], places[end - 1] + 1
    )


def _joined(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return False
    one, other = text[left], text[right]
    return one.isalnum() and other.isalnum() and one < UNSPACED and other < UNSPACED


def _hash(key: bytes, letters: str) -> str:
    raw = letters.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(raw, key=key, person=b"own", digest_size=DIGEST).hexdigest()
