"""``policy``: show it, keep it as a TOML file, begin from a profile, answer four questions.

A running server sees a change at its next check.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from backend.commands import action
from backend.commands.policy import asking, changing, showing
from backend.commands.policy.saying import refuse
from backend.config import from_environment

HELP = "show, export, import and change the policy, or begin from a profile"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    action(actions, "show", showing.show, "print what is not as usual")
    exporting = action(actions, "export", showing.export, "write the policy as a TOML file, or to output")
    exporting.add_argument("--to", type=Path, metavar="FILE", help="where to write it")
    diffing = action(actions, "diff", changing.diff, "show what a TOML file (- for input) or a profile would change")
    diffing.add_argument("what", metavar="FILE|PROFILE")
    importing = action(actions, "import", changing.take_file, "put a TOML file (- for input) in force")
    importing.add_argument("file", metavar="FILE")
    _confirm(importing)
    profile = action(actions, "profile", changing.take_profile, "put a profile in force; without one, list them")
    profile.add_argument("profile", nargs="?", metavar="PROFILE")
    _confirm(profile)
    assistant = action(actions, "assistant", asking.assistant, "answer four questions, and have a policy")
    assistant.add_argument("--language", choices=("en", "vi", "zh"), help="of the questions (by your system)")
    assistant.add_argument(
        "--answer", action="append", default=[], metavar="QUESTION=ANSWER", help="answer ahead, for example who=company"
    )
    _confirm(assistant)
    rule = action(actions, "rule", changing.voice, "let a rule speak as usual, never louder than a dot, or not at all")
    rule.add_argument("rule", metavar="RULE")
    rule.add_argument("speaks", choices=("usual", "quiet", "off"))
    _own(actions)


def _own(actions: Any) -> None:
    adding = action(actions, "own", changing.own_data, "list, add or forget data of your own that are fine to share")
    what = adding.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="NAME", help="call it NAME; what it is, is asked or read from input")
    what.add_argument("--forget", metavar="NAME", help="forget it; a name or an id")


def _confirm(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="put it in force without being asked")


def run(args: argparse.Namespace) -> int:
    """Do it; exit status 1 where a file is no policy, or a person did not want it after all."""
    from backend.policy.own import NotOwn
    from backend.policy.table import BadPolicy
    from backend.store.in_force import open_for
    from backend.store.stale import Stale

    store = open_for(from_environment())
    try:
        return int(args.do(store, args))
    except (BadPolicy, NotOwn) as error:
        return refuse(str(error))
    except Stale:
        return refuse("somebody else has changed the policy meanwhile; look again")
    except UnicodeDecodeError:
        return refuse("the file is not UTF-8")
    except OSError as error:
        return refuse(f"{error.filename}: {error.strerror}")
    finally:
        store.close()
