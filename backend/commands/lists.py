"""``lists``: the user's own terms, made and changed from the command line.

A running server sees a change at its next check.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.config import from_environment
from backend.model import FORMS, Level, Term

if TYPE_CHECKING:
    from backend.store import Store
    from backend.store.lists import Entry
    from backend.store.terms import Change

HELP = "make, fill, show and delete lists of your own terms"
LEVELS = ("note", "warn", "stop")
SHOWN_FAULTS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; ``NAME`` is a list's name or its id."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _action(actions, "list", _list, "list the lists")
    _action(actions, "show", _show, "print the terms of a list", "name")
    creating = _action(actions, "create", _create, "make an empty list", "name")
    _level(creating, "how loudly its terms speak (stop)", "stop")
    changing = _action(actions, "change", _change, "change a list's name, level or switch", "name")
    _level(changing, "how loudly its terms speak", None)
    changing.add_argument("--rename", help="the new name")
    switch = changing.add_mutually_exclusive_group()
    switch.add_argument("--on", dest="enabled", action="store_true", default=None, help="switch it on")
    switch.add_argument("--off", dest="enabled", action="store_false", help="switch it off")
    adding = _action(actions, "add", _add, "add terms to a list", "name", "terms")
    adding.add_argument("--form", choices=FORMS, default="word", help="how the terms are met (word)")
    _level(adding, "another level than the list's", None)
    _action(actions, "remove", _remove, "remove terms from a list", "name", "terms")
    _action(actions, "delete", _delete, "delete a list with its terms", "name")
    importing = _action(actions, "import", _import, "add the terms of a TXT, CSV, TSV or JSON file", "file")
    importing.add_argument("--name", help="the list to fill, made if need be (the file's name)")
    _level(importing, "the level of a list that is made (stop)", "stop")


def run(args: argparse.Namespace) -> int:
    """Do it; exit status 1 when the list is not there, its name is taken, or a term cannot be used."""
    from backend.store import NotFound
    from backend.store.in_force import open_for
    from backend.store.lists import NameTaken

    store = open_for(from_environment())
    try:
        return int(args.do(store, args))
    except NotFound:
        return _refuse("there is no list of that name; see: python -m backend lists list")
    except NameTaken:
        return _refuse("another list has that name")
    finally:
        store.close()


def _action(
    actions: Any, name: str, do: Callable[[Store, argparse.Namespace], int], help: str, *arguments: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=help)
    for argument in arguments:
        parser.add_argument(argument, metavar=argument.upper().rstrip("S"), nargs="+" if argument == "terms" else None)
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.set_defaults(do=do)
    return parser


def _level(parser: argparse.ArgumentParser, help: str, default: str | None) -> None:
    parser.add_argument("--level", choices=LEVELS, default=default, help=help)


def _list(store: Store, args: argparse.Namespace) -> int:
    from backend.store import lists

    found = lists.read_all(store)
    if args.json:
        return _say_json({"lists": [_entry(entry) for entry in found]})
    for entry in found:
        print(_line(entry))
    if not found:
        print("no lists yet; make one: python -m backend lists create NAME", file=sys.stderr)
    return 0


def _show(store: Store, args: argparse.Namespace) -> int:
    from backend.store import lists

    entry = lists.find(store, args.name)
    terms = lists.term_list(store, entry).terms
    if args.json:
        return _say_json({**_entry(entry), "terms": [_term(term) for term in terms]})
    for term in terms:
        print(term.text)
    return 0


def _create(store: Store, args: argparse.Namespace) -> int:
    from backend.store import lists

    if not 0 < len(args.name.strip()) <= 100:
        return _refuse("a list's name has 1 to 100 characters")
    return _say_entry(lists.create(store, args.name, Level.named(args.level)), args)


def _change(store: Store, args: argparse.Namespace) -> int:
    from backend.store import lists

    wanted = {"name": args.rename, "level": args.level and Level.named(args.level), "enabled": args.enabled}
    changes = {name: value for name, value in wanted.items() if value is not None}
    return _say_entry(lists.change(store, lists.find(store, args.name).id, changes), args)


def _add(store: Store, args: argparse.Namespace) -> int:
    from backend.store import lists, terms
    from backend.store.imports import make_term

    made = [make_term(text, args.form, args.level) for text in args.terms]
    if None in made:
        return _refuse(f"term {made.index(None) + 1} cannot be used: it has nothing to see, or is too long")
    entry = lists.find(store, args.name)
    return _say_change(terms.change(store, entry.id, add=[term for term in made if term]), args)


def _remove(store: Store, args: argparse.Namespace) -> int:
    from backend.store import lists, terms

    done = terms.change(store, lists.find(store, args.name).id, remove=args.terms)
    _say_change(done, args)
    return 0 if done.removed else 1


def _delete(store: Store, args: argparse.Namespace) -> int:
    from backend.store import lists

    lists.remove(store, lists.find(store, args.name).id)
    return 0


def _import(store: Store, args: argparse.Namespace) -> int:
    from backend.store import NotFound, imports, lists, terms

    path = Path(args.file)
    try:
        found = imports.read(path.name, path.read_bytes())
    except OSError as error:
        return _refuse(f"{path} cannot be read: {error.strerror}")
    except ValueError:
        return _refuse(f"{path} is not JSON with a list of terms")
    name = (args.name or path.stem)[:100]
    try:
        entry = lists.find(store, name)
    except NotFound:
        entry = lists.create(store, name, Level.named(args.level))
    done = terms.change(store, entry.id, add=found.terms)
    _say_change(done, args, {"not_understood": list(found.faults)})
    if found.faults and not args.json:
        numbers = ", ".join(map(str, found.faults[:SHOWN_FAULTS]))
        more = f" and {len(found.faults) - SHOWN_FAULTS} more" if len(found.faults) > SHOWN_FAULTS else ""
        print(f"not understood: line {numbers}{more}", file=sys.stderr)
    return 1 if found.faults else 0


def _entry(entry: Entry) -> dict[str, Any]:
    fields = {name: getattr(entry, name) for name in ("id", "name", "enabled", "terms", "version")}
    return {**fields, "level": entry.level.word}


def _term(term: Term) -> dict[str, Any]:
    return {"text": term.text, "form": term.form, "level": term.level.word if term.level else None}


def _line(entry: Entry) -> str:
    return (
        f"{entry.id}  {entry.level.word:4}  {'on ' if entry.enabled else 'off'}  {entry.terms:>7} terms  {entry.name}"
    )


def _say_entry(entry: Entry, args: argparse.Namespace) -> int:
    if args.json:
        return _say_json(_entry(entry))
    print(_line(entry))
    return 0


def _say_change(done: Change, args: argparse.Namespace, more: dict[str, Any] | None = None) -> int:
    if args.json:
        counts = {name: getattr(done, name) for name in ("added", "changed", "removed")}
        return _say_json({**counts, **(more or {}), "list": _entry(done.list)})
    print(f"{done.list.name}: {done.added} added, {done.changed} changed, {done.removed} removed, ", end="")
    print(f"{done.list.terms} in all")
    return 0


def _say_json(value: Any) -> int:
    print(json.dumps(value, ensure_ascii=False))
    return 0


def _refuse(message: str) -> int:
    print(f"lists: {message}", file=sys.stderr)
    return 1
