"""Build the extension's package for Chromium: ``dist/second-look-chromium-<version>.zip``.

Equal sources give an equal file, to the byte.  The Firefox package follows with its own
background key; until then Firefox loads the folder as it is.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = ROOT / "extension"
FIXED = (2025, 1, 1, 0, 0, 0)
LEFT_OUT = {"SITES.md", "types.d.ts"}


def files() -> list[Path]:
    """Return what belongs into the package, in order."""
    found = (path for path in EXTENSION.rglob("*") if path.is_file() and path.name not in LEFT_OUT)
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(ROOT).parts))


def contents(path: Path) -> bytes:
    """Return a file's bytes; Chromium's manifest goes without the key and the background that only Firefox reads."""
    if path != EXTENSION / "manifest.json":
        return path.read_bytes()
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["background"].pop("scripts", None)
    manifest.pop("browser_specific_settings", None)
    manifest.pop("key", None)
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


def build() -> Path:
    """Write the package and return where it is."""
    version = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))["version"]
    target = ROOT / "dist" / f"second-look-chromium-{version}.zip"
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files():
            entry = zipfile.ZipInfo(path.relative_to(EXTENSION).as_posix(), FIXED)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, contents(path), zipfile.ZIP_DEFLATED, 9)
    return target


if __name__ == "__main__":
    print(build().relative_to(ROOT))
