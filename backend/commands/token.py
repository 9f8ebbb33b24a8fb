"""``token``: make, list and revoke the tokens that let a device in; mint a welcome link."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from backend.config import from_environment
from backend.people.roles import ADMINISTRATOR, ROLES

if TYPE_CHECKING:
    from backend.store import Store

HELP = "make a token and print it, list or revoke tokens, or print a welcome link"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--link", action="store_true", help="print a link to the welcome page that works once")
    parser.add_argument("--name", default="command line", help="what the new token is called in the list")
    parser.add_argument("--role", choices=ROLES, default=ADMINISTRATOR, help="what it may (administrator)")
    parser.add_argument("--person", metavar="PERSON", help="whose it is: a name or an id; it may at most what they may")
    parser.add_argument("--days", type=_days, metavar="DAYS", help="days after which it ends (when it is revoked)")
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
            return _mint(store, args)
    finally:
        store.close()
    return 0


def _days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 3650:
        raise argparse.ArgumentTypeError("write a number of days, 1 to 3650")
    return int(text)


def _mint(store: Store, args: argparse.Namespace) -> int:
    from backend.store import NotFound, people, tokens

    try:
        person_id = people.find(store, args.person).id if args.person else None
    except NotFound:
        print(f"nobody, or more than one, is called {args.person}", file=sys.stderr)
        return 1
    expires = store.clock() + args.days * tokens.DAY if args.days else None
    name = args.name[:100] or "command line"
    _say("token", tokens.mint(store, name, person_id=person_id, role=args.role, expires=expires)[0], args.json)
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


def _revoke(store: Store, id: str, as_json: bool) -> int:
    from backend.store import NotFound, tokens

    try:
        tokens.revoke(store, id)
    except NotFound:
        print(f"no token in force has the id {id}", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps({"revoked": id}))
    return 0
