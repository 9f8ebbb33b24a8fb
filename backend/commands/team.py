"""``team``: what the servers and workers of a team share."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from backend.config import StartError

HELP = "make the secret that a team's servers and workers share"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    making = actions.add_parser("secret", help="write a new secret into a file that only its owner can read")
    making.add_argument("file", type=Path, metavar="FILE", help="for SECONDLOOK_SECRET_FILE; one that is there stays")
    making.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Make it; the secret itself is printed nowhere."""
    from backend.team import secret

    was = args.file.exists()
    try:
        secret.make(args.file)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StartError(f"The secret cannot be written: {args.file} ({reason}).") from None
    if args.json:
        print(json.dumps({"file": str(args.file), "made": not was}))
    else:
        print(f"{args.file} was there already and stays as it is" if was else f"{args.file} is made; copy it to each")
    return 0
