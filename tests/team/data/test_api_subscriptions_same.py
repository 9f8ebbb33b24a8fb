"""What is tested of ``tests/backend/api/test_subscriptions.py``, on PostgreSQL."""

from tests.backend.api.test_subscriptions import *  # noqa: F403
