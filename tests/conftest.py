"""What holds for every test: CI skips nothing, open test sets may be absent, one PostgreSQL and one Playwright do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from backend.jobs import Jobs
from backend.pipeline import Engine
from tests.team.machines import Postgres, Redis, postgres_programs

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The open test sets, which are not part of the product."""
    if not CORPORA.is_dir():
        pytest.skip("the open test sets are not beside the checkout")
    return CORPORA


@pytest.fixture(scope="session")
def tools() -> Iterator[Playwright]:
    """What drives Chromium: one for all tests of a process, since two cannot live in it."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine with every pack and detector; nothing changes it, so one does for all."""
    return Engine.build()


@pytest.fixture(scope="session")
def jobs() -> Iterator[Jobs]:
    """The desk with its worker; tests that end its worker have one of their own."""
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    machine = Postgres()
    machine.start()
    yield machine
    machine.remove()


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed (Debian: redis-server)")
    machine = Redis()
    machine.start()
    yield machine
    machine.remove()
