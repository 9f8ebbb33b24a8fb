"""``token``: make, list and revoke the tokens that let a device in; mint a welcome link."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from backend.config import from_environment

HELP = "make a token and print it, list or revoke tokens, or print a welcome link"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--link", action="store_true", help="print a link to the welcome page that works once")
    parser.add_argument("--name", default="command line", help="what the new token is called in the list")
    actions = parser.add_subparsers(dest="action", metavar="list|revoke")
    listing = actions.add_parser("list", help="list the tokens in force")
    revoking = actions.add_parser("revoke", help="put a token out of force at once")
    revoking.add_argument("id", help="the token's id, as listed")
    for one in (parser, listing, revoking):
        one.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Do it; without an action the token alone goes to standard output."""
    from backend.http import running
    from backend.store import links, tokens
    from backend.store.in_force import open_for

    config = from_environment()
    store = open_for(config)
    try:
        if args.link:
            _say("link", f"{running.address(config)}/welcome?once={links.mint(store)}", args.json)
        elif args.action == "list":
            _print_all(tokens.read_all(store), args.json)
        elif args.action == "revoke":
            return _revoke(store, args.id, args.json)
        else:
            _say("token", tokens.mint(store, args.name[:100] or "command line")[0], args.json)
    finally:
        store.close()
    return 0


def _say(name: str, word: str, as_json: bool) -> None:
    print(json.dumps({name: word}) if as_json else word)


def _print_all(found: list, as_json: bool) -> None:  # type: ignore[type-arg]
    if as_json:
        print(json.dumps([asdict(token) for token in found], ensure_ascii=False))
        return
    for token in found:
        print(f"{token.id}  made {token.created}  last used {token.last_used or 'never':10}  {token.name}")
    if not found:
        print("no tokens", file=sys.stderr)


def _revoke(store: object, id: str, as_json: bool) -> int:
    from backend.store import NotFound, Store, tokens

    assert isinstance(store, Store)
    try:
        tokens.revoke(store, id)
    except NotFound:
        print(f"no token in force has the id {id}", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps({"revoked": id}))
    return 0
