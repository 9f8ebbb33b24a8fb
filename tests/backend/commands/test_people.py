"""``people`` and ``team``: from the server's own machine, without an account."""

from __future__ import annotations

import json
import stat
import sys

import pytest


@pytest.fixture
def environment(environment):
    return {**environment, "SECONDLOOK_TEAM": "1", "SECONDLOOK_ADDRESS": "https://look.example.org"}


@pytest.fixture
def joined(call, environment):
    """An administrator who has joined with the code that was printed."""
    from backend.store import invitations, open_store

    told = json.loads(call("people", "invite", "An", "--role", "administrator", "--json").stdout)
    store = open_store(f"sqlite:///{environment['SECONDLOOK_DATA']}/secondlook.sqlite3")
    invitations.join(store, told["code"], "laptop", "chrome-extension://a")
    store.close()
    return told


def people(call):
    return {one["name"]: one for one in json.loads(call("people", "list", "--json").stdout)["people"]}


def test_the_first_administrator_comes_in_by_a_link_or_a_code(call, joined):
    assert joined["link"].startswith("https://look.example.org/join?once=")
    assert joined["link"].endswith(joined["code"].replace("-", ""))
    assert people(call)["An"]["role"] == "administrator"


def test_the_last_administrator_stays(call, joined):
    for arguments in (("role", "An", "member"), ("disable", "An"), ("remove", "An")):
        done = call("people", *arguments)
        assert done.returncode == 1 and "last administrator" in done.stderr
    assert not people(call)["An"]["disabled"]


def test_it_lists_who_is_invited_and_says_how_to_begin(call):
    assert "invite" in call("people", "list").stderr
    call("people", "invite", "Bao")
    assert "invited" in call("people", "list").stdout and "Bao" in call("people", "list").stdout
    assert call("people", "invite", "Nobody", "--device").returncode == 1
    assert call("people", "role", "Nobody", "editor").returncode == 1


def test_a_token_can_be_somebodys_with_less_and_for_some_days(call, joined):
    assert call("token", "--person", "An", "--role", "member", "--days", "7").returncode == 0
    found = {one["name"]: one for one in json.loads(call("token", "list", "--json").stdout)}
    mine = found["command line"]
    assert (mine["person"], mine["role"]) == ("An", "member") and mine["expires"]
    assert call("token", "--person", "Nobody").returncode == 1
    assert call("token", "--days", "0").returncode == 2


def test_what_is_done_is_in_the_audit_log_without_codes(call, joined):
    call("people", "invite", "Bao")
    log = call("audit", "export").stdout
    assert "invitation.make" in log and "command line" in log
    assert joined["code"] not in log and joined["code"].replace("-", "") not in log
    assert call("audit", "verify").returncode == 0


def test_one_persons_own_server_has_no_people(call, environment):
    environment["SECONDLOOK_TEAM"] = "0"
    done = call("people", "list")
    assert done.returncode != 0 and "SECONDLOOK_TEAM=1" in done.stderr


def test_a_secret_is_made_once_and_only_its_owner_reads_it(call, tmp_path):
    file = tmp_path / "team.key"
    done = call("team", "secret", str(file))
    word = file.read_text()
    assert done.returncode == 0 and word.strip() not in done.stdout
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(call("team", "secret", str(file), "--json").stdout)["made"] is False
    assert file.read_text() == word
