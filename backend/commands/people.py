"""``people``: who is in the team; invite somebody, give another role, shut out, remove.

Whoever has the server's own machine needs no account for this: it is how the first administrator comes in.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from backend.commands import action
from backend.config import Config, StartError, from_environment
from backend.people import codes
from backend.people.roles import MEMBER, ROLES
from backend.program import spoken

if TYPE_CHECKING:
    from backend.store import Store

HELP = "list and invite the people of a team, change their roles, shut them out or remove them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    action(actions, "list", _list, "show who is in the team, and who is invited")
    inviting = action(actions, "invite", _invite, "print a link and a code that let somebody join, once")
    inviting.add_argument("name", help="somebody new, or somebody who is there with --device")
    inviting.add_argument("--role", choices=ROLES, default=MEMBER, help="what they may do (member)")
    inviting.add_argument("--days", type=int, choices=range(1, 31), default=7, metavar="1-30", help="how long (7)")
    inviting.add_argument("--device", action="store_true", help="one more device, or a browser, of somebody there")
    role = action(actions, "role", _role, "give somebody another role")
    disabling = action(actions, "disable", _disable, "shut somebody out at once")
    disabling.add_argument("--off", action="store_true", help="let them in again")
    removing = action(actions, "remove", _remove, "remove somebody, with their devices and personal lists")
    for one in (role, disabling, removing):
        one.add_argument("person", help="a name, a sign-in name or an id")
    role.add_argument("role", choices=ROLES)


def run(args: argparse.Namespace) -> int:
    """Do it; 1 where the person is not known, or is the last administrator."""
    from backend.store import NotFound, people
    from backend.store.database import Author
    from backend.store.in_force import open_for

    config = from_environment()
    if not config.is_team:
        raise StartError(spoken("This server is one person's own. Set SECONDLOOK_TEAM=1 for people with roles."))
    store = open_for(config).by(Author("command line"))
    try:
        return int(args.do(store, config, args))
    except NotFound:
        print("nobody, or more than one, is called so; take the id of: people list --json", file=sys.stderr)
    except people.LastAdministrator:
        print("that is the last administrator; make somebody else one first", file=sys.stderr)
    finally:
        store.close()
    return 1


def _list(store: Store, _config: Config, args: argparse.Namespace) -> int:
    from backend.store import invitations, people

    found, invited = people.read_all(store), invitations.read_all(store)
    if args.json:
        told = {"people": [asdict(one) for one in found], "invitations": [asdict(one) for one in invited]}
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for one in found:
        print(f"{one.id}  {one.role:13}  {'shut out' if one.disabled else '':8}  {one.name}")
    for waiting in invited:
        print(f"{'invited':16}  {waiting.role:13}  {'':8}  {waiting.name}")
    if not found and not invited:
        print(spoken("nobody; begin: python -m backend people invite NAME --role administrator"), file=sys.stderr)
    return 0


def _invite(store: Store, config: Config, args: argparse.Namespace) -> int:
    from backend.http import running
    from backend.store import invitations, people

    person = people.find(store, args.name) if args.device else None
    name, role = (person.name, person.role) if person else (args.name.strip()[:100], args.role)
    id = person.id if person else None
    code, one = invitations.make(store, name, role, "command line", person_id=id, days=args.days)
    _note(store, "invitation.make", name, id=one.id, role=role, days=args.days)
    told = {"link": f"{config.public or running.address(config)}/join?once={code}", "code": codes.spaced(code)}
    print(json.dumps(told) if args.json else f"link  {told['link']}\ncode  {told['code']}")
    return 0


def _role(store: Store, _config: Config, args: argparse.Namespace) -> int:
    return _change(store, args, role=args.role)


def _disable(store: Store, _config: Config, args: argparse.Namespace) -> int:
    return _change(store, args, disabled=not args.off)


def _change(store: Store, args: argparse.Namespace, **changes: Any) -> int:
    from backend.store import people

    person = people.change(store, people.find(store, args.person).id, **changes)
    _note(store, "person.change", person.name, id=person.id, **changes)
    print(json.dumps(asdict(person), ensure_ascii=False) if args.json else f"{person.name}: {_state(person)}")
    return 0


def _state(person: Any) -> str:
    return "shut out" if person.disabled else str(person.role)


def _remove(store: Store, _config: Config, args: argparse.Namespace) -> int:
    from backend.store import people

    person = people.remove(store, people.find(store, args.person).id)
    _note(store, "person.remove", person.name, id=person.id)
    print(json.dumps({"removed": person.id}) if args.json else f"removed {person.name}")
    return 0


def _note(store: Store, action: str, subject: str, **detail: Any) -> None:
    from backend.store import audit

    with store.write() as connection:
        audit.note(store, connection, action, subject, **detail)
