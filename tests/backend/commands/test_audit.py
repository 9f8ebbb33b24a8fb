"""The audit log on the command line: shown, written out, proven."""

from __future__ import annotations

import json
import sqlite3

import pytest


@pytest.fixture
def team(environment, call):
    """A team's server on which a little was done by commands."""
    environment["SECONDLOOK_TEAM"] = "1"
    assert call("lists", "create", "Projects").returncode == 0
    assert call("lists", "add", "Projects", "Zanarivogel", "Tangerwolf").returncode == 0
    assert call("policy", "rule", "tlp.red", "quiet").returncode == 0
    return environment


@pytest.fixture
def export(team, call, tmp_path):
    """An export, and a little done after it."""
    path = tmp_path / "audit.jsonl"
    path.write_text(call("audit", "export").stdout, encoding="utf-8")
    assert call("lists", "delete", "Projects").returncode == 0
    return path


@pytest.fixture
def attack(team):
    """Change the database itself, as its owner can."""

    def do(statement: str) -> None:
        file = sqlite3.connect(f"{team['SECONDLOOK_DATA']}/secondlook.sqlite3")
        for action in ("update", "delete"):
            file.execute(f"DROP TRIGGER IF EXISTS audit_no_{action}")
        assert file.execute(statement).rowcount > 0
        file.commit()
        file.close()

    return do


def test_commands_are_written_down_as_such_without_words(team, call):
    entries = json.loads(call("audit", "list", "--json").stdout)["entries"]
    assert [one["action"] for one in entries] == ["policy.changed", "list.terms", "list.made"]
    assert {one["who"] for one in entries} == {"command line"}
    told = call("audit", "list").stdout
    assert "list.terms" in told and "added 2" in told and "zanarivogel" not in told.lower()


def test_whoever_makes_a_way_in_on_the_servers_machine_is_written_down_and_the_way_is_not(team, call):
    token, link = call("token", "--name", "script").stdout.strip(), call("token", "--link").stdout.strip()
    found = json.loads(call("token", "list", "--json").stdout)[0]["id"]
    assert call("token", "revoke", found).returncode == 0
    told = call("audit", "list", "--json").stdout
    assert [one["action"] for one in json.loads(told)["entries"][:3]] == ["token.revoke", "link.make", "token.make"]
    assert token not in told and link.rpartition("=")[2] not in told


def test_one_person_alone_has_no_log(call):
    call("lists", "create", "Projects")
    assert call("audit", "list").stdout == ""
    assert call("audit", "verify").returncode == 0


def test_a_log_that_goes_on_from_an_export_holds(export, call):
    done = call("audit", "verify", str(export))
    assert done.returncode == 0 and "4 entries, unbroken" in done.stdout


def test_a_change_is_found(export, call, attack):
    attack("UPDATE audit SET who = 'somebody' WHERE id = 2")
    done = call("audit", "verify")
    assert done.returncode == 1 and "entry 2 is not as it was written" in done.stdout
    assert json.loads(call("audit", "verify", "--json").stdout)["faults"] == [{"id": 2, "reason": "changed"}]


def test_an_end_that_was_cut_off_is_found_with_an_export_and_with_its_head_and_not_without(export, call, attack):
    last = json.loads(export.read_text(encoding="utf-8").splitlines()[-1])
    attack("DELETE FROM audit WHERE id >= 3")
    assert call("audit", "verify").returncode == 0
    for kept in ([str(export)], ["--head", f"3:{last['hash']}"]):
        done = call("audit", "verify", *kept)
        assert done.returncode == 1 and "entry 3, which was there, is missing" in done.stdout


def test_an_export_that_was_changed_is_found(export, call):
    lines = export.read_text(encoding="utf-8").splitlines()
    export.write_text("\n".join([lines[0], lines[1].replace('"added": 2', '"added": 1'), lines[2]]), encoding="utf-8")
    done = call("audit", "verify", str(export))
    assert done.returncode == 1 and done.stdout.startswith("the file: entry 2 is not")


def test_what_is_no_export_is_said_to_be_none(team, call, tmp_path):
    path = tmp_path / "else.jsonl"
    for what in (b"not json", b"[]", b"{}", b'{"id": 1}', b"\xff"):
        path.write_bytes(what)
        assert call("audit", "verify", str(path)).returncode == 2, what
    assert call("audit", "verify", "--head", "not a head").returncode == 2
    assert call("audit", "verify", str(tmp_path / "none")).returncode == 2
