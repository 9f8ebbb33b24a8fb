"""Who may call from a browser: the extension, the server's own pages, and what is configured.

A Chromium extension's id follows from the ``key`` in its manifest: the first sixteen
bytes of the SHA-256 of the public key, written with the letters a to p
(https://developer.chrome.com/docs/extensions/reference/manifest/key).
Firefox gives each installation a random id, which no web page can claim.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from pathlib import Path

from backend.config import ROOT, Config

PINNED = "chrome-extension://fffkcfghhpakigfldlfmnallgoighpig"
"""The origin that the key of this release gives, for a server without the extension beside it."""
MANIFEST = ROOT / "extension" / "manifest.json"
FIREFOX = re.compile(r"moz-extension://[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


def extension_id(key: str) -> str:
    """Return the id that Chromium gives to an extension with this public key.

    >>> extension_id(base64.b64encode(b"a key").decode())
    'iffojgpegpfmaaihogjcehkjpiaakfpk'
    """
    digest = hashlib.sha256(base64.b64decode(key, validate=True)).hexdigest()[:32]
    return digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def extension_origins(manifest: Path = MANIFEST) -> tuple[str, ...]:
    """Return the origin of the extension that lies beside the server, else the one of this release."""
    try:
        key = json.loads(manifest.read_text(encoding="utf-8"))["key"]
        return (f"chrome-extension://{extension_id(key)}",)
    except (OSError, ValueError, KeyError, TypeError, binascii.Error):
        return (PINNED,)


class Origins:
    """The known origins of one server."""

    def __init__(self, config: Config, extensions: tuple[str, ...] | None = None) -> None:
        """Take the settings and, in tests, the extension's origins."""
        self.extensions = frozenset(extension_origins() if extensions is None else extensions)
        configured = {origin for origin in config.origins if "-extension://" in origin}
        self.extensions |= configured
        self.pages = frozenset((*config.own_origins, *config.origins)) - configured

    def knows(self, origin: str) -> bool:
        """Return whether requests from an origin are answered at all."""
        return origin in self.pages or self.is_extension(origin)

    def is_extension(self, origin: str) -> bool:
        """Return whether an origin is the product's own extension, which may ask to be paired."""
        return origin in self.extensions or FIREFOX.match(origin) is not None

    def patterns(self) -> list[re.Pattern[str] | str]:
        """Return the same as a list for flask-cors, each entry anchored at both ends."""
        exact = [re.compile(re.escape(origin) + r"\Z") for origin in sorted(self.pages | self.extensions)]
        return [*exact, FIREFOX]
