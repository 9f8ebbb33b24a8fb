"""What holds for every test: nothing is skipped where CI=true, and open test sets may be absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
