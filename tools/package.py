"""Build the extension's packages: ``dist/second-look-{chromium,firefox}-<version>.zip``.

    make package

Equal sources give equal files, to the byte.  The folder serves both browsers as it is;
each package goes without what only the other browser reads.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = ROOT / "extension"
DIST = ROOT / "dist"
FIXED = (2025, 1, 1, 0, 0, 0)
BROWSERS = ("chromium", "firefox")
LEFT_OUT = (".md", ".ts")
"""Endings of what is for developers."""
SCHEMA = "managed_schema.json"
"""The settings that an administrator may preset; Firefox takes them without a schema."""


def files(browser: str) -> list[Path]:
    """Return what belongs into a browser's package, in order."""
    found = (path for path in EXTENSION.rglob("*") if path.is_file() and path.suffix not in LEFT_OUT)
    kept = (path for path in found if not any(part.startswith(".") for part in path.relative_to(ROOT).parts))
    return sorted(path for path in kept if browser == "chromium" or path.name != SCHEMA)


def manifest(browser: str) -> dict[str, Any]:
    """Return the manifest as one browser reads it."""
    made: dict[str, Any] = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    # The key only gives the folder a steady id; a store signs with its own.
    made.pop("key", None)
    if browser == "chromium":
        made["background"].pop("scripts", None)
        made.pop("browser_specific_settings", None)
    else:
        for name in ("minimum_chrome_version", "message_serialization", "storage"):
            made.pop(name, None)
        made["background"].pop("service_worker", None)
    return made


def contents(path: Path, browser: str) -> bytes:
    """Return the bytes of a file in a browser's package."""
    if path != EXTENSION / "manifest.json":
        return path.read_bytes()
    return (json.dumps(manifest(browser), ensure_ascii=False, indent=2) + "\n").encode()


def packed(browser: str) -> bytes:
    """Return the package, the same wherever and whenever it is built."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files(browser):
            entry = zipfile.ZipInfo(path.relative_to(EXTENSION).as_posix(), FIXED)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, contents(path, browser), zipfile.ZIP_DEFLATED, 9)
    return written.getvalue()


def build(browser: str, folder: Path = DIST) -> Path:
    """Write a browser's package and return where it is."""
    target = folder / f"second-look-{browser}-{manifest(browser)['version']}.zip"
    folder.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed(browser))
    return target


if __name__ == "__main__":
    for one in BROWSERS:
        print(build(one).relative_to(ROOT))
