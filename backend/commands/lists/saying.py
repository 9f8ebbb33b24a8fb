"""What the actions of ``lists`` print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backend.model import Term
    from backend.store.imports import Imported
    from backend.store.lists import Entry
    from backend.store.terms import Change

SHOWN = 20
WIDTH = 30


class Progress:
    """A bar on the terminal; nothing where nobody looks."""

    def __init__(self, verb: str, total: int = 0) -> None:
        """Take what is done, and how much there is if that is known."""
        self._verb, self._total = verb, total
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int) -> None:
        """Show how far it is."""
        if not self._shown:
            return
        bar = ""
        if self._total:
            full = WIDTH * min(done, self._total) // self._total
            bar = f"[{'#' * full}{'.' * (WIDTH - full)}] "
        print(f"\r{bar}{done:,} {self._verb}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def entry_fields(entry: Entry) -> dict[str, Any]:
    """Return a list as JSON has it."""
    from backend.exchange.writing import details_fields

    names = ("id", "name", "enabled", "terms", "version", "observe", "position")
    fields = {name: getattr(entry, name) for name in names}
    return {**fields, "level": entry.level.word, **details_fields(entry.defaults)}


def line(entry: Entry) -> str:
    """Return a list as a line for people."""
    switch = "off" if not entry.enabled else "obs" if entry.observe else "on "
    return f"{entry.id}  {entry.level.word:4}  {switch}  {entry.terms:>7} terms  {entry.name}"


def say_entry(entry: Entry, args: argparse.Namespace) -> int:
    """Print one list."""
    if args.json:
        return say_json(entry_fields(entry))
    print(line(entry))
    return 0


def say_change(done: Change, args: argparse.Namespace, more: dict[str, Any] | None = None) -> int:
    """Print what a change did."""
    if args.json:
        counts = {name: getattr(done, name) for name in ("added", "changed", "removed")}
        return say_json({**counts, **(more or {}), "list": entry_fields(done.list)})
    print(f"{done.list.name}: {done.added} added, {done.changed} changed, {done.removed} removed, ", end="")
    print(f"{done.list.terms} in all")
    return 0


def say_faults(found: Imported) -> None:
    """Print the lines that were not understood, and what else was not as it seems."""
    from backend.store.making import REASONS

    for fault in found.problems[:SHOWN]:
        print(f"not understood: line {fault.line}: {fault.text!r}: {REASONS[fault.reason]}", file=sys.stderr)
    if len(found.problems) > SHOWN:
        print(f"and {len(found.problems) - SHOWN} more; --json names them all", file=sys.stderr)
    if found.duplicates:
        print(f"{len(found.duplicates)} lines repeat a term; the last of each counts", file=sys.stderr)
    if found.ignored:
        print(f"columns that mean nothing here: {', '.join(found.ignored)}", file=sys.stderr)


def everyday_is_meant(terms: Sequence[Term], args: argparse.Namespace) -> bool:
    """Ask a person whether everyday words are meant; a script is told, and they are taken."""
    from backend.text.frequency import everyday

    found = [] if args.confirm else everyday(terms)
    if not found:
        return True
    for one in found[:SHOWN]:
        told = f"about {one.alarms:g} needless questions a week"
        print(f"everyday language: {one.text} ({told})", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"and {len(found) - SHOWN} more", file=sys.stderr)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    print("Take them all the same? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def say_json(value: Any) -> int:
    """Print JSON on one line."""
    print(json.dumps(value, ensure_ascii=False))
    return 0


def refuse(message: str) -> int:
    """Say why it was not done."""
    print(f"lists: {message}", file=sys.stderr)
    return 1


def say_preview(found: Imported, args: argparse.Namespace) -> int:
    """Print what an import would add; 1 where something was not understood."""
    from backend.exchange.writing import fields
    from backend.text.frequency import everyday

    common = everyday(found.terms)
    if args.json:
        faults = [{"line": one.line, "reason": one.reason, "text": one.text} for one in found.problems]
        repeated = [{"line": one.line, "before": one.before, "text": one.text} for one in found.duplicates]
        told = {"terms": [fields(term) for term in found.terms], "not_understood": faults, "repeated": repeated}
        say_json({**told, "ignored": list(found.ignored), "everyday": [one.text for one in common]})
    else:
        print(f"{len(found.terms)} terms understood, {len(found.problems)} lines not; nothing was changed")
        for term in found.terms[:SHOWN]:
            print(f"  {term.text}")
        if common:
            print(f"everyday language: {', '.join(one.text for one in common[:SHOWN])}")
        say_faults(found)
    return 1 if found.problems else 0
