"""The actions of ``lists`` on what was: history, undo, and what was observed."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from backend.commands.lists.arguments import WHO
from backend.commands.lists.saying import entry_fields, say_json

if TYPE_CHECKING:
    from backend.store import Store


def history(store: Store, args: argparse.Namespace) -> int:
    """Show who changed a list, and when."""
    from backend.store import history, lists

    found = history.read(store, lists.find(store, args.name).id)
    if args.json:
        return say_json({"versions": [asdict(one) for one in found]})
    for one in found:
        counts = f"+{one.added} ~{one.changed} -{one.removed}"
        undo = "" if one.can_undo else "  (stays)"
        print(f"{one.version:>5}  {one.at}  {one.action:9} {counts:22} {one.who}{undo}")
    return 0


def undo(store: Store, args: argparse.Namespace) -> int:
    """Take back the newest change."""
    from backend.store import lists

    done, entry = lists.undo(store, lists.find(store, args.name).id, who=WHO)
    if args.json:
        return say_json(
            {"undone": done.version, "added": done.added, "removed": done.removed, "list": entry_fields(entry)}
        )
    print(f"{entry.name}: version {done.version} undone, {entry.terms} terms in all")
    return 0


def forget(store: Store, args: argparse.Namespace) -> int:
    """Forget the history and what was observed."""
    from backend.store import history, lists, observations

    entry = lists.find(store, args.name)
    history.forget(store, entry.id)
    observations.forget(store, entry.id)
    return 0


def observed(store: Store, args: argparse.Namespace) -> int:
    """Show what a list in observe mode counted."""
    from backend.config import from_environment
    from backend.store import lists, observations, totals

    read = totals.observed if from_environment().is_team else observations.read
    weeks = read(store, lists.find(store, args.name).id)
    now = observations.monday(store.day())
    this = next((week.asked for week in weeks if week.week == now), 0)
    if args.json:
        return say_json({"weeks": [{**asdict(week), "asked": week.asked} for week in weeks], "this_week": this})
    print(f"it would have asked you {this} time{'' if this == 1 else 's'} this week")
    for week in weeks:
        print(f"week of {week.week}: {week.asked} times, and {week.note} quiet notes")
    return 0
