"""The actions of ``lists`` on lists themselves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from backend.commands.lists.arguments import LIMITS, WHO, chosen
from backend.commands.lists.saying import entry_fields, line, refuse, say_entry, say_json
from backend.model import Level
from backend.program import spoken

if TYPE_CHECKING:
    from backend.store import Store
    from backend.store.lists import Entry


def list_all(store: Store, args: argparse.Namespace) -> int:
    """List the lists in their order."""
    from backend.store import lists

    return _say_entries(lists.read_all(store), args)


def _say_entries(found: Sequence[Entry], args: argparse.Namespace) -> int:
    if args.json:
        return say_json({"lists": [entry_fields(entry) for entry in found]})
    for entry in found:
        print(line(entry))
    if not found:
        print(spoken("no lists yet; make one: python -m backend lists create NAME"), file=sys.stderr)
    return 0


def create(store: Store, args: argparse.Namespace) -> int:
    """Make an empty list."""
    from backend.store import lists
    from backend.store.making import details_of

    if not 0 < len(args.name.strip()) <= 100:
        return refuse("a list's name has 1 to 100 characters")
    defaults = details_of(chosen(args, LIMITS))
    made = lists.create(
        store, args.name, Level.named(args.level), observe=bool(args.observe), defaults=defaults, who=WHO
    )
    return say_entry(made, args)


def change(store: Store, args: argparse.Namespace) -> int:
    """Change what is named of a list."""
    from backend.store import lists
    from backend.store.making import details_of

    wanted = {"name": args.rename, "level": args.level and Level.named(args.level), "enabled": args.enabled}
    changes = {name: value for name, value in {**wanted, "observe": args.observe}.items() if value is not None}
    given = chosen(args, LIMITS)
    changes |= {name: getattr(details_of(given), name) for name in given}
    return say_entry(lists.change(store, lists.find(store, args.name).id, changes, who=WHO), args)


def order(store: Store, args: argparse.Namespace) -> int:
    """Put lists in order."""
    from backend.store import lists

    return _say_entries(lists.reorder(store, [lists.find(store, name).id for name in args.names]), args)


def delete(store: Store, args: argparse.Namespace) -> int:
    """Delete a list."""
    from backend.store import lists

    lists.remove(store, lists.find(store, args.name).id)
    return 0
