"""Named checks of a matched text, by which a rule tells a real number from a random one.

A validator is a function of this module whose name a pack's ``validator`` gives; it takes
the matched text and tells whether it can be what the rule looks for.
"""

from __future__ import annotations

from collections.abc import Callable


def luhn(text: str) -> bool:
    """Tell whether the digits of ``text`` end in a Luhn check digit (ISO/IEC 7812-1).

    >>> luhn("4111 1111 1111 1111"), luhn("4111 1111 1111 1112")
    (True, False)
    """
    digits = [int(one) for one in text if one.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(digits) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def named(name: str) -> Callable[[str], bool] | None:
    """Return the validator called ``name``, or ``None``."""
    found = None if name.startswith("_") or name == "named" else globals().get(name)
    return found if callable(found) and getattr(found, "__module__", "") == __name__ else None
