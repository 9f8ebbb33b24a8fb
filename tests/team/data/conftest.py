"""The store and the API on a real PostgreSQL: one database for all tests, emptied before each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.config import Config
from backend.store import Store, open_store
from backend.store.tables import metadata
from tests.backend.api.conftest import (  # noqa: F401 - the same fixtures, on another database
    app,
    client,
    clock,
    other,
    page,
    stranger,
    token,
)

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def migrated(postgres) -> Iterator[Store]:
    """One database that is up to date; ``C``, where the letters of English alone are known, as the hardest case."""
    store = open_store(postgres.database())
    yield store
    store.close()


@pytest.fixture
def store(migrated, clock) -> Iterator[Store]:  # noqa: F811
    with migrated.write() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # past the guard of the audit log
        # Deleting little costs less than to truncate, which makes each table's file anew.
        connection.exec_driver_sql("; ".join(f"DELETE FROM {name}" for name in metadata.tables if name != "versions"))
        connection.execute(text("UPDATE versions SET value = 0"))
    found = Store(migrated.engine, clock=clock)
    yield found
    found.close()


@pytest.fixture
def config(tmp_path, migrated) -> Config:
    url = migrated.engine.url.render_as_string(hide_password=False)
    return Config(data=tmp_path / "data", database=url, open_browser=False, warm=False)


CHECKED_BEFORE = (
    "refuses_what",
    "names_the_key",
    "is_not_proposed",
    "not_found",
    "name_that_is_none",
    "half_a_character",
)
"""Parts of the names of tests in which nothing reaches the database."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [one for one in items if one.path.parent != HERE or not any(part in one.name for part in CHECKED_BEFORE)]
