"""What is tested of ``tests/backend/api/test_pairings.py``, on PostgreSQL."""

from tests.backend.api.test_pairings import *  # noqa: F403
