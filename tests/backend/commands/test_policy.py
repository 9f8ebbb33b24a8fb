"""``policy``: from the command line, in force at the next check."""

from __future__ import annotations

import json

import pytest

MARKED = "机密★10年"


def test_a_file_is_exported_compared_and_put_in_force(call, tmp_path):
    file = tmp_path / "policy.toml"
    assert call("policy", "export", "--to", str(file)).returncode == 0
    file.write_text(file.read_text(encoding="utf-8").replace("stop_at = 85", "stop_at = 101"), encoding="utf-8")
    told = call("policy", "diff", str(file))
    assert told.stdout == "  stop_at: 85 -> 101\n"
    refused = call("policy", "import", str(file))
    assert refused.returncode == 1 and "stop_at: 85 -> 101" in refused.stderr and "--yes" in refused.stderr
    assert json.loads(call("policy", "show", "--json").stdout)["stop_at"] == 85
    assert call("policy", "import", str(file), "--yes").returncode == 0
    assert call("policy", "export").stdout == file.read_text(encoding="utf-8")
    assert call("check", "--text", MARKED).stdout.startswith("warn")
    assert call("check", "--no-lists", "--text", MARKED).stdout.startswith("stop")
    assert call("policy", "diff", str(file)).stdout == "no difference\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[levels.situation]\nai = 'loud'", "policy: levels.situation.ai: one of raise, "),
        ("note_at = = 1", "policy: this is no TOML (line 1"),
        ("note_at = 0", "policy: note_at: "),
    ],
)
def test_a_file_that_is_no_policy_is_refused_with_the_key(call, content, message):
    done = call("policy", "import", "-", "--yes", stdin=content)
    assert done.returncode == 1 and done.stderr.startswith(message)
    assert json.loads(call("policy", "show", "--json").stdout)["version"] == 0


def test_what_cannot_be_read_is_said(call, tmp_path):
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in call("policy", "import", str(tmp_path / "x")).stderr
    assert call("policy", "diff", str(tmp_path / "none")).returncode == 1


def test_a_profile_is_begun_from(call):
    listed = call("policy", "profile")
    assert listed.returncode == 0 and len(listed.stdout.splitlines()) == 7
    assert len(json.loads(call("policy", "profile", "--json").stdout)["profiles"]) == 7
    assert "does.stop: hold -> refuse" in call("policy", "diff", "hospital").stdout
    assert call("policy", "profile", "hospital", "--yes").returncode == 0
    assert json.loads(call("policy", "show", "--json").stdout)["profile"] == "hospital"
    assert call("policy", "profile", "nobody", "--yes").stderr.startswith("policy: profile: one of person, ")


def test_the_assistant_takes_answers_ahead_and_tells_its_questions(call):
    questions = json.loads(call("policy", "assistant", "--json", "--language", "vi").stdout)["questions"]
    assert questions[0]["text"] == "Ai sẽ dùng?"
    done = call("policy", "assistant", "--answer", "who=company", "--answer", "languages=vi,en", "--yes", "--json")
    assert json.loads(done.stdout)["languages"] == ["en", "vi"]
    assert "profile: as usual -> company" not in call("policy", "diff", "company").stdout
    assert call("policy", "assistant", "--answer", "who=nobody", "--yes").returncode == 1


def test_a_rule_is_quietened_and_own_data_are_kept_hashed(call, tmp_path):
    assert call("policy", "rule", "cn.state-secret", "quiet").stdout == "+ quiet_rules: cn.state-secret\n"
    added = call("policy", "own", "--add", "my phone", "--json", stdin="+84 90 777 4567\n")
    assert [one["name"] for one in json.loads(added.stdout)["own"]] == ["my phone"]
    assert call("check", "--text", "Call me on 090 777 4567").stdout.startswith("clear")
    for path in (tmp_path / "data").rglob("*"):
        assert path.is_dir() or b"777 4567" not in path.read_bytes() and b"7774567" not in path.read_bytes()
    assert call("policy", "own", "--add", "again", stdin="0907774567").stderr == "policy: it is there already\n"
    assert call("policy", "own", "--forget", "my phone").returncode == 0
    assert call("check", "--text", "Call me on 090 777 4567").stdout.startswith("note")
    assert call("policy", "own", "--forget", "my phone").returncode == 1
