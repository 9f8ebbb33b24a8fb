"""What is tested of ``tests/backend/store/test_secrets.py``, on PostgreSQL."""

from tests.backend.store.test_secrets import *  # noqa: F403

del test_a_token_is_found_by_its_word_and_kept_only_as_a_hash, test_a_link_works_once  # noqa: F821 - look into a file
