"""A real server for all attacks, in each mode."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.attacks.target import Target
from tests.e2e.serving import Server


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The embedded default: one person, SQLite, waitress; where new files are open to all unless told otherwise."""
    place = tmp_path_factory.mktemp("attacked")
    temporary = place / "temporary"
    temporary.mkdir()
    server = Server(place / "data", SECONDLOOK_WARM="0", TMPDIR=str(temporary))
    before = os.umask(0)
    try:
        server.start()
    finally:
        os.umask(before)
    yield Target(server, "personal")
    server.stop()
