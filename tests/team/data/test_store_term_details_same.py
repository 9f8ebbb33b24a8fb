"""What is tested of ``tests/backend/store/test_term_details.py``, on PostgreSQL."""

from tests.backend.store.test_term_details import *  # noqa: F403
