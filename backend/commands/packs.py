"""``packs``: list the rules, and prove that they do what they say."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from backend.rules.loader import BUILT_IN, PackError, load_packs
from backend.rules.proof import problems, record_proven
from backend.rules.rule import Pack

HELP = "list the packs of rules, or prove them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="?", type=Path, default=BUILT_IN, help="a folder of packs (the built-in ones)")
    parser.add_argument("--prove", action="store_true", help="check every rule's hits, misses and speed")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    """List or prove; exit status 1 where a rule does not do what it says."""
    try:
        packs = load_packs((args.folder,))
    except PackError as error:
        print(error, file=sys.stderr)
        return 1
    found = _problems(packs) if args.prove else []
    if args.json:
        print(json.dumps({"packs": [_shape(pack) for pack in packs], "problems": found}, ensure_ascii=False))
    else:
        for pack in packs:
            print(f"{pack.id}: {len(pack.rules)} rules. {pack.description}")
        if args.prove:
            print("\n".join(found) or "every rule does what it says")
    if args.prove and not found and args.folder == BUILT_IN:
        record_proven(packs)
    return 1 if found else 0


def _problems(packs: Sequence[Pack]) -> list[str]:
    """Return what is wrong, with a bar on the terminal: to prove takes a while."""
    found: list[str] = []
    rules = [rule for pack in packs for rule in pack.rules]
    for done, rule in enumerate(rules, 1):
        found += [f"{rule.id}: {problem}" for problem in problems(rule)]
        if sys.stderr.isatty():
            bar = f"[{'#' * (30 * done // len(rules)):.<30}]"
            print(f"\r\x1b[K{bar} {done}/{len(rules)}" if done < len(rules) else "\r\x1b[K", end="", file=sys.stderr)
    return found


def _shape(pack: Pack) -> dict[str, Any]:
    rules = [{"id": rule.id, "category": rule.category, "score": rule.score} for rule in pack.rules]
    return {"id": pack.id, "description": pack.description, "languages": list(pack.languages), "rules": rules}
