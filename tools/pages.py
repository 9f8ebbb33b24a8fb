"""Write the pages of ``docs/`` that say what the code says: rules, settings, API, sites, readers.

python tools/pages.py           write them
python tools/pages.py --check   fail where one is out of date
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

DOCS = ROOT / "docs"
NOTICE = "<!-- Written by tools/pages.py from the code; change the code, then run it again. -->\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def rules() -> str:
    """Return the page of all rules, pack by pack, and of the detectors that are code."""
    import tomllib

    from backend.rules.loader import load_packs

    text = "# What is seen: every rule\n\nScores: `note` from 30, `warn` from 60, `stop` from 85. How a rule is written: [packs.md](packs.md).\n"
    for pack in load_packs():
        text += f"\n## {pack.id}\n{pack.description}\n"
        text += f"Sources: {'; '.join(pack.sources)}.\n" if pack.sources else ""
        rows = [(f"`{rule.id}`", rule.category, str(rule.score), rule.title["en"]) for rule in pack.rules]
        text += "\n" + _table(("rule", "category", "score", "what the person reads"), rows)
    seen = [
        (f"`{rule}`", path.stem, words["title"]["en"])
        for path in sorted((ROOT / "backend" / "detectors").glob("*.toml"))
        for rule, words in tomllib.loads(path.read_text(encoding="utf-8"))["rule"].items()
    ]
    return text + "\n## Seen by code\n" + _table(("rule", "detector", "what the person reads"), seen)


def settings() -> str:
    """Return the page of all settings."""
    from backend.config import SETTINGS

    rows = [(f"`{one.name}`", one.help) for one in SETTINGS]
    return (
        "# Settings\n\nAll are environment variables, read at start; a wrong one is named and the server does not start.\n\n"
        + _table(("name", "meaning and default"), rows)
    )


def api() -> str:
    """Return the page of all operations of the API."""
    from backend import create_app
    from backend.config import Config
    from backend.http.description import describe

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(replace(Config(data=Path(folder)), warm=False))
        paths: dict[str, dict[str, Any]] = describe(app)["paths"]
    rows = [
        (f"`{method.upper()} {path}`", operation["summary"], ", ".join(operation["responses"]))
        for path, methods in sorted(paths.items())
        for method, operation in methods.items()
    ]
    return (
        "# The API, version 1\n\n`GET /openapi.json` describes every request and answer in full. "
        "Send `Authorization: Bearer <token>`; `python -m backend token` makes one. Errors are "
        "`application/problem+json` (RFC 9457). Offsets in text count UTF-16 code units; boxes are `[x, y, width, height]` "
        "in pixels of the picture as it is displayed.\n\n" + _table(("operation", "what it does", "answers"), rows)
    )


def sites() -> str:
    """Return the page of the sites that the extension knows."""
    table = json.loads((ROOT / "extension" / "sites.json").read_text(encoding="utf-8"))
    entries = table["sites"] if isinstance(table, dict) else table
    rows = [(f"`{one['id']}`", one["name"], ", ".join(one["matches"]), str(one["channel"])) for one in entries]
    return (
        "# Sites\n\nThe extension asks for some of these sites when it is installed and for each other one when it is switched on. Their boxes were learned from public descriptions of the pages and tested on "
        "replicas built with the same editors; the live sites could not be tried. Where a site has changed, the chip says "
        "that it cannot read the box.\n\n" + _table(("id", "name", "addresses", "channel"), rows)
    )


def readers() -> str:
    """Return the page of the kinds of files that can be read."""
    from importlib import import_module
    from pkgutil import iter_modules

    import backend.readers as house

    rows = []
    for module in iter_modules(house.__path__):
        found = import_module(f"backend.readers.{module.name}")
        if hasattr(found, "sniff"):
            rows.append((f"`{found.KIND}`", ", ".join(found.MEDIA_TYPES), (found.__doc__ or "").split("\n")[0]))
    return (
        "# Files\n\nA file's kind is told by its content, never by its name. What is not listed here is a gap with the reason "
        "`unsupported`, and is not called clear.\n\n" + _table(("reader", "media types", "what it reads"), rows)
    )


PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules,
    "settings.md": settings,
    "api.md": api,
    "sites.md": sites,
    "files.md": readers,
}


def main() -> int:
    """Write or check the pages; exit status 1 where one is out of date."""
    stale = []
    for name, made in PAGES.items():
        text = NOTICE + made()
        path = DOCS / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    print("up to date" if not stale else f"{'stale' if '--check' in sys.argv else 'written'}: {', '.join(stale)}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
