"""Ask whether what a release is made of has known weaknesses: ``pip-audit`` and ``npm audit``.

    make audit

Both ask a database on the internet.  Where it cannot be asked nothing is known, and this says
so and fails: pip-audit itself ends with "no known vulnerabilities" when it skipped everything.
Exit status: 0 all was looked up and nothing is known, 1 something is, 2 something was not looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PIP_AUDIT = Path(sys.executable).with_name("pip-audit")
LOCKS = ("requirements.lock", "requirements-optional.lock")
SECONDS = 300
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What one tool told: weaknesses, what it could not look up, and how many things it did look up."""

    weak: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    looked_up: int = 0


def of_pip(output: str) -> Answer:
    """Read what ``pip-audit -f json`` wrote; raises ``ValueError`` for anything else."""
    found: list[dict[str, Any]] = json.loads(output)["dependencies"]
    weak = [
        f"{one['name']} {one['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for one in found
        for each in one.get("vulns", ())
    ]
    unknown = tuple(one["name"] for one in found if "skip_reason" in one)
    return Answer(tuple(weak), unknown, len(found) - len(unknown))


def of_npm(output: str) -> Answer:
    """Read what ``npm audit --json`` wrote; raises ``ValueError`` where it is not a report."""
    told = json.loads(output)
    if "vulnerabilities" not in told:
        raise ValueError(told.get("message") or "npm gave no report")
    weak = [f"{name}: {one['severity']}" for name, one in told["vulnerabilities"].items()]
    return Answer(tuple(weak), looked_up=told["metadata"]["dependencies"]["total"])


def ask(command: list[str], read: Callable[[str], Answer]) -> Answer:
    """Run a tool and read its answer; no answer, or none in time, leaves all unknown."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer(unknown=(f"everything ({type(error).__name__})",))
    try:
        return read(done.stdout)
    except (ValueError, KeyError, TypeError) as error:
        unread = isinstance(error, json.JSONDecodeError)
        why = done.stderr.strip().split("\n")[-1] if unread else str(error)
        return Answer(unknown=(f"everything ({why[:200]})",))


def told(name: str, answer: Answer) -> str:
    """Return an answer in words."""
    lines = [f"{name}: {weak}" for weak in answer.weak]
    if answer.unknown:
        shown = ", ".join(answer.unknown[:SHOWN]) + (" and more" if len(answer.unknown) > SHOWN else "")
        lines.append(f"{name}: NOT AUDITED: {shown}. The database of advisories could not be asked; nothing is known.")
    if answer.looked_up:
        lines.append(f"{name}: {answer.looked_up} looked up, {len(answer.weak)} with known weaknesses.")
    return "\n".join(lines) or f"{name}: nothing to look up."


def status(answers: list[Answer]) -> int:
    """Return the exit status; nothing looked up is never a success."""
    if any(answer.weak for answer in answers):
        return 1
    return 2 if any(answer.unknown or not answer.looked_up for answer in answers) else 0


def main() -> int:
    """Ask about the locks and the tools of the tests."""
    pip = [str(PIP_AUDIT), "--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json", "-r"]
    asked = [(lock, ask([*pip, lock], of_pip)) for lock in LOCKS]
    npm = ["npm", "--prefix", "tests", "audit", "--json"]
    asked.append(("tests/package-lock.json (tools of the tests only)", ask(npm, of_npm)))
    for name, answer in asked:
        print(told(name, answer))
    return status([answer for _, answer in asked])


if __name__ == "__main__":
    raise SystemExit(main())
