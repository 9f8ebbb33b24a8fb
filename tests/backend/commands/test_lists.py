"""``lists``: the user's own terms from the command line."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def projects(call):
    """A list with two terms."""
    call("lists", "create", "Projects")
    call("lists", "add", "Projects", "Project Zephyr", "风筝计划")
    return "Projects"


def shown(call, name: str) -> list[dict]:
    return json.loads(call("lists", "show", name, "--json").stdout)["terms"]


def test_it_makes_fills_and_shows_a_list(call, projects):
    assert call("lists", "show", projects).stdout.splitlines() == ["Project Zephyr", "风筝计划"]
    entry = json.loads(call("lists", "list", "--json").stdout)["lists"][0]
    assert (entry["name"], entry["level"], entry["enabled"], entry["terms"]) == ("Projects", "stop", True, 2)
    assert "Projects" in call("lists", "list").stdout


def test_check_holds_what_is_on_a_list(call, projects):
    done = call("check", "--jsonl", stdin=json.dumps({"text": "about project zephyr"}) + "\n")
    assert json.loads(done.stdout)["level"] == "stop"


def test_it_adds_with_form_and_level_and_removes(call, projects):
    call("lists", "add", projects, "Aurora", "--form", "exact", "--level", "warn")
    assert shown(call, projects)[-1] == {"text": "Aurora", "form": "exact", "level": "warn"}
    assert call("lists", "remove", projects, "Aurora").returncode == 0
    assert call("lists", "remove", projects, "Aurora").returncode == 1
    assert len(shown(call, projects)) == 2


def test_it_changes_a_list(call, projects):
    done = call("lists", "change", projects, "--rename", "Work", "--level", "warn", "--off", "--json")
    entry = json.loads(done.stdout)
    assert (entry["name"], entry["level"], entry["enabled"]) == ("Work", "warn", False)
    assert json.loads(call("lists", "change", "Work", "--on", "--json").stdout)["enabled"]


def test_it_deletes_a_list(call, projects):
    assert call("lists", "delete", projects).returncode == 0
    assert json.loads(call("lists", "list", "--json").stdout)["lists"] == []


def test_it_imports_a_file_and_names_the_lines_it_does_not_understand(call, tmp_path):
    path = tmp_path / "Clients.txt"
    path.write_text("Acme\n...\nGlobex\nAcme\n", encoding="utf-8")
    done = call("lists", "import", str(path))
    assert done.returncode == 1
    assert "2 added" in done.stdout and "line 2" in done.stderr
    assert [term["text"] for term in shown(call, "Clients")] == ["Acme", "Globex"]


def test_what_it_shows_as_json_it_imports_again(call, projects, tmp_path):
    path = tmp_path / "export.json"
    path.write_text(call("lists", "show", projects, "--json").stdout, encoding="utf-8")
    assert call("lists", "import", str(path), "--name", "Copy", "--level", "warn").returncode == 0
    assert shown(call, "Copy") == shown(call, projects)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "nothing"], "no list"),
        (["delete", "nothing"], "no list"),
        (["create", "Projects"], "that name"),
        (["create", " "], "1 to 100"),
        (["add", "Projects", "fine", "..."], "term 2"),
        (["import", "/no/such/file.txt"], "cannot be read"),
    ],
)
def test_it_says_what_is_wrong_and_changes_nothing(call, projects, arguments, words):
    done = call("lists", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr and "Traceback" not in done.stderr
    assert len(shown(call, projects)) == 2
