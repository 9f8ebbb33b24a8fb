"""``documents``: register what should not be quoted, and say what may be.

Only keyed fingerprints are kept.  A running server sees a change at its next check.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.config import Config, from_environment
from backend.program import spoken

if TYPE_CHECKING:
    from backend.registration import Register
    from backend.store import Store
    from backend.store.documents import Entry

HELP = "register documents, list and forget them, watch folders, say what is public"
MOST_LOOSE = 50
"""Documents after which the files are written anew, so that a server need not do it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; ``WHAT`` is a document's name or its id."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    adding = _action(actions, "add", _add, "register files, folders, or text from input (-)", "paths")
    adding.add_argument("--name", help="what to call it, where it is one file (the file's name)")
    adding.add_argument("--public", action="store_true", help="it may be quoted, also where another document has it")
    _action(actions, "list", _list, "list the documents")
    _action(actions, "remove", _remove, "forget documents", "what")
    renaming = _action(actions, "rename", _rename, "call a document something else", "name")
    renaming.add_argument("new", metavar="NEW", help="its new name")
    marking = _action(
        actions, "public", _public, "say that documents, or files not yet registered, may be quoted", "what"
    )
    marking.add_argument("--off", action="store_true", help="say that they may not, after all")
    watching = _action(actions, "watch", _watch, "register a folder and watch it; without one, list those watched")
    watching.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    watching.add_argument("--public", action="store_true", help="what is in it may be quoted")
    watching.add_argument("--stop", action="store_true", help="watch it no longer; its documents stay")


def _action(
    actions: Any, name: str, do: Callable[[Desk, argparse.Namespace], int], help: str, *arguments: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=help)
    for argument in arguments:
        is_many = argument in ("paths", "what")
        metavar = {"paths": "PATH"}.get(argument, argument.upper())
        parser.add_argument(argument, metavar=metavar, nargs="+" if is_many else None)
    parser.add_argument("--json", action="store_true", help="answer as JSON, one document a line where there are many")
    parser.set_defaults(do=do)
    return parser


class Desk:
    """What the actions work with."""

    def __init__(self, config: Config, store: Store) -> None:
        """Open what belongs to one installation."""
        from backend.registration import Register, Shelves
        from backend.team import files

        self.config, self.store = config, store
        folder = files.of(config, store).folder
        self.register: Register = Register(store, folder)
        self.shelves = Shelves(store, folder)

    def close(self) -> None:
        """End the reader, and put the files in order."""
        self.register.close()
        self.shelves.tidy()


def run(args: argparse.Namespace) -> int:
    """Do it; exit status 1 where a document is not there or could not be registered."""
    from backend.store import NotFound
    from backend.store.in_force import open_for

    config = from_environment()
    store = open_for(config)
    desk = Desk(config, store)
    try:
        return int(args.do(desk, args))
    except NotFound:
        return _refuse(spoken("there is no document of that name; see: python -m backend documents list"))
    except OSError as error:
        return _refuse(f"{error.filename or 'the data folder'}: {error.strerror or error}")
    finally:
        desk.close()
        store.close()


def _add(desk: Desk, args: argparse.Namespace) -> int:
    if args.paths == ["-"]:
        return _add_text(desk, args)
    paths = list(_files(args.paths))
    if args.name and len(paths) != 1:
        return _refuse("--name is for one file")
    return _register(desk, paths, args)


def _files(names: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield each file with the name it will have; those of a folder are named from that folder on."""
    from backend.registration.watching import files_below

    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from ((found.relative_to(path).as_posix(), found) for found in files_below(path))
        else:
            yield path.name, path


def _register(desk: Desk, paths: list[tuple[str, Path]], args: argparse.Namespace) -> int:
    from backend.registration import Failed

    bar, failed = Bar(len(paths), not args.json), 0
    for number, (name, path) in enumerate(paths):
        bar.begin(number, name)
        try:
            entry = desk.register.file(args.name or name, _bytes(desk, path), public=args.public, tell=bar.tell)
            _say_registered(entry, bar, args)
        except Failed as failure:
            failed += 1
            _say_failed(str(path), failure.problem, bar, args)
        if number % MOST_LOOSE == MOST_LOOSE - 1:
            desk.shelves.tidy()
    bar.end()
    return 1 if failed else 0


def _bytes(desk: Desk, path: Path) -> bytes:
    from backend.registration import Failed

    try:
        if path.stat().st_size > desk.config.max_file:
            raise Failed("too_large")
        return path.read_bytes()
    except OSError:
        raise Failed("unreadable") from None


def _add_text(desk: Desk, args: argparse.Namespace) -> int:
    from backend.registration import Failed

    bar = Bar(1, False)
    try:
        entry = desk.register.text(args.name or "text", sys.stdin.read(), public=args.public)
    except Failed as failure:
        _say_failed(args.name or "text", failure.problem, bar, args)
        return 1
    _say_registered(entry, bar, args)
    return 0


def _list(desk: Desk, args: argparse.Namespace) -> int:
    from backend.store import documents

    found = documents.read_all(desk.store)
    if args.json:
        print(json.dumps({"documents": [_shape(entry) for entry in found]}, ensure_ascii=False))
        return 0
    for entry in found:
        print(_line(entry))
    if not found:
        print(spoken("no documents yet; register one: python -m backend documents add FILE"), file=sys.stderr)
    return 0


def _remove(desk: Desk, args: argparse.Namespace) -> int:
    from backend.store import documents

    for entry in [documents.find(desk.store, name) for name in args.what]:
        documents.remove(desk.store, entry.id)
        _say(entry, "forgotten", args)
    return 0


def _rename(desk: Desk, args: argparse.Namespace) -> int:
    from backend.store import documents
    from backend.store.documents import LONGEST_NAME

    if not 0 < len(args.new.strip()) <= LONGEST_NAME:
        return _refuse(f"a document's name has 1 to {LONGEST_NAME} characters")
    entry = documents.change(desk.store, documents.find(desk.store, args.name).id, {"name": args.new})
    _say(entry, "renamed", args)
    return 0


def _public(desk: Desk, args: argparse.Namespace) -> int:
    from backend.store import NotFound, documents

    unknown = []
    for name in args.what:
        try:
            entry = documents.find(desk.store, name)
        except NotFound:
            if args.off or not Path(name).exists():
                raise
            unknown.append(name)
            continue
        _say(documents.change(desk.store, entry.id, {"public": not args.off}), "changed", args)
    if not unknown:
        return 0
    args.name, args.public = None, True
    return _register(desk, list(_files(unknown)), args)


def _watch(desk: Desk, args: argparse.Namespace) -> int:
    from backend.store import NotFound, folders

    watched = folders.read_all(desk.store)
    if args.folder is None:
        for one in watched:
            shape = {"id": one.id, "path": one.path, "public": one.public}
            print(json.dumps(shape, ensure_ascii=False) if args.json else f"{one.id}  {one.path}")
        return 0
    path = args.folder.expanduser().absolute()
    if args.stop:
        known = next((one for one in watched if one.path == str(path) or one.id == str(args.folder)), None)
        if known is None:
            raise NotFound("folder")
        folders.remove(desk.store, known.id)
        return 0
    if not path.is_dir():
        return _refuse(f"there is no folder {path}")
    return _look(desk, folders.add(desk.store, str(path), args.public), args)


def _look(desk: Desk, folder: Any, args: argparse.Namespace) -> int:
    """Register what is in a folder now; a running server looks again every few minutes."""
    from backend.registration.watching import changed, take
    from backend.store import documents

    paths = changed(desk.store, folder)
    bar, failed = Bar(len(paths), not args.json), 0
    for number, path in enumerate(paths):
        bar.begin(number, path.name)
        seen = take(desk.store, desk.register, folder, path, desk.config.max_file, bar.tell)
        if seen.problem:
            failed += 1
            _say_failed(str(path), seen.problem, bar, args)
        elif seen.document:
            _say_registered(documents.read(desk.store, seen.document), bar, args)
    bar.end()
    return 1 if failed else 0


class Bar:
    """How far it is, on a terminal; silent where the output goes elsewhere."""

    def __init__(self, total: int, is_wanted: bool) -> None:
        """Take the number of files."""
        self._total = max(1, total)
        self._is_shown = is_wanted and sys.stderr.isatty()
        self._number, self._name = 0, ""

    def begin(self, number: int, name: str) -> None:
        """Tell that a file has begun."""
        self._number, self._name = number, name
        self.tell(0, 1, "")

    def tell(self, done: int, total: int, unit: str) -> None:
        """Tell how far the file is."""
        if not self._is_shown:
            return
        share = (self._number + done / max(1, total)) / self._total
        filled = round(30 * share)
        part = f" {done}/{total} {unit}" if unit and total > 1 else ""
        sys.stderr.write(f"\r\x1b[K[{'#' * filled}{'.' * (30 - filled)}] {share:4.0%} {self._name[:40]}{part}")
        sys.stderr.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _shape(entry: Entry) -> dict[str, Any]:
    names = ("id", "name", "public", "characters", "day")
    return {**{name: getattr(entry, name) for name in names}, "gaps": list(entry.gaps)}


def _line(entry: Entry) -> str:
    kind = "public" if entry.public else "secret"
    gaps = f"  (not all was read: {', '.join(entry.gaps)})" if entry.gaps else ""
    return f"{entry.id}  {kind}  {entry.characters:>9,} characters  {entry.name}{gaps}"


def _say_registered(entry: Entry, bar: Bar, args: argparse.Namespace) -> None:
    bar.end()
    print(json.dumps(_shape(entry), ensure_ascii=False) if args.json else _line(entry), flush=True)


def _say_failed(name: str, problem: str, bar: Bar, args: argparse.Namespace) -> None:
    from backend.registration.words import message

    bar.end()
    if args.json:
        print(json.dumps({"path": name, "problem": problem}, ensure_ascii=False), flush=True)
    else:
        print(f"{name}: {message(problem, 'en')}", file=sys.stderr)


def _say(entry: Entry, done: str, args: argparse.Namespace) -> None:
    print(json.dumps(_shape(entry), ensure_ascii=False) if args.json else f"{done}: {_line(entry)}")


def _refuse(message: str) -> int:
    print(f"documents: {message}", file=sys.stderr)
    return 1
