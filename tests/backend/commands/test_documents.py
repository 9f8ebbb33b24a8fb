"""``documents``: registered, listed, renamed, made public, forgotten, watched, from the command line."""

from __future__ import annotations

import json
import os

import pytest

MEMO = (
    "The lid of the northern basin is painted pale green every third summer by the apprentices of the yard, before the "
    "wooden benches come back. Whoever finds a brush keeps it until the autumn, and the eldest of them mixes the paint."
)
QUOTE = "they say the lid of the northern basin is painted pale green every third summer by the apprentices of the yard"


@pytest.fixture
def memo(tmp_path):
    path = tmp_path / "desk" / "memo.txt"
    path.parent.mkdir()
    path.write_text(MEMO, encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def is_found(call) -> bool:
    return "[quotation." in call("check", "--text", QUOTE).stdout


def test_a_file_is_registered_and_then_found(call, memo):
    assert not is_found(call)
    done = call("documents", "add", str(memo))
    assert done.returncode == 0 and "memo.txt" in done.stdout, done.stderr
    assert is_found(call)
    assert "memo.txt" in call("documents", "list").stdout


def test_a_folder_is_registered_with_the_names_of_its_files(call, memo):
    (memo.parent / "papers" / "deep").mkdir(parents=True)
    memo.rename(memo.parent / "papers" / "deep" / "memo.txt")
    (memo.parent / "papers" / "short.txt").write_text("too short")
    done = call("documents", "add", str(memo.parent / "papers"), "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line["name"] for line in lines if "name" in line] == ["deep/memo.txt"]
    assert [line["problem"] for line in lines if "problem" in line] == ["too_short"]


def test_text_is_registered_from_input(call):
    done = call("documents", "add", "-", "--name", "Minutes", "--json", stdin=MEMO)
    assert json.loads(done.stdout)["name"] == "Minutes" and is_found(call)


def test_it_is_renamed_and_forgotten(call, memo):
    call("documents", "add", str(memo), "--name", "Memo")
    assert call("documents", "rename", "Memo", "Minutes").returncode == 0
    (told,) = json.loads(call("documents", "list", "--json").stdout)["documents"]
    assert told["name"] == "Minutes"
    assert call("documents", "remove", told["id"]).returncode == 0
    assert not is_found(call)
    assert call("documents", "remove", "Minutes").returncode == 1


def test_it_may_be_quoted_once_it_is_public_and_no_more_after_all(call, memo):
    call("documents", "add", str(memo))
    assert call("documents", "public", "memo.txt").returncode == 0
    assert not is_found(call)
    call("documents", "public", "memo.txt", "--off")
    assert is_found(call)


def test_a_passage_is_excluded_by_adding_it_as_public(call, memo):
    call("documents", "add", str(memo))
    passage = memo.with_name("release.txt")
    passage.write_text(MEMO[:140], encoding="utf-8")
    assert call("documents", "public", str(passage)).returncode == 0
    assert not is_found(call)


def test_a_watched_folder_is_looked_at_again(call, memo):
    folder = str(memo.parent)
    assert call("documents", "watch", folder).returncode == 0
    assert is_found(call) and folder in call("documents", "watch").stdout
    memo.write_text("Something else that is long enough to be recognised, all about the repair of old bicycles.")
    os.utime(memo, (1_700_000_100, 1_700_000_100))
    assert call("documents", "watch", folder).returncode == 0
    assert not is_found(call)
    assert len(json.loads(call("documents", "list", "--json").stdout)["documents"]) == 1
    assert call("documents", "watch", "--stop", folder).returncode == 0
    assert call("documents", "watch").stdout == ""


def test_a_file_that_left_the_folder_stays_registered(call, memo):
    call("documents", "watch", str(memo.parent))
    memo.unlink()
    call("documents", "watch", str(memo.parent))
    assert is_found(call)


@pytest.mark.parametrize(
    "arguments", [("rename", "none", "x"), ("remove", "none"), ("public", "none"), ("watch", "/nowhere/at/all")]
)
def test_what_is_not_there_is_said(call, arguments):
    done = call("documents", *arguments)
    assert done.returncode == 1 and done.stderr.startswith("documents: ")


def test_a_file_that_cannot_be_read_is_named(call, tmp_path):
    done = call("documents", "add", str(tmp_path / "none.txt"))
    assert done.returncode == 1 and "could not be read" in done.stderr
