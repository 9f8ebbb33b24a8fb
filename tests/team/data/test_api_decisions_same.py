"""What is tested of ``tests/backend/api/test_decisions.py``, on PostgreSQL."""

from tests.backend.api.test_decisions import *  # noqa: F403
