"""``sealed``: make sealed lists of open ones, and take those of others into use.

A running server sees a change at its next check.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from backend.commands import action
from backend.config import Config, from_environment
from backend.files import Files, Folder
from backend.program import spoken
from backend.sealed import BadSeal, SealedList, dumps, lasting, loads, seal, shelf

HELP = "make lists whose terms cannot be read back, and use those of others"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; ``LIST`` is a list's name or its id."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    making = _action(actions, "make", _make, "seal one of your lists into a file to give away", "list", "file")
    making.add_argument("--name", help="what others will see it called (the list's name)")
    _action(actions, "add", _add, "take a sealed list into use", "file")
    _action(actions, "list", _list, "list the sealed lists in use")
    _action(actions, "remove", _remove, "use a sealed list no longer", "list")


def _action(
    actions: Any, name: str, do: Callable[[Config, argparse.Namespace], int], help: str, *arguments: str
) -> argparse.ArgumentParser:
    parser = action(actions, name, do, help)
    for argument in arguments:
        parser.add_argument(argument, metavar=argument.upper(), type=Path if argument == "file" else str)
    return parser


def run(args: argparse.Namespace) -> int:
    """Do it; exit status 1 where a list or a file is not there or is none."""
    try:
        return int(args.do(from_environment(), args))
    except BadSeal:
        return _refuse(f"{args.file} is no sealed list")
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}")


def _make(config: Config, args: argparse.Namespace) -> int:
    from backend.store import NotFound, lists
    from backend.store.in_force import open_for

    store = open_for(config)
    try:
        entry = lists.find(store, args.list)
        opened = lists.term_list(store, entry)
        terms = lasting(opened, store.day())
    except NotFound:
        return _refuse(spoken("there is no list of that name; see: python -m backend lists list"))
    finally:
        store.close()
    made, left_out = seal(args.name or opened.name, opened.level, terms)
    if not made.terms:
        return _refuse(
            "none of its terms can be sealed: only whole words, exact terms and parts of words, until their last day"
        )
    handle = os.open(args.file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(dumps(made))
    if left_out and not args.json:
        print(f"{left_out} terms were left out: misspellings and expressions cannot be sealed", file=sys.stderr)
    return _say(made, args, left_out=left_out)


def _add(config: Config, args: argparse.Namespace) -> int:
    sealed = loads(args.file.read_bytes())
    with _place(config) as place:
        shelf.keep(place, sealed)
    return _say(sealed, args)


def _list(config: Config, args: argparse.Namespace) -> int:
    with _place(config) as place:
        found = shelf.read_all(place.folder)
    if args.json:
        print(json.dumps({"sealed": [_shape(one) for one in found]}, ensure_ascii=False))
        return 0
    for one in found:
        _say(one, args)
    return 0


def _remove(config: Config, args: argparse.Namespace) -> int:
    with _place(config) as place:
        found = [one for one in shelf.read_all(place.folder) if args.list in (one.name, one.id)]
        if not found:
            return _refuse(spoken("there is no sealed list of that name; see: python -m backend sealed list"))
        shelf.remove(place, found[0].id)
    return 0


@contextmanager
def _place(config: Config) -> Iterator[Files]:
    """Give the files of this installation; a database is opened only where servers share them."""
    if config.files == config.data:
        yield Folder(config.data)
        return
    from backend.store.in_force import open_for
    from backend.team import files

    store = open_for(config)
    try:
        yield files.of(config, store)
    finally:
        store.close()


def _shape(one: SealedList) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "level": one.level.word, "hashes": len(one.terms)}


def _say(one: SealedList, args: argparse.Namespace, **more: int) -> int:
    if args.json:
        print(json.dumps({**_shape(one), **more}, ensure_ascii=False))
    else:
        print(f"{one.id}  {one.level.word:4}  {len(one.terms):>7} hashes  {one.name}")
    return 0


def _refuse(message: str) -> int:
    print(f"sealed: {message}", file=sys.stderr)
    return 1
