"""What is tested of ``tests/backend/api/test_policy.py``, on PostgreSQL."""

from tests.backend.api.test_policy import *  # noqa: F403
