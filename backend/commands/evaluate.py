"""``evaluate``: recall, false alarms and latency over labelled drafts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backend.commands.check import own_lists
from backend.evaluation.drafts import BadLine, Checker, lines, parse
from backend.evaluation.score import GROUPINGS, Outcome, Tally, by_rule, tallies, worst
from backend.model import Level
from backend.pipeline import Engine

HELP = "measure recall, false alarms and latency on labelled drafts"
COLUMNS = ("drafts", "leaks", "recall", "precision", "fine", "note_per_1000", "warn_per_1000", "stop_per_1000")
GAPS = ("gaps",)
TIMES = ("p50_ms", "p99_ms")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--json", action="store_true", help="print all figures as one JSON object")
    parser.add_argument("--own-lists", action="store_true", help="with the lists of this installation")
    parser.add_argument("--sentences", action="store_true", help="with the optional sentence model")
    parser.add_argument("--outcomes", action="store_true", help="print ref, label, level and score of every line")


def run(args: argparse.Namespace) -> int:
    """Print the figures; exit status 2 where a line cannot be used."""
    engine = Engine.build(own_lists() if args.own_lists else (), sentences=args.sentences)
    with Checker(engine) as checker:
        try:
            found = [outcome for path in args.files for outcome in outcomes(checker, path)]
        except (BadLine, OSError) as error:
            print(f"evaluate: {error}", file=sys.stderr)
            return 2
    if args.outcomes:
        for one in found:
            print(json.dumps(_line(one), ensure_ascii=False))
    elif args.json:
        print(json.dumps(report(found), ensure_ascii=False, indent=1))
    else:
        print_tables(found)
    return 0


def outcomes(checker: Checker, path: Path) -> Iterator[Outcome]:
    """Yield the outcome of every line of one file; raises ``BadLine`` naming file and line."""
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(lines(stream), 1):
            try:
                yield outcome(checker, path, number, line)
            except BadLine as error:
                raise BadLine(f"{path}:{number}: {error}") from None


def outcome(checker: Checker, path: Path, number: int, line: str) -> Outcome:
    """Return the outcome of one line; files are looked for beside the file that names them."""
    request, fields = parse(line)
    names = fields.get("files") or ([fields["file"]] if isinstance(fields.get("file"), str) else [])
    answer = checker.check(request, (path.parent / name for name in names))
    verdict = answer.verdict
    leak, expected = label(fields)
    return Outcome(
        ref=str(fields.get("ref") or fields.get("id") or fields.get("file") or f"{path.name}:{number}"),
        leak=leak,
        expected=expected,
        level=verdict.level,
        score=verdict.score,
        elapsed_ms=answer.elapsed_ms,
        rules=tuple((one.rule, one.category, one.level) for one in verdict.findings),
        groups=_groups(path, fields, request.channel),
        gaps=len(verdict.gaps),
    )


def _groups(path: Path, fields: dict[str, Any], channel: str) -> dict[str, str]:
    """Return the groups that a line counts in; ``lang`` is the text's language, else the one the draft says."""
    named = {name: str(fields[name]) for name in GROUPINGS if name in fields}
    language = fields.get("lang") or fields.get("language")
    return {"file": path.stem, **({"lang": str(language)} if language else {}), **named, "channel": channel}


def label(fields: dict[str, Any]) -> tuple[bool | None, Level | None]:
    """Return whether a line is a leak and which level it expects; raises ``BadLine`` where it says neither."""
    expected = fields.get("expect")
    if expected is not None:
        try:
            return None, Level.named(str(expected))
        except ValueError:
            raise BadLine("expect is no level") from None
    if "label" in fields:
        if fields["label"] not in ("leak", "fine"):
            raise BadLine("label must be leak or fine")
        return fields["label"] == "leak", None
    if "kind" in fields and "file" in fields:
        return not str(fields["kind"]).endswith("_negative"), None
    raise BadLine("the line has neither label nor expect")


def report(found: list[Outcome]) -> dict[str, Any]:
    """Return all figures."""
    groups = {
        name: {group: tally.figures() for group, tally in sorted(tally_by.items())}
        for name, tally_by in tallies(found).items()
    }
    return {"figures": groups, "rules": by_rule(found), **worst(found)}


def _line(one: Outcome) -> dict[str, Any]:
    expected = one.expected.word if one.expected is not None else ("leak" if one.leak else "fine")
    rules = [rule for rule, _, _ in one.rules]
    return {"ref": one.ref, "label": expected, "level": one.level.word, "score": one.score, "rules": rules}


def print_tables(found: list[Outcome]) -> None:
    """Print the figures for people."""
    for name, groups in tallies(found).items():
        print(f"\nby {name}" if name != "all" else "all drafts")
        columns = (*COLUMNS, *(["level_met"] if any(one.expected is not None for one in found) else []), *GAPS, *TIMES)
        print(f"{'':28}" + "".join(f"{column:>15}" for column in columns))
        for group, tally in sorted(groups.items()):
            print(_row(group, tally, columns))
    counted = ("leaks", "fine", "alone", "precision", "fine_per_1000")
    print(f"\n{'category or rule (at warn or above)':44}" + "".join(f"{name:>15}" for name in counted))
    for rule, counts in by_rule(found).items():
        print(f"{rule:44}" + "".join(f"{'-' if counts[name] is None else counts[name]:>15}" for name in counted))
    for title, told in worst(found).items():
        print(f"\nworst {title.replace('_', ' ')}")
        for one in told:
            print(f"  {one['ref']:40} {one['level']:6} {one['score']:>3}  {', '.join(one['rules'])}")


def _row(group: str, tally: Tally, columns: tuple[str, ...]) -> str:
    figures = tally.figures()
    cells = ("-" if figures[column] is None else figures[column] for column in columns)
    return f"{group[:27]:28}" + "".join(f"{cell:>15}" for cell in cells)
