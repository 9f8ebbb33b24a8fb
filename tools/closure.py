"""What an installed release is made of: the locked names, and what is installed of them here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OPTIONAL = ROOT / "requirements-optional.lock"


def locked(path: Path) -> dict[str, str]:
    """Return version by name, of one of ``uv pip compile``'s files."""
    found = re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def unhashed(path: Path) -> list[str]:
    """Return the requirements of a lock that come without a hash."""
    entries = re.split(r"\n(?=[a-z0-9])", path.read_text(encoding="utf-8"))
    return [entry.split("==")[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry]


def needed(requirements: Iterable[str]) -> Iterator[Distribution]:
    """Yield what is installed here of some requirements, and of theirs; raises where one is missing."""
    waiting = [Requirement(line) for line in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    given: set[str] = set()
    while waiting:
        one = waiting.pop()
        key = (canonicalize_name(one.name), frozenset(one.extras))
        if key in seen or not _counts(one, ("",)):
            continue
        seen.add(key)
        found = distribution(one.name)
        if key[0] not in given:
            given.add(key[0])
            yield found
        wanted = (Requirement(line) for line in found.requires or ())
        waiting += [each for each in wanted if _counts(each, ("", *one.extras))]


def installed(name: str) -> Distribution | None:
    """Return a distribution of this environment; another system's is not here."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _counts(one: Requirement, extras: tuple[str, ...]) -> bool:
    if one.marker is None:
        return True
    return any(one.marker.evaluate({"extra": extra}) for extra in extras)
