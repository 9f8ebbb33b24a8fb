"""What is tested of ``tests/backend/store/test_lists.py``, on PostgreSQL."""

from tests.backend.store.test_lists import *  # noqa: F403
