"""``check``: score a text, files, or many requests, one a line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from backend.documents import Library
from backend.evaluation.drafts import Answer, BadLine, Checker, lines, parse
from backend.model import CHANNELS, LANGUAGES, Policy, TermList
from backend.pipeline import Engine
from backend.request import CheckRequest
from backend.sealed import SealedList, shelf
from backend.wording import pick

HELP = "score a text, files, or many requests, one a line"
EXIT = {"clear": 0, "note": 0, "warn": 1, "stop": 1}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files to check; - reads text from input")
    parser.add_argument("--text", help="a text to check")
    parser.add_argument("--jsonl", action="store_true", help="read one check request a line, write one verdict a line")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    parser.add_argument("--channel", choices=CHANNELS, default="post", help="where it would be shared (post)")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the answer (from LANG, else en)")
    parser.add_argument(
        "--no-lists", action="store_true", help="leave out the lists, documents and policy of this installation"
    )


def run(args: argparse.Namespace) -> int:
    """Check; exit status 1 where something would be held, 0 otherwise, 2 for a call that makes no sense."""
    language = args.language or pick(os.environ.get("LANG", "en").replace("_", "-").partition(".")[0])
    if not args.jsonl and args.text is None and not args.files:
        print("check: give files, --text TEXT or --jsonl", file=sys.stderr)
        return 2
    engine = Engine.build() if args.no_lists else own_engine()
    with Checker(engine) as checker:
        if args.jsonl:
            return answer_lines(checker, sys.stdin, sys.stdout, language)
        return answer_person(checker, args, language)


def own_engine() -> Engine:
    """Return an engine with all that is set up on this installation."""
    engine = Engine.build(own_lists(), own_policy(), own_packs())
    return engine.with_documents(own_documents()).with_sealed(own_sealed())


def _files() -> Path:
    """Return where sealed lists, packs and the key of documents are; of a team's server up to date."""
    from backend.config import from_environment

    config = from_environment()
    if config.files == config.data:
        return config.data
    from backend.store.in_force import open_for
    from backend.team import files

    store = open_for(config)
    try:
        return files.of(config, store).folder
    finally:
        store.close()


def own_packs() -> tuple[Path, ...]:
    """Return the folder of this installation's own packs, if it has any."""
    from backend.subscriptions import packs

    return packs.folders(_files())


def own_policy() -> Policy | None:
    """Return the policy of this installation, if it has one."""
    from backend.config import from_environment

    config = from_environment()
    if not config.database and not (config.data / "secondlook.sqlite3").exists():
        return None
    from backend.store import policy_in_force

    return policy_in_force(config)


def own_lists() -> tuple[TermList, ...]:
    """Return the lists of this installation, if it has any; a database is looked at, never made."""
    from backend.config import from_environment

    config = from_environment()
    if not config.database and not (config.data / "secondlook.sqlite3").exists():
        return ()
    from backend.store import lists_in_force

    return lists_in_force(config)


def own_documents() -> Library | None:
    """Return the registered documents of this installation, if it has any."""
    from backend.config import from_environment

    config = from_environment()
    if not (_files() / "documents.key").exists():
        return None
    from backend.registration.shelves import library_in_force

    return library_in_force(config)


def own_sealed() -> list[SealedList]:
    """Return the sealed lists of this installation."""
    return shelf.read_all(_files())


def answer_lines(checker: Checker, source: TextIO, target: TextIO, language: str) -> int:
    """Answer every line of ``source`` with one line of ``target``, in order; a bad line gets an ``error``."""
    for line in lines(source):
        print(json.dumps(_answered(checker, line, language), ensure_ascii=False), file=target, flush=True)
    return 0


def _answered(checker: Checker, line: str, language: str) -> dict[str, Any]:
    try:
        request, fields = parse(line)
    except BadLine as error:
        return _with_ref(_ref(line), {"error": {"title": "Not a check request", "detail": str(error), "status": 422}})
    answer = checker.check(request, (Path(name) for name in fields.get("files", [])))
    return _with_ref(fields, shape(checker, answer, language))


def _ref(line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _with_ref(fields: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    return {"ref": fields["ref"], **answer} if "ref" in fields else answer


def shape(checker: Checker, answer: Answer, language: str) -> dict[str, Any]:
    """Return an answer in the shape of the contract."""
    return {**checker.engine.catalogue.verdict(answer.verdict, language), "elapsed_ms": answer.elapsed_ms}


def answer_person(checker: Checker, args: argparse.Namespace, language: str) -> int:
    """Print what a person wants to read about a text and files."""
    paths = [path for path in args.files if str(path) != "-"]
    text = args.text if args.text is not None else ""
    if len(paths) < len(args.files):
        text += sys.stdin.read()
    answer = checker.check(CheckRequest(text=text, channel=args.channel), paths)
    told = shape(checker, answer, language)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
        return EXIT[told["level"]]
    # What could not be read is never called clear.
    said = "not all checked" if told["level"] == "clear" and told["gaps"] else told["level"]
    print(f"{said}  {told['score']}  ({told['elapsed_ms']:.1f} ms)")
    for finding in told["findings"]:
        print(f"\n{finding['level']}: {finding['title']}  [{finding['rule']}]")
        print(f"  {finding['reason']}\n  {finding['advice']}")
        for place in finding["places"][:5]:
            print(f"  - {_where(place)}")
    for gap in told["gaps"]:
        print(f"\nnot checked: {gap['part']}: {gap['message']}")
    return EXIT[told["level"]]


def _where(place: dict[str, Any]) -> str:
    page = f", page {place['page']}" if "page" in place else ""
    if "box" in place:
        return f"{place['part']}{page}, box {place['box']}"
    if "start" in place:
        return f"{place['part']}{page}, characters {place['start']} to {place['end']}"
    return f"{place['part']}{page}"
