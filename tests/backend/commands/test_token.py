"""``token``: made, listed, revoked; links for the welcome page."""

from __future__ import annotations

import json


def test_without_an_action_it_prints_a_token_and_only_that(call):
    done = call("token")
    assert done.returncode == 0
    assert len(done.stdout.split()) == 1 and done.stdout.count("\n") == 1 and done.stderr == ""
    assert call("token").stdout != done.stdout


def test_it_lists_tokens_by_name_and_never_shows_one(call):
    word = call("token", "--name", "my script").stdout.strip()
    done = call("token", "list")
    assert "my script" in done.stdout and word not in done.stdout
    found = json.loads(call("token", "list", "--json").stdout)
    assert [one["name"] for one in found] == ["my script"]


def test_a_revoked_token_is_listed_no_more(call):
    call("token")
    id = json.loads(call("token", "list", "--json").stdout)[0]["id"]
    assert call("token", "revoke", id).returncode == 0
    assert json.loads(call("token", "list", "--json").stdout) == []
    again = call("token", "revoke", id)
    assert again.returncode == 1 and id in again.stderr


def test_a_link_leads_to_the_configured_server(call, environment):
    done = call("token", "--link")
    assert done.stdout.startswith(f"http://127.0.0.1:{environment['SECONDLOOK_PORT']}/welcome?once=")


def test_everything_it_prints_can_be_json(call):
    assert set(json.loads(call("token", "--json").stdout)) == {"token"}
    assert json.loads(call("token", "--link", "--json").stdout)["link"].startswith("http://")
    id = json.loads(call("token", "list", "--json").stdout)[0]["id"]
    assert json.loads(call("token", "revoke", id, "--json").stdout) == {"revoked": id}
