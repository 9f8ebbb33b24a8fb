"""Write ``docs/licences.md``: what an installed release is made of, and under which licences.

    make licences

Names and versions are those of the lock, licences those of the installed metadata.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.parser import Parser
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.closure import LOCK, OPTIONAL, installed, locked  # noqa: E402

PAGE = ROOT / "docs" / "licences.md"
KNOWN: Mapping[str, Any] = tomllib.loads((ROOT / "tools" / "licences.toml").read_text(encoding="utf-8"))
HEAD = """<!-- Written by `make licences` from the lock and what is installed; change tools/licences.toml. -->
# Licences

Second Look is Apache-2.0. An installed release brings these packages, at these versions ([install.md](install.md)).
All are permissive but for those whose note says otherwise. The extension brings nothing: it has no
dependencies and no build step.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One package."""

    name: str
    version: str
    licence: str
    note: str
    told: str | None = None
    """What the metadata says, where the package is installed here."""

    @property
    def problem(self) -> str:
        """Why this may not be shipped without another look, or nothing."""
        reviewed = KNOWN["reviewed"].get(self.name)
        if reviewed:
            changed = self.told is not None and self.told != reviewed["told"]
            return f"{self.name}: the metadata says {self.told} now; look at it again" if changed else ""
        if not self.licence:
            return f"{self.name}: the metadata names no licence; look it up and add it to tools/licences.toml"
        parts = re.split(r"\s+(?:AND|OR|WITH)\s+", self.licence.strip("()"))
        strange = [part for part in parts if part.strip("()") not in KNOWN["permissive"]]
        return f"{self.name}: {', '.join(strange)} is not among the permissive licences" if strange else ""


def written(fields: Sequence[tuple[str, str]]) -> str:
    """Return a package's licence as its metadata tells it, by its name at spdx.org where that is known.

    >>> written([("Name", "one"), ("Classifier", "License :: OSI Approved :: MIT License")])
    'MIT'
    """
    known = dict(fields)
    classifiers = (value.rpartition(" :: ")[2] for _, value in fields if value.startswith("License :: "))
    short = known.get("License", "").strip().split("\n")[0]
    told = known.get("License-Expression") or (short if short and len(short) <= 80 else next(classifiers, ""))
    # "BSD" says less than what the classifier or the licence file may say, and is permissive in each form.
    return str(KNOWN["written"].get(told, told))


def _fields(found: Distribution) -> list[tuple[str, str]]:
    told = Parser().parsestr(found.read_text("METADATA") or "", headersonly=True)
    return [(name, str(value)) for name, value in told.items()]


def row(name: str, version: str) -> Row:
    """Return one package; what was looked up by hand counts for more than the metadata."""
    reviewed = KNOWN["reviewed"].get(name, {})
    found = installed(name)
    told = written(_fields(found)) if found is not None else None
    return Row(name, version, reviewed.get("licence", told or ""), reviewed.get("note", ""), told)


def rows(optional: bool = False) -> list[Row]:
    """Return all packages of a release, or those that only the extras bring."""
    own = locked(LOCK)
    chosen = {name: version for name, version in locked(OPTIONAL).items() if name not in own} if optional else own
    return [row(name, version) for name, version in sorted(chosen.items())]


def page() -> str:
    """Return the page."""
    return f"{HEAD}\n{_table(rows())}\n## With the extras `intimate` and `sentences`\n\n{_table(rows(optional=True))}"


def _table(shown: list[Row]) -> str:
    lines = ["| package | version | licence | note |", "|---|---|---|---|"]
    lines += [f"| {one.name} | {one.version} | {one.licence or 'unknown'} | {one.note} |" for one in shown]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page; exit status 1 where a licence needs a look."""
    PAGE.write_text(page(), encoding="utf-8")
    problems = [one.problem for one in (*rows(), *rows(optional=True)) if one.problem]
    print("\n".join(problems) or PAGE.relative_to(ROOT))
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
