"""What may be known of a TOML file before it is parsed."""

from __future__ import annotations

import re

MOST_PARTS = 20
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+"""
_ENDLESS = re.compile(rf"(?<![\w-])(?:{_PART}\.[ \t]*+){{{MOST_PARTS}}}")


def is_plain(text: str) -> bool:
    """Tell whether no key has endless parts: the parser's time and memory grow with their square.

    >>> is_plain("a.b = 1"), is_plain(".".join("a" * 1000) + " = 1")
    (True, False)
    """
    return _ENDLESS.search(text) is None
