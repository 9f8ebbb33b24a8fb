"""What a person calls this program: ``secondlook`` where a release is installed, else ``python -m backend``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKOUT = "python -m backend"


def is_installed(root: Path = ROOT) -> bool:
    """Tell whether this is a release that was installed: there the wheel has put it into ``secondlook/app``."""
    return root.name == "app" and (root.parent / "__main__.py").is_file()


def command(*arguments: str, installed: bool | None = None) -> str:
    """Return what to type.

    >>> command("token", "--link", installed=True)
    'secondlook token --link'
    """
    here = is_installed() if installed is None else installed
    return " ".join(("secondlook" if here else CHECKOUT, *arguments))


def spoken(text: str) -> str:
    """Return a sentence with the command as it is called here."""
    return text.replace(CHECKOUT, command())


def arguments_for(*arguments: str) -> tuple[list[str], Path | None]:
    """Return the program with its arguments for a system that starts it, and the folder it must be started in."""
    if is_installed():
        # No folder: the release's own carries the version of Python in its path, which an update changes.
        return [sys.executable, "-P", "-m", "secondlook", *arguments], None
    return [sys.executable, "-m", "backend", *arguments], ROOT
