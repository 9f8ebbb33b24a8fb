"""What is tested of ``tests/backend/api/test_terms.py``, on PostgreSQL."""

from tests.backend.api.test_terms import *  # noqa: F403

del test_it_takes_a_hundred_thousand_terms_at_once  # noqa: F821 - an import of as many is tried here
