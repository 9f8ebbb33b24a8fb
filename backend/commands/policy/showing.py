"""Show the policy, and write it as a file."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from backend.commands.policy.saying import say_json
from backend.policy import file
from backend.policy.table import to_table

if TYPE_CHECKING:
    from backend.store import Store


def show(store: Store, args: argparse.Namespace) -> int:
    """Print the policy in force."""
    from backend.store import policies

    policy, version = policies.read(store)
    if args.json:
        return say_json({**to_table(policy), "version": version})
    print(file.dumps(policy), end="")
    return 0


def export(store: Store, args: argparse.Namespace) -> int:
    """Write the file; the key of own data is not in it."""
    from backend.store import policies

    policy = policies.read(store)[0]
    if args.to:
        args.to.write_text(file.dumps(policy), encoding="utf-8")
        if args.json:
            return say_json({"file": str(args.to)})
        print(f"written: {args.to}", file=sys.stderr)
        return 0
    if args.json:
        return say_json(to_table(policy))
    print(file.dumps(policy), end="")
    return 0
