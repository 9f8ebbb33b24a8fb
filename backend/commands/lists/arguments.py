"""What the actions of ``lists`` take."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from backend.model import CHANNELS

if TYPE_CHECKING:
    from backend.store.search import Filter

LEVELS = ("note", "warn", "stop")
WHO = "command line"
LIMITS = ("languages", "channels", "sites", "valid_from", "valid_until")
DETAILS = (*LIMITS, "score", "category", "note", "exceptions")
_DETAIL_HELP = {
    "languages": "counts only in these, for example en,vi",
    "channels": f"counts only in these: {', '.join(CHANNELS)}",
    "sites": "counts only on these sites and below them, for example x.com",
    "valid_from": "the first day on which it counts, for example 2026-11-24",
    "valid_until": "the last day on which it counts",
    "score": "0 to 100, in place of a level",
    "category": "a short word of your own, for example customer",
    "note": "what you want to be told with it",
    "exceptions": "words in or near which it does not count, with | between",
}
_FILTERS = {
    "search": "stands in the words, the note or the category",
    "form": "how it is met",
    "level": "its own level; list: it has none",
    "category": "its category",
    "language": "counts in this language",
    "channel": "counts in this channel",
    "site": "counts on this site",
    "valid_on": "counts on this day",
    "ended_before": "its last day lies before this one",
}


def action(actions: Any, name: str, do: Callable[..., int], help: str, *arguments: str) -> argparse.ArgumentParser:
    """Add an action with its arguments."""
    parser: argparse.ArgumentParser = actions.add_parser(name, help=help)
    for argument in arguments:
        many = argument in ("terms", "names")
        parser.add_argument(argument, metavar=argument.upper().rstrip("S"), nargs="+" if many else None)
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.set_defaults(do=do)
    return parser


def level(parser: argparse.ArgumentParser, help: str, default: str | None) -> None:
    """Add ``--level``."""
    parser.add_argument("--level", choices=LEVELS, default=default, help=help)


def settings(parser: argparse.ArgumentParser, usual: str | None) -> None:
    """Add what a list has."""
    level(parser, "how loudly its terms speak" + (f" ({usual})" if usual else ""), usual)
    observing = parser.add_mutually_exclusive_group()
    observing.add_argument("--observe", action="store_true", default=None, help="count only, and never interrupt")
    observing.add_argument("--speak", dest="observe", action="store_false", help="end the observe mode")
    details(parser, LIMITS)


def details(parser: argparse.ArgumentParser, names: Sequence[str]) -> None:
    """Add an option for each detail of a term."""
    for name in names:
        parser.add_argument("--" + name.replace("_", "-"), help=_DETAIL_HELP[name] + "; empty: no limit")


def filters(parser: argparse.ArgumentParser, prefix: str = "") -> None:
    """Add an option for each condition of a filter."""
    for name, help in _FILTERS.items():
        flag = f"--{prefix}{name}".replace("_", "-")
        parser.add_argument(flag, dest=f"where_{name}", default="", help=f"only terms: {help}")


def confirm(parser: argparse.ArgumentParser) -> None:
    """Add ``--confirm``."""
    parser.add_argument("--confirm", action="store_true", help="take everyday words without being asked")


def filter_of(args: argparse.Namespace) -> Filter:
    """Return the filter of the options."""
    from backend.store.search import ALL, Filter

    found = Filter(**{name: getattr(args, f"where_{name}") for name in _FILTERS})
    return ALL if found == ALL else found


def chosen(args: argparse.Namespace, names: Sequence[str]) -> dict[str, Any]:
    """Return those of the options that were given."""
    return {name: getattr(args, name) for name in names if getattr(args, name) is not None}
