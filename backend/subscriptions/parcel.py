"""What is published: one JSON file that holds a signed payload; see ``docs/subscriptions.md``.

::

    {"format": "second-look-subscription-1", "signature": "…", "payload": "{…}"}

The payload is JSON again, as a text, so that what is signed are exactly its bytes.  It has
``kind``, ``name``, ``version`` and the ``content``: a list, a sealed list, or the TOML of a pack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.model import Level, Term
from backend.subscriptions import signing
from backend.text.toml import is_plain

FORMAT = "second-look-subscription-1"
KINDS = ("list", "sealed", "pack")
LARGEST = 32 * 1024 * 1024
MOST_TERMS = 200_000
MOST_VERSION = 2**31 - 1
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,100}\Z")
_PACK_ID = re.compile(r"[a-z][a-z0-9-]{0,59}\Z")


class BadParcel(Exception):
    """What was published cannot be used; ``reason`` is a key of ``problems.toml``."""

    def __init__(self, reason: str) -> None:
        """Take the reason."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Parcel:
    """What was published, with its signature checked."""

    kind: str
    name: str
    version: int
    content: Any

    @property
    def level(self) -> Level:
        """Return the level of a list."""
        return Level.named(self.content["level"])

    @property
    def pack_id(self) -> str:
        """Return the id of a pack, which names its file; raises :class:`BadParcel`."""
        import tomllib

        if not is_plain(self.content):
            raise BadParcel("bad_content")
        try:
            found = tomllib.loads(self.content)["pack"]["id"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BadParcel("bad_content") from None
        if not isinstance(found, str) or not _PACK_ID.match(found):
            raise BadParcel("bad_content")
        return found

    def terms(self) -> Sequence[Term]:
        """Return the terms of a list; raises :class:`BadParcel` where one cannot be used."""
        from backend.store import imports

        try:
            found = imports.read("list.json", json.dumps(self.content["terms"]).encode())
        except ValueError:
            raise BadParcel("bad_content") from None
        if found.problems or len(found.terms) > MOST_TERMS:
            raise BadParcel("bad_content")
        return found.terms


def seal(secret: str, kind: str, name: str, version: int, content: Any) -> bytes:
    """Return the file to publish."""
    payload = json.dumps(
        {"kind": kind, "name": name, "version": version, "content": content}, ensure_ascii=False, separators=(",", ":")
    )
    signed = {"format": FORMAT, "signature": signing.sign(secret, payload), "payload": payload}
    return json.dumps(signed, ensure_ascii=False, indent=0).encode()


def opened(data: bytes, key: str) -> Parcel:
    """Return what a file holds; raises :class:`BadParcel`.  Nothing of it is looked at before its signature."""
    try:
        outer = json.loads(data)
        payload, signature = outer["payload"], outer["signature"]
        if outer["format"] != FORMAT or not isinstance(payload, str) or not isinstance(signature, str):
            raise BadParcel("not_signed")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadParcel("not_signed") from None
    if not signing.is_signed(key, payload, signature):
        raise BadParcel("wrong_signature")
    try:
        return _checked(json.loads(payload))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadParcel("bad_content") from None


def _checked(table: Any) -> Parcel:
    kind, name, version, content = (table[key] for key in ("kind", "name", "version", "content"))
    sound = (
        kind in KINDS
        and isinstance(name, str)
        and _NAME.match(name)
        and isinstance(version, int)
        and not isinstance(version, bool)
        and 0 < version <= MOST_VERSION
        and isinstance(content, str if kind == "pack" else dict)
    )
    if not sound:
        raise BadParcel("bad_content")
    parcel = Parcel(kind, name, version, content)
    _look_inside(parcel)
    return parcel


def _look_inside(parcel: Parcel) -> None:
    """Raise what using it would raise later."""
    if parcel.kind == "list":
        if parcel.level not in (Level.NOTE, Level.WARN, Level.STOP):
            raise BadParcel("bad_content")
        parcel.terms()
    elif parcel.kind == "sealed":
        from backend.sealed import loads

        loads(json.dumps(parcel.content).encode())
    else:
        _ = parcel.pack_id
