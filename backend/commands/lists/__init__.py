"""``lists``: the user's own terms, made and changed from the command line.

A running server sees a change at its next check.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from backend.commands.lists import entries, files, past, words
from backend.commands.lists.arguments import DETAILS, LEVELS, action, confirm, details, filters, level, settings
from backend.commands.lists.saying import refuse
from backend.config import from_environment
from backend.model import FORMS
from backend.program import spoken

HELP = "make, fill, search, change, export and delete lists of your own terms"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; ``NAME`` is a list's name or its id."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    action(actions, "list", entries.list_all, "list the lists in their order")
    filters(action(actions, "show", words.show, "print or search the terms of a list", "name"))
    settings(action(actions, "create", entries.create, "make an empty list", "name"), "stop")
    changing = action(
        actions, "change", entries.change, "change a list's name, level, switches, or what its terms take over", "name"
    )
    settings(changing, None)
    changing.add_argument("--rename", help="the new name")
    switch = changing.add_mutually_exclusive_group()
    switch.add_argument("--on", dest="enabled", action="store_true", default=None, help="switch it on")
    switch.add_argument("--off", dest="enabled", action="store_false", help="switch it off")
    action(
        actions, "order", entries.order, "put lists in order; where two hold the same words, the first speaks", "names"
    )
    adding = action(actions, "add", words.add, "add terms to a list", "name", "terms")
    adding.add_argument("--form", choices=FORMS, default="word", help="how the terms are met (word)")
    level(adding, "another level than the list's", None)
    details(adding, DETAILS)
    confirm(adding)
    editing = action(actions, "edit", words.edit, "change or remove every term that the filter finds", "name")
    filters(editing, "where-")
    editing.add_argument("--form", choices=FORMS, help="how the terms are met")
    editing.add_argument("--level", choices=(*LEVELS, "list"), help="their level; list: the list's own")
    details(editing, DETAILS)
    editing.add_argument("--remove", action="store_true", help="remove them instead")
    action(actions, "remove", words.remove, "remove terms from a list", "name", "terms")
    action(actions, "delete", entries.delete, "delete a list with its terms and its history", "name")
    _transfer(actions)
    _looking_back(actions)


def _transfer(actions: Any) -> None:
    importing = action(
        actions, "import", files.import_file, "add the terms of a TXT, CSV, TSV, XLSX or JSON file", "file"
    )
    importing.add_argument("--name", help="the list to fill, made if need be (the file's name)")
    importing.add_argument("--preview", action="store_true", help="say what would be added, and change nothing")
    importing.add_argument("--replace", action="store_true", help="take the list's other terms away")
    level(importing, "the level of a list that is made (stop)", "stop")
    confirm(importing)
    exporting = action(actions, "export", files.export, "write a list to a file, or to output", "name")
    exporting.add_argument("--format", choices=("csv", "json", "tsv", "txt"), help="the kind (by the file's ending)")
    exporting.add_argument("--to", type=Path, metavar="FILE", help="where to write it")


def _looking_back(actions: Any) -> None:
    action(actions, "history", past.history, "show who changed a list, and when", "name")
    action(actions, "undo", past.undo, "take back the newest change of a list", "name")
    action(actions, "forget", past.forget, "forget a list's history and what it observed", "name")
    action(actions, "observed", past.observed, "show how often a list in observe mode would have asked", "name")
    common = action(actions, "common", words.common, "tell how common terms are in ordinary language", "terms")
    common.add_argument("--posts", type=float, default=50, help="posts that you write in a week (50)")
    common.add_argument("--words", type=float, default=40, help="words of a post (40)")


def run(args: argparse.Namespace) -> int:
    """Do it; exit status 1 when the list is not there, its name is taken, or a term cannot be used."""
    from backend.store import NotFound
    from backend.store.in_force import open_for
    from backend.store.making import BadTerm
    from backend.store.stale import NameTaken, NothingToUndo

    if args.action == "common":
        return words.common(args)
    store = open_for(from_environment())
    try:
        return int(args.do(store, args))
    except NotFound:
        return refuse(spoken("there is no list of that name; see: python -m backend lists list"))
    except NameTaken:
        return refuse("another list has that name")
    except NothingToUndo:
        return refuse("there is no change left that can be undone")
    except BadTerm as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("stopped; nothing was changed")
    finally:
        store.close()
