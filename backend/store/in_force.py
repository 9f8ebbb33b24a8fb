"""What an installation has in force, for callers outside the server."""

from __future__ import annotations

from backend.config import Config
from backend.model import Policy, TermList
from backend.store import lists, policies
from backend.store.database import Store, open_store, prepare_folder


def open_for(config: Config) -> Store:
    """Open the store of an installation, made if need be; raises :class:`backend.config.StartError`."""
    if not config.database:
        prepare_folder(config.data)
    return open_store(config.database_url)


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
