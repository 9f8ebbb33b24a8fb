"""Where words begin and end, in scripts that space them and scripts that do not."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def spaced(character: str) -> bool:
    """Tell whether a letter or digit belongs to a script that puts spaces between words."""
    return character.isalnum() and not "\u2e80" <= character <= "\ud7ff" and not "\u0e00" <= character <= "\u0eff"


def whole(text: str, start: int, end: int) -> bool:
    """Tell whether a span is a word of its own; running Chinese has no such thing, so there it always is.

    >>> whole("sunbirds", 0, 7), whole("a sunbird!", 2, 9), whole("我的金乌工程", 2, 4)
    (False, True, True)
    """
    if start and spaced(text[start]) and spaced(text[start - 1]):
        return False
    return not (end < len(text) and spaced(text[end - 1]) and spaced(text[end]))
