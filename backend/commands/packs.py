"""``packs``: list the rules, and prove that they do what they say."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend.rules.loader import BUILT_IN, PackError, load_packs
from backend.rules.proof import problems, record_proven

HELP = "list the packs of rules, or prove them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", nargs="?", type=Path, default=BUILT_IN, help="a folder of packs (the built-in ones)")
    parser.add_argument("--prove", action="store_true", help="check every rule's hits, misses and speed")


def run(args: argparse.Namespace) -> int:
    """List or prove; exit status 1 where a rule does not do what it says."""
    try:
        packs = load_packs((args.folder,))
    except PackError as error:
        print(error, file=sys.stderr)
        return 1
    for pack in packs:
        print(f"{pack.id}: {len(pack.rules)} rules. {pack.description}")
    if not args.prove:
        return 0
    found = [f"{rule.id}: {problem}" for pack in packs for rule in pack.rules for problem in problems(rule)]
    print("\n".join(found) or "every rule does what it says")
    if not found and args.folder == BUILT_IN:
        record_proven(packs)
    return 1 if found else 0
