"""A real server for all attacks, in each mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks.target import Target
from tests.e2e.serving import Server


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The embedded default: one person, SQLite, waitress."""
    server = Server(tmp_path_factory.mktemp("attacked") / "data", SECONDLOOK_WARM="0")
    server.start()
    yield Target(server, "personal")
    server.stop()
