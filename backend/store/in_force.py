"""What an installation has in force, for callers outside the server."""

from __future__ import annotations

from backend.config import Config
from backend.model import Policy, TermList
from backend.store import lists, policies
from backend.store.database import Author, Store, open_store, prepare_folder

COMMAND_LINE = Author("command line")
"""Who changes something by a command, as the audit log of a team names them."""


def open_for(config: Config, author: Author | None = COMMAND_LINE) -> Store:
    """Open the store of an installation, made if need be; raises :class:`backend.config.StartError`."""
    if not config.database:
        prepare_folder(config.data)
    store = open_store(config.database_url)
    return store.by(author) if config.is_team else store


def lists_in_force(config: Config, day: str | None = None) -> tuple[TermList, ...]:
    """Return the lists of an installation with the terms that count on a day (today)."""
    store = open_for(config)
    try:
        return tuple(lists.term_list(store, entry, day or store.day()) for entry in lists.read_all(store))
    finally:
        store.close()


def policy_in_force(config: Config) -> Policy:
    """Return the policy of an installation."""
    store = open_for(config)
    try:
        return policies.read(store)[0]
    finally:
        store.close()
