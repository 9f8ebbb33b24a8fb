"""The store: all SQL of the product, one noun a module.

Each module has plain functions that take the :class:`Store` first, for example
``lists.read(store, id)``.
"""

from backend.store.database import NotFound, Store, open_store

__all__ = ["NotFound", "Store", "open_store"]
