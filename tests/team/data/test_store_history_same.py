"""What is tested of ``tests/backend/store/test_history.py``, on PostgreSQL."""

from tests.backend.store.test_history import *  # noqa: F403

del test_a_history_that_is_forgotten_keeps_no_words  # noqa: F821 - looks into the file of SQLite
