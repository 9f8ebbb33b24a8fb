"""``completion``: a script by which a shell completes commands, actions and options.

It is made from the commands themselves, so it knows what they know.
"""

from __future__ import annotations

import argparse
import json

HELP = "print a script by which bash, zsh or fish completes what you type"
NAME = "secondlook"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shell", choices=("bash", "fish", "zsh"), help="the shell it is for")
    parser.add_argument("--for", dest="name", default=NAME, metavar="NAME", help=f"what you type ({NAME}), or an alias")
    parser.add_argument("--json", action="store_true", help="print what is known instead, as JSON")


def run(args: argparse.Namespace) -> int:
    """Print it."""
    from backend.__main__ import parser_for
    from backend.commands.completion import scripts
    from backend.commands.completion.known import nodes

    if not args.name.isascii() or not args.name.replace("-", "").replace("_", "").isalnum():
        print("completion: a name has letters, digits, - and _")
        return 2
    found = nodes(parser_for(()))
    if args.json:
        print(json.dumps({" ".join(node.path): node.told() for node in found}, ensure_ascii=False))
    else:
        print({"bash": scripts.bash, "zsh": scripts.zsh, "fish": scripts.fish}[args.shell](found, args.name), end="")
    return 0
