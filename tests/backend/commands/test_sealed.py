"""``sealed``: one installation seals its list, another holds what is on it."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def sealed(call, environment, tmp_path):
    """A list made and sealed on one installation; from here on the commands are another one's."""
    call("lists", "create", "Projects")
    call("lists", "add", "Projects", "Project Sunbird", "金乌工程")
    done = call("sealed", "make", "Projects", str(tmp_path / "projects.sealed"), "--name", "Family", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hashes"] == 2 and json.loads(done.stdout)["left_out"] == 0
    environment["SECONDLOOK_DATA"] = str(tmp_path / "another")
    return tmp_path / "projects.sealed"


def test_a_list_is_sealed_given_away_and_holds_there(call, sealed):
    text = "we start Project Sunbird on Monday"
    assert "[sealed." not in call("check", "--text", text).stdout
    assert call("sealed", "add", str(sealed)).returncode == 0
    done = call("check", "--text", text)
    assert done.returncode == 1 and "[sealed." in done.stdout and "Family" in done.stdout
    assert call("check", "--text", "昨天金乌工程开会了").returncode == 1
    assert "Family" in call("sealed", "list").stdout
    (told,) = json.loads(call("sealed", "list", "--json").stdout)["sealed"]
    assert told["name"] == "Family" and set(told) == {"id", "name", "level", "hashes"}
    assert call("sealed", "remove", "Family").returncode == 0
    assert "[sealed." not in call("check", "--text", text).stdout


def test_no_file_of_the_other_installation_has_the_words(call, sealed, tmp_path):
    call("sealed", "add", str(sealed))
    call("check", "--text", "hello")
    files = [path for path in (tmp_path / "another").rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        assert b"unbird" not in content and "金乌".encode() not in content, path


@pytest.mark.parametrize(
    "arguments", [("add", "none.sealed"), ("remove", "none"), ("make", "none", "none.sealed")], ids=lambda one: one[0]
)
def test_what_is_not_there_is_said(call, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = call("sealed", *arguments)
    assert done.returncode == 1 and done.stderr.startswith("sealed: ")
    assert not (tmp_path / "none.sealed").exists()


def test_a_file_that_is_no_sealed_list_is_refused(call, tmp_path):
    (tmp_path / "x").write_text("{}")
    done = call("sealed", "add", str(tmp_path / "x"))
    assert done.returncode == 1 and "no sealed list" in done.stderr


def test_a_term_whose_last_day_is_over_is_not_sealed_and_does_not_come_back(call, tmp_path):
    call("lists", "create", "Launches", "--valid-until", "2020-01-31")
    call("lists", "add", "Launches", "Umbral Pelican")
    done = call("sealed", "make", "Launches", str(tmp_path / "none.sealed"))
    assert done.returncode == 1 and not (tmp_path / "none.sealed").exists()
    call("lists", "add", "Launches", "Amber Curlew", "--valid-until", "2099-01-31")
    done = call("sealed", "make", "Launches", str(tmp_path / "launches.sealed"), "--json")
    assert json.loads(done.stdout)["hashes"] == 1
