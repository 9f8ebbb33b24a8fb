"""The packages for the stores: one a browser, the same to the byte, clean, with nothing of the other's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools import package

ROOT = Path(__file__).parents[2]
CODES_OF_FIREFOX_ALONE = {
    "BACKGROUND_SERVICE_WORKER_NOFALLBACK",
    "ADDON_ID_REQUIRED",
    "MISSING_DATA_COLLECTION_PERMISSIONS",
    "STORAGE_MANAGED",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("packages")
    return {browser: package.build(browser, folder) for browser in package.BROWSERS}


def inside(path: Path) -> tuple[set[str], dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return set(archive.namelist()), json.loads(archive.read("manifest.json"))


@pytest.mark.parametrize("browser", package.BROWSERS)
def test_two_builds_are_equal_wherever_and_whenever_they_are_made(
    packages: dict[str, Path], browser: str, tmp_path: Path
) -> None:
    """The copy lies elsewhere, its files are younger and their rights differ; another process packs it."""
    shutil.copytree(ROOT / "extension", tmp_path / "extension")
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "package.py", tmp_path / "tools")
    for path in (tmp_path / "extension").rglob("*.js"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o600)
    command = [sys.executable, str(tmp_path / "tools" / "package.py")]
    subprocess.run(command, check=True, env={**os.environ, "TZ": "Asia/Ho_Chi_Minh"}, capture_output=True)
    assert (tmp_path / "dist" / packages[browser].name).read_bytes() == packages[browser].read_bytes()


def test_each_goes_without_the_background_key_of_the_other(packages: dict[str, Path]) -> None:
    _, chromium = inside(packages["chromium"])
    _, firefox = inside(packages["firefox"])
    assert chromium["background"] == {"service_worker": "background/main.js", "type": "module"}
    assert firefox["background"] == {"scripts": ["background/main.js"], "type": "module"}
    assert "browser_specific_settings" not in chromium
    assert firefox["browser_specific_settings"]["gecko"]["id"]
    assert not {"key", "minimum_chrome_version", "storage"} & set(firefox)
    assert "key" not in chromium and chromium["storage"]["managed_schema"] == package.SCHEMA


@pytest.mark.parametrize("browser", package.BROWSERS)
def test_each_holds_all_that_runs_and_nothing_for_developers(packages: dict[str, Path], browser: str) -> None:
    names, manifest = inside(packages[browser])
    sources = {path.relative_to(ROOT / "extension").as_posix() for path in (ROOT / "extension").rglob("*.js")}
    assert sources <= names
    assert set(manifest["icons"].values()) | {manifest["options_ui"]["page"]} <= names
    assert not {name for name in names if name.endswith((".md", ".ts"))}
    assert (package.SCHEMA in names) == (browser == "chromium")


@pytest.mark.parametrize("browser", package.BROWSERS)
def test_each_is_lint_clean(packages: dict[str, Path], browser: str) -> None:
    """``web-ext`` is Firefox's tool: of Chromium's package it may only miss Firefox's own id and keys."""
    command = ["node", "lint_extension.js", str(packages[browser])]
    done = subprocess.run(command, cwd=ROOT / "tests", capture_output=True, text=True, check=False)
    said = {line.split()[1] for line in done.stderr.splitlines()}
    assert said == (CODES_OF_FIREFOX_ALONE if browser == "chromium" else set()), done.stderr
