"""The check digit of passports, visas and identity cards: ICAO Doc 9303, part 3, section 4.9."""

from __future__ import annotations


def check_digit(field: str) -> str:
    """Return the check digit of a field: weights 7, 3, 1; letters count from 10, the filler is 0.

    >>> check_digit("520727"), check_digit("D23145890")
    ('3', '7')
    """
    values = (0 if one == "<" else int(one, 36) for one in field)
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)
