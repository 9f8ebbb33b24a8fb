"""What is tested of ``tests/backend/api/test_lists.py``, on PostgreSQL."""

from tests.backend.api.test_lists import *  # noqa: F403

del test_another_process_sees_the_change_at_its_next_check  # noqa: F821 - a second later, where the database is a server
