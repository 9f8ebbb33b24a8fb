"""Put another policy in force, after it was shown what that changes."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from backend.commands.policy.saying import is_wanted, refuse, say_differences, say_json
from backend.model import Policy
from backend.policy import file, own, profiles
from backend.policy.differences import differences
from backend.policy.table import to_table
from backend.program import spoken

if TYPE_CHECKING:
    from backend.store import Store


def diff(store: Store, args: argparse.Namespace) -> int:
    """Print what would change; nothing does."""
    from backend.store import policies

    before = policies.read(store)[0]
    is_profile = args.what in profiles.ids() and not Path(args.what).exists()
    found = differences(before, profiles.of(args.what, before) if is_profile else _read(args.what, before))
    if args.json:
        return say_json({"differences": [asdict(one) for one in found]})
    say_differences(found)
    return 0


def take_file(store: Store, args: argparse.Namespace) -> int:
    """Put a file in force."""
    from backend.store import policies

    before, version = policies.read(store)
    return put(store, _read(args.file, before), (before, version), args)


def take_profile(store: Store, args: argparse.Namespace) -> int:
    """Put a profile in force, or list all."""
    from backend.store import policies

    if args.profile is None:
        if args.json:
            shapes = [
                {"id": one.id, "name": one.name, "explanation": one.explanation, "policy": to_table(one.policy)}
                for one in profiles.read_all()
            ]
            return say_json({"profiles": shapes})
        for one in profiles.read_all():
            print(f"{one.id:15} {one.explanation['en']}")
        return 0
    before, version = policies.read(store)
    return put(store, profiles.of(args.profile, before), (before, version), args)


def put(store: Store, policy: Policy, before: tuple[Policy, int], args: argparse.Namespace) -> int:
    """Show the differences, ask, and put a policy in force; ``before``: the one in force and its version."""
    from backend.store import policies

    found = differences(before[0], policy)
    if not is_wanted(found, args):
        return 1
    version = policies.write(store, policy, before[1])
    if args.json:
        return say_json({**to_table(policy), "version": version, "differences": [asdict(one) for one in found]})
    if args.yes:
        say_differences(found)
    print("in force", file=sys.stderr)
    return 0


def voice(store: Store, args: argparse.Namespace) -> int:
    """Let one rule speak otherwise."""
    from backend.store import policies

    before, version = policies.read(store)
    args.yes = True
    return put(store, before.with_voice(args.rule, args.speaks), (before, version), args)


def own_data(store: Store, args: argparse.Namespace) -> int:
    """List, add or forget own data."""
    from backend.store import policies

    policy = policies.read(store)[0]
    if args.add:
        # Asked, not given as an argument: arguments stand in the shell's history.
        text = getpass.getpass(f"{args.add}: ") if sys.stdin.isatty() else sys.stdin.read()
        policy, _ = policies.change(store, lambda before: own.add(before, args.add[:100], text))
    elif args.forget:
        left = tuple(one for one in policy.own if args.forget not in (one.name, one.id))
        if len(left) == len(policy.own):
            return refuse(spoken("there is nothing of your own with that name; see: python -m backend policy own"))
        policy, _ = policies.change(store, lambda before: replace(before, own=left))
    if args.json:
        return say_json({"own": [{"id": one.id, "name": one.name} for one in policy.own]})
    for one in policy.own:
        print(f"{one.id}  {one.name}")
    return 0


def _read(name: str, before: Policy) -> Policy:
    text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    policy, not_usable = file.loads(text, before)
    for one in not_usable:
        print(f"policy: {one} was hashed with the key of another installation; add it here anew", file=sys.stderr)
    return policy
