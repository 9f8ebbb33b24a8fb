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


def test_an_embargo_is_made_tried_and_undone(call, projects):
    done = call("lists", "add", projects, "Blue Heron", "--valid-until", "2020-01-31", "--note", "Not yet.")
    assert done.returncode == 0
    ask = json.dumps({"text": "blue heron"}) + "\n"
    assert json.loads(call("check", "--jsonl", stdin=ask).stdout)["level"] == "clear"
    call("lists", "edit", projects, "--where-search", "heron", "--valid-until", "")
    assert json.loads(call("check", "--jsonl", stdin=ask).stdout)["level"] == "stop"
    assert "undone" in call("lists", "undo", projects).stdout
    assert shown(call, projects)[-1]["valid_until"] == "2020-01-31"
    assert [line.split()[2] for line in call("lists", "history", projects).stdout.splitlines()] == [
        "undone",
        "edited",
        "terms",
        "terms",
        "created",
    ]


def test_a_preview_changes_nothing(call, tmp_path):
    path = tmp_path / "Clients.csv"
    path.write_text("text,form\nAcme,\nmeeting,\nBad,fuzzy\n", encoding="utf-8")
    done = call("lists", "import", str(path), "--preview")
    assert (done.returncode, "2 terms understood" in done.stdout) == (1, True)
    assert "everyday language: meeting" in done.stdout and "line 4" in done.stderr
    assert json.loads(call("lists", "list", "--json").stdout)["lists"] == []


@pytest.mark.parametrize("kind", ["csv", "tsv", "json"])
def test_it_exports_what_it_imports_again(call, projects, tmp_path, kind):
    call("lists", "add", projects, "Falcon", "--exceptions", "Millennium Falcon|Star Wars", "--sites", "x.com")
    path = tmp_path / f"Copy.{kind}"
    assert call("lists", "export", projects, "--to", str(path)).returncode == 0
    assert call("lists", "import", str(path)).returncode == 0
    assert shown(call, "Copy") == shown(call, projects)


def test_it_searches_orders_and_observes(call, projects):
    call("lists", "create", "Clients", "--observe", "--channels", "ai")
    assert call("lists", "show", projects, "--search", "ZEPH").stdout.splitlines() == ["Project Zephyr"]
    found = json.loads(call("lists", "order", "Clients", projects, "--json").stdout)["lists"]
    assert [(one["name"], one["observe"]) for one in found] == [("Clients", True), ("Projects", False)]
    assert "0 times this week" in call("lists", "observed", "Clients").stdout


def test_it_tells_how_common_words_are(call):
    assert "everyday" in call("lists", "common", "meeting").stdout
    assert "rare" in call("lists", "common", "Zephyr").stdout
