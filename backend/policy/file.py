"""The policy as one TOML file, to be read by people and kept under version control."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from backend.model import Policy
from backend.policy.table import BadPolicy, foreign, from_table, to_table
from backend.text.toml import is_plain

FORMAT = 1
LARGEST = 1_000_000
HEAD = f"""\
# A policy of Second Look; docs/policy.md says what each key means. What is left out is as usual.
format = {FORMAT}
"""
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_PLACE = re.compile(r"\(at (line \d+, column \d+)\)|\(at (end of document)\)")


def dumps(policy: Policy) -> str:
    """Return the file; the same policy gives the same file."""
    return HEAD + "".join(_lines(to_table(policy)))


def loads(text: str, before: Policy | None = None) -> tuple[Policy, list[str]]:
    """Return the policy of a file, and the names of own data in it that mean nothing here.

    Raises :class:`BadPolicy` naming the key, or where the file is no TOML.
    """
    if len(text) > LARGEST:
        raise BadPolicy("", "the file is too large for a policy")
    if not is_plain(text):
        raise BadPolicy("", "a key has more parts than a policy has")
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # The message may quote the file.
        found = _PLACE.search(str(error))
        raise BadPolicy("", f"this is no TOML ({found[1] or found[2] if found else 'somewhere'})") from None
    if table.pop("format", FORMAT) != FORMAT:
        raise BadPolicy("format", f"{FORMAT}; a newer one needs a newer Second Look")
    policy = from_table(table, before)
    return policy, foreign(table, before or Policy())


def _lines(table: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Yield the lines of a table: its own values first, then its tables, as TOML asks for."""
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    many = {key: value for key, value in table.items() if _is_tables(value)}
    for key, value in table.items():
        if key not in inner and key not in many:
            yield f"{_key(key)} = {_value(value)}\n"
    for key, value in inner.items():
        is_outer = all(isinstance(one, dict) for one in value.values())
        yield "" if is_outer else f"\n[{path}{_key(key)}]\n"
        yield from _lines(value, f"{path}{_key(key)}.")
    for key, values in many.items():
        for value in values:
            yield f"\n[[{path}{_key(key)}]]\n"
            yield from _lines(value)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _key(key: str) -> str:
    return key if _BARE.match(key) else _value(key)


def _value(value: Any) -> str:
    """Return a value in TOML; long lists have one entry a line, so that differences of versions are readable."""
    if isinstance(value, list):
        entries = [_value(one) for one in value]
        short = f"[{', '.join(entries)}]"
        return short if len(short) <= 80 else "[\n" + "".join(f"  {one},\n" for one in entries) + "]"
    # JSON's strings and numbers are TOML's too, but for this one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
