"""What is tested of ``tests/backend/api/test_tokens.py``, on PostgreSQL."""

from tests.backend.api.test_tokens import *  # noqa: F403
