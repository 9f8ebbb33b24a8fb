"""A real database in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.config import Config
from backend.store import Store, open_store, prepare_folder


class Clock:
    """Seconds since 1970 that a test moves on."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config(tmp_path) -> Config:
    return Config(data=tmp_path / "data")


@pytest.fixture
def store(config, clock) -> Iterator[Store]:
    prepare_folder(config.data)
    store = open_store(config.database_url, clock=clock)
    yield store
    store.close()
