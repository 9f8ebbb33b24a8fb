"""Named checks of a matched text, by which a rule tells a real number from a random one.

A validator is a public function of a module in this package, whose name a pack's ``validator`` gives; it takes
the matched text and tells whether it can be what the rule looks for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from backend.text.validators import national, numbers, secrets
from backend.text.validators.secrets import random_secret, real_password, token_like, token_mixed

__all__ = ["named", "random_secret", "real_password", "token_like", "token_mixed"]

_MODULES = (secrets, numbers, national)


def _stdnum(name: str) -> Callable[[str], bool] | None:
    """Return the check of python-stdnum called ``name`` (``cn.ric``), loaded when it is first asked."""
    if find_spec(f"stdnum.{name}") is None:
        return None

    def check(text: str) -> bool:
        try:
            return bool(import_module(f"stdnum.{name}").is_valid(text))
        except (KeyError, IndexError):
            # Some of its tables have holes.
            return False

    return check


def named(name: str) -> Callable[[str], bool] | None:
    """Return the validator called ``name``, or ``None``; ``stdnum:cn.ric`` is python-stdnum's check of that name."""
    if name.startswith("stdnum:"):
        return _stdnum(name.removeprefix("stdnum:"))
    if name.startswith("_"):
        return None
    for module in _MODULES:
        found = getattr(module, name, None)
        if callable(found) and getattr(found, "__module__", "") == module.__name__:
            return found  # type: ignore[no-any-return]
    return None
