"""The actions of ``lists`` on terms."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from backend.commands.lists.arguments import DETAILS, WHO, chosen, filter_of
from backend.commands.lists.saying import entry_fields, everyday_is_meant, refuse, say_change, say_json
from backend.model import Term

if TYPE_CHECKING:
    from backend.store import Store


def show(store: Store, args: argparse.Namespace) -> int:
    """Print the terms that a filter finds."""
    from backend.exchange.writing import fields
    from backend.store import lists, terms

    entry = lists.find(store, args.name)
    found = terms.matching(store, entry.id, filter_of(args))
    if args.json:
        return say_json({**entry_fields(entry), "terms": [fields(term) for term in found]})
    for term in found:
        print(term.text)
    return 0


def add(store: Store, args: argparse.Namespace) -> int:
    """Add terms to a list."""
    from backend.store import lists, terms
    from backend.store.making import BadTerm, term_of

    entry, made = lists.find(store, args.name), []
    for number, text in enumerate(args.terms, 1):
        try:
            made.append(term_of({"text": text, "form": args.form, "level": args.level, **chosen(args, DETAILS)}))
        except BadTerm as error:
            return refuse(f"term {number} cannot be used: {error}")
    if not everyday_is_meant(made, args):
        return refuse("nothing was added")
    return say_change(terms.change(store, entry.id, add=made, who=WHO), args)


def edit(store: Store, args: argparse.Namespace) -> int:
    """Change every term that a filter finds."""
    from backend.store import lists, terms
    from backend.store.editing import BadEdit, columns_of

    entry, wanted = lists.find(store, args.name), filter_of(args)
    given = chosen(args, (*DETAILS, "form", "level"))
    if given.get("level") == "list":
        given |= {"level": None, "score": None}
    if bool(given) == args.remove:
        return refuse("say what shall change, for example --level warn, or --remove")
    try:
        changes = None if args.remove else columns_of(store, entry.id, wanted, given)
    except BadEdit as error:
        return refuse(f"{error.field} cannot be so: {error.reason.replace('_', ' ')} {error.text}".strip())
    return say_change(terms.edit(store, entry.id, wanted, changes, who=WHO), args)


def remove(store: Store, args: argparse.Namespace) -> int:
    """Remove terms."""
    from backend.store import lists, terms

    done = terms.change(store, lists.find(store, args.name).id, remove=args.terms, who=WHO)
    say_change(done, args)
    return 0 if done.removed else 1


def common(args: argparse.Namespace) -> int:
    """Tell how common terms are."""
    from backend.text.frequency import of_terms

    found = of_terms(map(Term, args.terms), args.posts, args.words)
    if args.json:
        return say_json({"terms": [{**asdict(one), "everyday": one.everyday} for one in found]})
    for one in found:
        share = f"one word in {1 / one.frequency:,.0f} ({one.language})" if one.frequency else "rare"
        print(f"{one.text}: {share}, about {one.alarms:g} needless questions a week{'  everyday' * one.everyday}")
    return 0
