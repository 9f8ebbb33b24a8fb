"""``audit``: what administrators and list editors of a team did; written out, and its chain computed again."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.commands import action, with_store

if TYPE_CHECKING:
    from backend.store import Store
    from backend.store.audit import Entry, Fault, Head

HELP = "show what administrators and list editors did, write it out, or prove that none of it was changed"
REASONS = {
    "changed": "entry {} is not as it was written, or another stands in its place",
    "missing": "entry {} is missing",
    "cut": "entry {}, which was there, is missing with all that came after it",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = action(actions, "list", _list, "show the newest entries")
    listing.add_argument("--limit", type=int, default=50, help="how many (50)")
    action(actions, "export", _export, "write all entries to standard output, one a line as JSON")
    verifying = action(actions, "verify", _verify, "compute the chain again; 1 where it does not hold")
    verifying.add_argument("file", nargs="?", metavar="FILE", help="an export: it must hold, and be in the log still")
    verifying.add_argument("--head", default="", help="a number and hash that was kept (NUMBER:HASH)")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    return with_store(args)


def _list(store: Store, args: argparse.Namespace) -> int:
    from backend.store import audit

    found, total = audit.read_page(store, limit=max(1, args.limit))
    if args.json:
        print(json.dumps({"entries": [_shown(one) for one in found], "total": total}, ensure_ascii=False))
        return 0
    for one in reversed(found):
        print(f"{one.id:6} {one.at}  {one.who:24} {one.action:24} {one.subject}  {_told(one)}".rstrip())
    if not found:
        print("nothing yet", file=sys.stderr)
    return 0


def _told(entry: Entry) -> str:
    return ", ".join(f"{name} {value}" for name, value in json.loads(entry.detail).items() if value not in ("", None))


def _export(store: Store, args: argparse.Namespace) -> int:
    from backend.store import audit

    last = None
    for last in audit.read_all(store):
        print(json.dumps(_shown(last), ensure_ascii=False))
    if last is not None:
        print(f"keep this elsewhere: {last.id}:{last.hash}", file=sys.stderr)
    return 0


def _verify(store: Store, args: argparse.Namespace) -> int:
    """Compute the chain of the log again, of a file first if there is one; the log must go on from the file's end."""
    from backend.store import audit

    faults: list[Fault] = []
    where = "the file"
    try:
        kept = _head(args.head)
        if args.file:
            end, faults = audit.verify(_entries(Path(args.file)), kept)
            kept = end if kept is None or end.id >= kept.id else kept
    except (OSError, ValueError, LookupError, TypeError):
        print("audit: that is neither an export nor NUMBER:HASH", file=sys.stderr)
        return 2
    found = audit.head(store)
    if not faults:
        where = "the log"
        found, faults = audit.verify(audit.read_all(store), kept)
    if args.json:
        told = [{"id": one.id, "reason": one.reason} for one in faults]
        print(json.dumps({"holds": not faults, "where": where, "faults": told, "head": f"{found.id}:{found.hash}"}))
    for one in () if args.json else faults[:20]:
        print(f"{where}: {REASONS[one.reason].format(one.id)}")
    if not faults and not args.json:
        print(f"{found.id} entries, unbroken. Head: {found.id}:{found.hash}")
    return 1 if faults else 0


def _head(text: str) -> Head | None:
    from backend.store.audit import Head

    number, _, hash = text.partition(":")
    return Head(int(number), hash.strip().lower()) if text else None


def _entries(path: Path) -> Iterator[Entry]:
    from backend.store.audit import Entry

    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            detail = json.dumps(row["detail"], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
            person = str(row["person"])
            facts = {name: str(row[name]) for name in ("at", "who", "action", "subject", "previous", "hash")}
            yield Entry(int(row["id"]), detail=detail, person_id=person, **facts)


def _shown(entry: Entry) -> dict[str, Any]:
    from backend.api.audit import shown

    return shown(entry)
