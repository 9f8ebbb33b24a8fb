"""A text as a row of units: what is left of it when spacing, punctuation and look-alikes make no difference.

A letter or digit is one unit, a character of Chinese, Japanese or Korean is two: a unit then
carries about as much wherever it stands, and a hundred Latin letters weigh what fifty
characters of Chinese do.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.uint16]
Places = NDArray[np.intp]

WIDE = (0x2E80, 0xD7FF)
IDEOGRAPHS = 0x20000
"""From here on, ideographs that few people write; other characters beyond 16 bits are pictures."""
LOOK_ALIKES = (("0", "o"), ("1ij|", "l"), ("5", "s"), ("8", "b"), ("2", "z"), ("69q", "g"), ("vµ", "u"))
"""What OCR takes for one another."""
HOMOGLYPHS = ("аеорсухкмтвнз", "aeopcyxkmtbh3")
"""Cyrillic letters that look Latin."""


def units(text: str) -> tuple[Units, Places]:
    """Return the units of a text in the ``plain`` view, and the place in it that each came from.

    >>> one, two = units("o1d  ha11, 1."), units("old hall l")
    >>> bool((one[0] == two[0]).all()), len(units("机密")[0])
    (True, 4)
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    values = _table()[np.minimum(codes, 0xFFFF)]
    far = codes >= IDEOGRAPHS
    if far.any():
        values = np.where(far & (codes < 0x40000), (codes & 0xFFFF) | 1, values).astype(np.uint16)
    kept = np.flatnonzero(values)
    seen = codes[kept]
    wide = ((seen >= WIDE[0]) & (seen <= WIDE[1])) | (seen >= IDEOGRAPHS)
    if not wide.any():
        return values[kept], kept
    times = 1 + wide.astype(np.intp)
    return np.repeat(values[kept], times), np.repeat(kept, times)


@cache
def _table() -> Units:
    """Return the unit of every character of 16 bits, 0 for one that does not count."""
    table = np.zeros(0x10000, np.uint16)
    for code in range(0xFFFF):
        if chr(code).isalnum():
            table[code] = code
    for like, one in LOOK_ALIKES:
        table[[ord(character) for character in like]] = ord(one)
    for cyrillic, latin in zip(*HOMOGLYPHS, strict=True):
        table[ord(cyrillic)] = table[ord(latin)]
    return table
