"""``extension``: the folder that the browser loads, and copies of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend.config import ROOT


def test_it_prints_the_folder_and_nothing_else(call):
    assert call("extension").stdout == f"{ROOT / 'extension'}\n"


def test_a_copy_holds_what_the_browser_loads(call, tmp_path):
    target = tmp_path / "copy of it"
    assert call("extension", "--copy", str(target)).stdout == f"{target}\n"
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["key"] == json.loads((ROOT / "extension/manifest.json").read_text(encoding="utf-8"))["key"]
    assert (target / manifest["background"]["service_worker"]).is_file()
    assert not [path for path in target.rglob("*") if path.suffix in (".md", ".ts")]


def test_a_second_copy_takes_away_what_is_no_more(call, tmp_path):
    call("extension", "--copy", str(tmp_path / "copy"))
    (tmp_path / "copy" / "old.js").write_text("left over", encoding="utf-8")
    assert call("extension", "--copy", str(tmp_path / "copy")).returncode == 0
    assert not (tmp_path / "copy" / "old.js").exists() and (tmp_path / "copy" / "manifest.json").exists()


@pytest.mark.parametrize("manifest", [None, "{}", "[]", "not json", '{"key": "of another extension"}'])
def test_a_folder_with_something_else_in_it_is_left_alone(call, tmp_path, manifest):
    (tmp_path / "thesis.txt").write_text("three years of work", encoding="utf-8")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    done = call("extension", "--copy", str(tmp_path))
    assert done.returncode == 1 and "something else" in done.stderr
    assert (tmp_path / "thesis.txt").exists()


def test_a_link_to_a_copy_is_not_followed_to_remove_it(call, tmp_path):
    call("extension", "--copy", str(tmp_path / "copy"))
    (tmp_path / "link").symlink_to(tmp_path / "copy")
    assert call("extension", "--copy", str(tmp_path / "link")).returncode == 1
    assert (tmp_path / "copy" / "manifest.json").exists()


@pytest.mark.parametrize("folder", [ROOT, ROOT / "extension", ROOT / "extension" / "content", Path("/")])
def test_the_original_is_never_copied_over_itself(call, folder):
    done = call("extension", "--copy", str(folder))
    assert done.returncode == 1 and "original" in done.stderr
    assert (ROOT / "extension" / "manifest.json").exists()
