"""What is tested of ``tests/backend/api/test_documents.py``, on PostgreSQL."""

from tests.backend.api.test_documents import *  # noqa: F403

del test_documents_of_another_key_say_so, test_no_word_of_it_is_kept  # noqa: F821 - look into the data folder
