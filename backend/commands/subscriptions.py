"""``subscriptions``: lists and packs that others publish; and the tools to publish some.

Nothing is fetched unless ``SECONDLOOK_SUBSCRIPTIONS=1`` allows it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.commands import action
from backend.config import Config, StartError, from_environment

if TYPE_CHECKING:
    from backend.store import Store
    from backend.store.subscriptions import Subscription

HELP = "follow lists and packs that others publish, or sign your own"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; ``WHICH`` is a subscription's name, address or id."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    adding = action(actions, "add", _add, "subscribe; nothing takes effect yet")
    adding.add_argument("url", metavar="URL", help="https://…, with #KEY behind it or --key")
    adding.add_argument("--key", default="", help="the public key that signs it")
    action(actions, "list", _list, "list the subscriptions")
    checking = action(actions, "check", _check, "ask for newer versions, and show what they would change")
    checking.add_argument("which", nargs="*", metavar="WHICH", help="all, where none is named")
    applying = action(actions, "apply", _apply, "put the version that waits in force")
    applying.add_argument("which", metavar="WHICH")
    applying.add_argument("--yes", action="store_true", help="without being asked")
    action(actions, "remove", _remove, "end a subscription, with what it brought").add_argument(
        "which", metavar="WHICH"
    )
    _publishing(actions)


def _publishing(actions: Any) -> None:
    making = action(actions, "key", _make_key, "make a key to sign with; its public half is printed")
    making.add_argument("file", type=Path, metavar="FILE", help="where the secret half is kept")
    signing = action(actions, "sign", _sign, "sign a list, a sealed list or a pack for others")
    signing.add_argument("what", metavar="LIST|FILE", help="one of your lists, a .sealed file or a pack (.toml)")
    signing.add_argument("--with", dest="secret", type=Path, required=True, metavar="KEYFILE", help="the secret key")
    signing.add_argument("--version", dest="number", type=int, required=True, help="higher than the one before")
    signing.add_argument("--name", help="what others will see it called")
    signing.add_argument("--to", type=Path, required=True, metavar="FILE", help="the file to publish")


def run(args: argparse.Namespace) -> int:
    """Do it; exit status 1 where something is not there or was not taken."""
    from backend.store import NotFound
    from backend.store.in_force import open_for
    from backend.store.stale import NameTaken, Stale
    from backend.subscriptions.parcel import BadParcel
    from backend.subscriptions.signing import BadKey
    from backend.subscriptions.words import message

    config = from_environment()
    store = open_for(config)
    try:
        return int(args.do(config, store, args))
    except NotFound:
        return _refuse("there is none of that name; see: python -m backend subscriptions list")
    except NameTaken:
        return _refuse("that address is subscribed to already")
    except Stale:
        return _refuse("nothing waits; see: python -m backend subscriptions check")
    except BadParcel as error:
        return _refuse(message(error.reason, "en"))
    except BadKey as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}")
    finally:
        store.close()


def _add(_config: Config, store: Store, args: argparse.Namespace) -> int:
    from backend.subscriptions import following

    return _say(following.subscribe(store, args.url, args.key), args)


def _list(_config: Config, store: Store, args: argparse.Namespace) -> int:
    from backend.store import subscriptions

    found = subscriptions.read_all(store)
    if args.json:
        print(json.dumps({"subscriptions": [_shape(one) for one in found]}, ensure_ascii=False))
        return 0
    for one in found:
        _say(one, args)
    if not found:
        print("no subscriptions", file=sys.stderr)
    return 0


def _check(config: Config, store: Store, args: argparse.Namespace) -> int:
    from backend.store import subscriptions
    from backend.subscriptions import following

    if not config.subscriptions:
        raise StartError("Fetching from elsewhere is switched off. Allow it with SECONDLOOK_SUBSCRIPTIONS=1.")
    named = [subscriptions.find(store, which) for which in args.which]
    asked = [
        following.ask(store, _folder(config, store), one, private=config.subscriptions_private)
        for one in named or subscriptions.read_all(store)
    ]
    for one in asked:
        _say(one, args)
    return 1 if any(one.problem for one in asked) else 0


def _apply(config: Config, store: Store, args: argparse.Namespace) -> int:
    from backend.store import subscriptions
    from backend.store.stale import Stale
    from backend.subscriptions import following

    one = subscriptions.find(store, args.which)
    found = following.waiting(one)
    if found is None:
        raise Stale("subscription")
    if not args.yes:
        _say_waiting(one, sys.stderr)
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return _refuse("nothing was changed; put it in force with --yes")
        print("Put this in force? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            return 1
    return _say(following.take(store, _folder(config, store), one, found[0].version), args)


def _remove(config: Config, store: Store, args: argparse.Namespace) -> int:
    from backend.store import subscriptions
    from backend.subscriptions import following

    one = subscriptions.find(store, args.which)
    following.end(store, _folder(config, store), one)
    if args.json:
        print(json.dumps({"removed": one.id}))
    return 0


def _make_key(_config: Config, _store: Store, args: argparse.Namespace) -> int:
    from backend.subscriptions import signing

    secret, public = signing.new_key()
    # Never over another key: what was signed with that could not be followed any more.
    handle = os.open(args.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    print(json.dumps({"key": public}) if args.json else public)
    return 0


def _sign(_config: Config, store: Store, args: argparse.Namespace) -> int:
    from backend.subscriptions import parcel, publishing, signing

    secret = args.secret.read_text(encoding="utf-8").strip()
    kind, name, content = publishing.of(store, args.what)
    data = parcel.seal(secret, kind, args.name or name, args.number, content)
    parcel.opened(data, signing.public_of(secret))  # what nobody could take is not written
    args.to.write_bytes(data)
    shape = {"kind": kind, "name": args.name or name, "version": args.number, "key": signing.public_of(secret)}
    if args.json:
        print(json.dumps(shape, ensure_ascii=False))
    else:
        print(f"{args.to}: {kind} {shape['name']}, version {args.number}")
        print(f"publish it, and give away its address with #{shape['key']} behind it")
    return 0


def _shape(one: Subscription) -> dict[str, Any]:
    from dataclasses import asdict

    from backend.subscriptions import following

    names = ("id", "url", "key", "kind", "name", "version", "checked", "problem")
    found = following.waiting(one)
    waiting = {"name": found[0].name, "version": found[0].version, **asdict(found[1])} if found else None
    return {**{name: getattr(one, name) for name in names}, "waiting": waiting}


def _say(one: Subscription, args: argparse.Namespace) -> int:
    from backend.subscriptions.words import message

    if args.json:
        print(json.dumps(_shape(one), ensure_ascii=False))
        return 0
    state = f"{one.kind} {one.name}, version {one.version}" if one.version else "nothing in force"
    print(f"{one.id}  {one.url}  {state}")
    if one.problem:
        print(f"  {message(one.problem, 'en')}")
    _say_waiting(one)
    return 0


def _say_waiting(one: Subscription, file: Any = None) -> None:
    from backend.subscriptions import following

    found = following.waiting(one)
    if found is None:
        return
    parcel, changes = found
    told = f"{changes.added} more, {changes.changed} changed, {changes.removed} fewer"
    print(f"  waits: {parcel.kind} {parcel.name}, version {parcel.version}: {told}", file=file)
    for sign, text in changes.samples:
        print(f"  {sign} {text}", file=file)


def _refuse(message: str) -> int:
    print(f"subscriptions: {message}", file=sys.stderr)
    return 1


def _folder(config: Config, store: Store) -> Path:
    """Return where packs and sealed lists are, up to date where a team's servers share them."""
    from backend.team import files

    return files.of(config, store).folder
