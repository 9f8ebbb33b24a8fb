"""``decisions``: what people did with verdicts, in numbers without any words; and forgetting it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from backend.commands import action, with_store
from backend.config import from_environment

if TYPE_CHECKING:
    from backend.store import Store

HELP = "show what was decided, which rules were not useful, or forget all of it"
NONE = "no decisions"
NONE_OF_TEAM = "nothing that at least ten people did in a week that is over"
WIDTH = 30
BY = ("outcomes", "categories", "sites", "channels", "rules")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    weekly = action(actions, "weeks", _weeks, "count week by week")
    weekly.add_argument("--by", choices=BY, default="outcomes", help="what is counted (outcomes)")
    _since(weekly)
    _since(action(actions, "unhelpful", _unhelpful, "list the rules that were most often not useful"))
    forgetting = action(actions, "forget", _forget, "delete everything")
    forgetting.add_argument("--yes", action="store_true", help="without being asked")


def _since(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", default="", metavar="DAY", help="the first day, for example 2026-11-24")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    return with_store(args)


def _weeks(store: Store, args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from backend.http.categories import Categories
    from backend.rules.loader import BUILT_IN, load_packs
    from backend.store import decisions, totals
    from backend.subscriptions import packs

    folders = (BUILT_IN, *packs.folders(from_environment().files))
    rules = [rule for pack in load_packs(folders) for rule in pack.rules]
    read = totals.weeks if from_environment().is_team else decisions.weeks
    found = read(store, Categories(rules).of, args.since)
    if args.json:
        print(json.dumps({"weeks": [asdict(one) for one in found]}, ensure_ascii=False))
        return 0
    for week in found:
        print(f"{week.week}  {week.count} decisions")
        _say_bars(getattr(week, args.by))
    if not found:
        print(NONE_OF_TEAM if from_environment().is_team else NONE, file=sys.stderr)
    return 0


def _say_bars(counts: Mapping[str, Any]) -> None:
    """Print a bar for each name; one of several outcomes has them behind it."""
    sums = {name: count if isinstance(count, int) else sum(count.values()) for name, count in counts.items()}
    most = max(sums.values(), default=1)
    for name, count in sorted(sums.items(), key=lambda one: -one[1]):
        parts = counts[name]
        told = "" if isinstance(parts, int) else "  " + ", ".join(f"{one} {parts[one]}" for one in sorted(parts))
        print(f"  {name or '(none)':28} {'#' * max(1, WIDTH * count // most):{WIDTH}} {count}{told}")


def _unhelpful(store: Store, args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from backend.store import decisions, policies, totals

    policy = policies.read(store)[0]
    if from_environment().is_team:
        weeks = totals.weeks(store, lambda rule: rule, args.since)
        found = decisions.unhelpful_of(totals.by_rule(weeks))
    else:
        found = decisions.unhelpful(store, args.since)
    if args.json:
        shapes = [{**asdict(one), "speaks": policy.voice(one.rule)} for one in found]
        print(json.dumps({"rules": shapes}, ensure_ascii=False))
        return 0
    for one in found:
        print(f"{one.rule:40} {one.not_useful} not useful, {one.decided} otherwise; speaks: {policy.voice(one.rule)}")
    if found:
        print(f"quieten one: python -m backend policy rule {found[0].rule} quiet", file=sys.stderr)
    return 0


def _forget(store: Store, args: argparse.Namespace) -> int:
    from backend.store import decisions

    if not args.yes:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            print("decisions: nothing was deleted; say --yes", file=sys.stderr)
            return 1
        print("Delete everything that was counted? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            return 1
    count = decisions.forget(store)
    print(json.dumps({"deleted": count}) if args.json else f"{count} deleted")
    return 0
