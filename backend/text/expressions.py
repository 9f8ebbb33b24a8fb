"""What may be known of an expression before it is compiled."""

from __future__ import annotations

import math
import re

MOST_COPIES = 100_000
"""What the counts of an expression may come to."""
_COUNT = re.compile(r"\{([0-9]+)")


def is_bounded(pattern: str) -> bool:
    """Tell whether compiling an expression costs little: ``regex`` writes out ``(x{9}){9}``, before any time-out.

    The counts are multiplied whether or not one stands in the other; twenty-four characters
    could ask for a million million copies.

    >>> is_bounded(r"\\d{4}-\\d{4}-\\d{4}-\\d{4}"), is_bounded("((x{999}){999}){999}")
    (True, False)
    """
    counts = (int(count[:9]) for count in _COUNT.findall("".join(pattern.split())))
    return math.prod(max(count, 1) for count in counts) <= MOST_COPIES
