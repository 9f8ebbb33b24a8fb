"""What the actions of ``policy`` print and ask."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from backend.policy.differences import Difference


def say_json(value: Any) -> int:
    """Print JSON on one line."""
    print(json.dumps(value, ensure_ascii=False))
    return 0


def refuse(message: str) -> int:
    """Say why it was not done."""
    print(f"policy: {message}", file=sys.stderr)
    return 1


def say_differences(found: Sequence[Difference], file: Any = None) -> None:
    """Print each key that would have another value."""
    for one in found:
        if isinstance(one.before or one.after, list):
            old, new = (list(value or []) for value in (one.before, one.after))
            for sign, entries, others in (("-", old, new), ("+", new, old)):
                for entry in entries:
                    if entry not in others:
                        print(f"{sign} {one.key}: {entry}", file=file)
        else:
            before, after = ("as usual" if value is None else value for value in (one.before, one.after))
            print(f"  {one.key}: {before} -> {after}", file=file)
    if not found:
        print("no difference", file=file)


def is_wanted(found: Sequence[Difference], args: argparse.Namespace) -> bool:
    """Show what would change and ask; without a terminal ``--yes`` must say it."""
    if args.yes or not found:
        return True
    say_differences(found, sys.stderr)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        print("policy: nothing was changed; put it in force with --yes", file=sys.stderr)
        return False
    print("Put this in force? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
