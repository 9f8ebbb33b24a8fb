"""What is tested of ``tests/backend/api/test_list_life.py``, on PostgreSQL."""

from tests.backend.api.test_list_life import *  # noqa: F403

del test_an_embargo_ends_while_the_server_runs  # noqa: F821 - a second later, where the database is a server
del test_a_list_that_observes_counts_drafts_and_never_interrupts  # noqa: F821 - a team is told totals over ten people
