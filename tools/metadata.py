"""What the wheel depends on: ``requirements.txt`` is the one list, and the build reads it.

Called by hatchling (``pyproject.toml``); each ``requirements-NAME.txt`` is an extra NAME.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

PREFIX = "requirements-"


def requirements(path: Path) -> list[str]:
    """Return the requirements that a file itself names, without comments and other files."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def extras(root: Path) -> dict[str, list[str]]:
    """Return what each extra adds."""
    return {path.stem.removeprefix(PREFIX): requirements(path) for path in sorted(root.glob(f"{PREFIX}*.txt"))}


class RequirementsHook(MetadataHookInterface):
    """Fills the fields that ``pyproject.toml`` calls dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set dependencies and extras."""
        root = Path(self.root)
        metadata["dependencies"] = requirements(root / "requirements.txt")
        metadata["optional-dependencies"] = extras(root)
