"""When a term counts: in these languages, on these sites, and not where it is an exception."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from backend.model import TEXT, Details, Draft
from backend.text.languages import may_be
from backend.text.normalise import Normalised
from backend.text.terms import literals_of
from backend.text.words import whole

NEAR = 60
"""Characters around a term in which an exception that does not hold the term itself may stand."""


class Circumstances:
    """A draft as conditions see it."""

    def __init__(self, draft: Draft) -> None:
        """Take the draft."""
        self._channel = draft.channel
        self._site = host(draft.site)
        self._language = draft.language
        self._languages: dict[tuple[int, tuple[str, ...]], bool] = {}

    def allow(self, part: str, view: Normalised, details: Details, defaults: Details) -> bool:
        """Tell whether a term counts here at all; what it does not say itself, its list says."""
        channels = details.channels or defaults.channels
        if channels and self._channel not in channels:
            return False
        sites = details.sites or defaults.sites
        if sites and not on_site(self._site, sites):
            return False
        languages = details.languages or defaults.languages
        return not languages or self._in_language(part, view, languages)

    def _in_language(self, part: str, view: Normalised, languages: tuple[str, ...]) -> bool:
        key = (id(view), languages)
        if key not in self._languages:
            # What the caller says of the draft is about what was typed, not about a file.
            declared = self._language if part == TEXT else ""
            self._languages[key] = may_be(view.clean, languages, declared)
        return self._languages[key]


def host(site: str) -> str:
    """Return the host name of a site, however it is written.

    >>> host("https://User@M.X.com:443/home"), host("x.com."), host("")
    ('m.x.com', 'x.com', '')
    """
    name = site.strip().lower().partition("//")[2] or site.strip().lower()
    name = name.partition("/")[0].partition("?")[0].rpartition("@")[2]
    return name.partition(":")[0].strip(".")


def on_site(name: str, sites: Sequence[str]) -> bool:
    """Tell whether a host is one of ``sites`` or below one.

    >>> on_site("m.x.com", ["x.com"]), on_site("x.com.evil.test", ["x.com"]), on_site("netflix.com", ["x.com"])
    (True, False, False)
    """
    return any(name == site or name.endswith("." + site) for site in sites)


def is_excepted(view: Normalised, start: int, end: int, exceptions: Sequence[str]) -> bool:
    """Tell whether an exception excuses the term at a span of the views.

    One that holds the words themselves (``Millennium Falcon``) excuses only where they stand inside
    it; any other (``Star Wars``) excuses what stands near it.
    """
    words = view.folded[start:end]
    for exception in exceptions:
        for literal in _literals(exception):
            holds = words in literal or view.plain[start:end] in literal
            if _stands(view.folded, literal, start, end, 0 if holds else NEAR):
                return True
    return False


@lru_cache(maxsize=10_000)
def _literals(exception: str) -> tuple[str, ...]:
    return tuple(literals_of(exception, bare=True))


def _stands(text: str, literal: str, start: int, end: int, reach: int) -> bool:
    """Tell whether ``literal`` stands around a span (``reach`` 0) or within ``reach`` of it."""
    lowest = max(0, (start - reach - len(literal)) if reach else end - len(literal))
    highest = end + reach + len(literal) if reach else start + len(literal)
    at = text.find(literal, lowest, highest)
    while at >= 0:
        if whole(text, at, at + len(literal)):
            return True
        at = text.find(literal, at + 1, highest)
    return False
