"""The command line: ``python -m backend COMMAND``; commands are found by folder.

Only the module of the command that is called is loaded, except for ``--help``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from backend import __version__, commands, program

INTERRUPTED = 130


def names() -> list[str]:
    """Return the name of every command."""
    return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))


def load(name: str) -> ModuleType:
    """Return the module of a command: ``HELP``, ``add_arguments(parser)``, ``run(args) -> int``."""
    return importlib.import_module(f"{commands.__name__}.{name}")


def parser_for(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser that knows the command that is called, or all of them when none is."""
    parser = argparse.ArgumentParser(prog=program.command(), description="A second look at what you share.")
    parser.add_argument("--version", action="version", version=f"Second Look {__version__}")
    known = names()
    called = [name for name in arguments[:1] if name in known]
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in called or known:
        module = load(name)
        own = choices.add_parser(name, help=module.HELP, description=module.HELP[:1].upper() + module.HELP[1:] + ".")
        module.add_arguments(own)
        own.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 something found or refused, 2 a wrong call."""
    from backend.config import StartError

    given = sys.argv[1:] if arguments is None else list(arguments)
    _speak_utf8()
    args = parser_for(given).parse_args(given)
    try:
        return int(args.run(args))
    except StartError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing more to say, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _speak_utf8() -> None:
    """Write UTF-8 also where the console's own code page could not carry the words (Windows)."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
