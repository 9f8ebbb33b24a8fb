"""Reading a page as a browser would."""

from __future__ import annotations

import re


def csrf_of(page: str) -> str:
    """Return the CSRF word of a page, empty when it has none."""
    found = re.search(r'<meta name="csrf-token" content="([^"]+)">', page)
    return found[1] if found else ""
