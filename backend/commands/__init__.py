"""The command line's commands: one module each, found by folder.

A module has ``HELP``, ``add_arguments(parser)`` and ``run(args) -> int``.  It imports
the web and the database only inside ``run``, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def action(actions: Any, name: str, do: Callable[..., int], help: str) -> argparse.ArgumentParser:
    """Declare an action of a command, which can answer as JSON; ``args.do`` does it."""
    parser: argparse.ArgumentParser = actions.add_parser(name, help=help)
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.set_defaults(do=do)
    return parser


def with_store(args: argparse.Namespace) -> int:
    """Do an action with the store of this installation."""
    from backend.config import from_environment
    from backend.store.in_force import open_for

    store = open_for(from_environment())
    try:
        return int(args.do(store, args))
    finally:
        store.close()
