"""What is tested of ``tests/backend/api/test_list_life.py``, on PostgreSQL."""

from tests.backend.api.test_list_life import *  # noqa: F403

del test_an_embargo_ends_while_the_server_runs  # noqa: F821 - a second later, where the database is a server
