"""Write the software bill of materials: ``dist/second-look-<version>.cdx.json`` (CycloneDX 1.6).

    make sbom

It tells of a release installed from the lock with every hash checked, so making it proves the lock too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
LOCK = ROOT / "requirements.lock"
TOOLS = Path(sys.executable).parent
NAME = "second-look"


def install(folder: Path) -> Path:
    """Install the lock and the wheel of this checkout into a new environment and return it."""
    environment = folder / "release"
    uv, in_it = str(TOOLS / "uv"), {**os.environ, "VIRTUAL_ENV": str(environment)}
    _run([uv, "build", "-q", "--wheel", "-o", str(folder), str(ROOT)])
    _run([uv, "venv", "-q", "--python", sys.executable, str(environment)])
    _run([uv, "pip", "sync", "-q", "--require-hashes", str(LOCK)], in_it)
    _run([uv, "pip", "install", "-q", "--no-deps", *map(str, folder.glob("*.whl"))], in_it)
    return environment


def described(environment: Path) -> dict[str, Any]:
    """Return what ``cyclonedx-py`` finds in an environment, as the parts of this product."""
    command = [str(TOOLS / "cyclonedx-py"), "environment", "--sv", "1.6", "--output-reproducible", str(environment)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return about(json.loads(done.stdout))


def about(bom: dict[str, Any]) -> dict[str, Any]:
    """Make the product the thing that is described, without the folder that it was installed from."""
    own = next(one for one in bom["components"] if one["name"] == NAME)
    own.pop("externalReferences", None)
    bom["components"] = [one for one in bom["components"] if one is not own]
    bom["metadata"] = {**bom.get("metadata", {}), "component": {**own, "type": "application"}}
    return bom


def names(bom: dict[str, Any]) -> Iterable[str]:
    """Return the names of a bill's parts."""
    return (one["name"] for one in bom["components"])


def main() -> int:
    """Write the bill and say where it is."""
    with tempfile.TemporaryDirectory() as folder:
        bom = described(install(Path(folder)))
    target = DIST / f"{NAME}-{bom['metadata']['component']['version']}.cdx.json"
    DIST.mkdir(exist_ok=True)
    target.write_text(json.dumps(bom, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {len(list(names(bom)))} packages")
    return 0


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    raise SystemExit(main())
