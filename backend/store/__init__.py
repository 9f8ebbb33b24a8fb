"""The store: all SQL of the product, one noun a module.

Each module has plain functions that take the :class:`Store` first, for example
``lists.read(store, id)``.
"""

from backend.store.database import NotFound, Store, open_store, prepare_folder
from backend.store.in_force import lists_in_force, policy_in_force

__all__ = ["NotFound", "Store", "lists_in_force", "open_store", "policy_in_force", "prepare_folder"]
