"""The actions of ``lists`` that read and write files."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from backend.commands.lists.arguments import WHO
from backend.commands.lists.saying import (
    Progress,
    entry_fields,
    everyday_is_meant,
    refuse,
    say_change,
    say_faults,
    say_json,
    say_preview,
)
from backend.model import Level

if TYPE_CHECKING:
    from backend.store import Store
    from backend.store.imports import Imported
    from backend.store.terms import Change


def import_file(store: Store, args: argparse.Namespace) -> int:
    """Add the terms of a file."""
    from backend.exchange.reading import CannotRead, read

    path = Path(args.file)
    progress = Progress("read")
    try:
        found = read(path.name, path.read_bytes(), progress)
    except OSError as error:
        return refuse(f"{path} cannot be read: {error.strerror}")
    except CannotRead as error:
        return refuse(f"{path}: {error}")
    finally:
        progress.end()
    if args.preview:
        return say_preview(found, args)
    if not everyday_is_meant(found.terms, args):
        return refuse("nothing was added")
    done = _bring_in(store, (args.name or path.stem)[:100], found, args)
    repeated = [asdict(one) for one in found.duplicates]
    say_change(done, args, {"not_understood": list(found.faults), "repeated": repeated, "ignored": list(found.ignored)})
    if not args.json:
        say_faults(found)
    return 1 if found.faults else 0


def _bring_in(store: Store, name: str, found: Imported, args: argparse.Namespace) -> Change:
    """Add the terms to a list, which is made if need be, and unmade if that is stopped half-way."""
    from backend.store import NotFound, lists, terms

    try:
        entry, is_new = lists.find(store, name), False
    except NotFound:
        entry, is_new = lists.create(store, name, Level.named(args.level), who=WHO), True
    put = terms.replace if args.replace else terms.change
    progress = Progress("written", len(found.terms))
    try:
        return put(store, entry.id, found.terms, who=WHO, action="imported", progress=progress)
    except BaseException:
        if is_new:
            lists.remove(store, entry.id)
        raise
    finally:
        progress.end()


def export(store: Store, args: argparse.Namespace) -> int:
    """Write a list to a file."""
    from backend.exchange.writing import KINDS, write
    from backend.store import lists, terms
    from backend.store.search import ALL

    entry = lists.find(store, args.name)
    ending = args.to.suffix[1:].lower() if args.to else ""
    kind = args.format or (ending if ending in KINDS else "csv")
    content = write(kind, terms.matching(store, entry.id, ALL), {**entry_fields(entry), "terms": []})
    if args.to is None:
        sys.stdout.write(content.decode())
        return 0
    try:
        args.to.write_bytes(content)
    except OSError as error:
        return refuse(f"{args.to} cannot be written: {error.strerror}")
    return say_json({"written": str(args.to), "terms": entry.terms}) if args.json else 0
