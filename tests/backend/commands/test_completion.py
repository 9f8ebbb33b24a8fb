"""``completion``: what a shell offers, asked of the shells themselves where they are there."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from backend.__main__ import names, parser_for
from backend.commands.completion.known import nodes

SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def offered(call, tmp_path):
    """Ask bash what it offers after some words."""
    script = tmp_path / "completion.bash"
    script.write_text(call("completion", "bash").stdout, encoding="utf-8")

    def ask(*words: str) -> set[str]:
        typed = " ".join(f"'{word}'" for word in ("secondlook", *words))
        asked = f"COMP_WORDS=({typed}); COMP_CWORD={len(words)}; _secondlook"
        code = f"source {script}; {asked}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        done = subprocess.run(["bash", "--norc", "-c", code], capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return set(done.stdout.split())

    return ask


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not there")
def test_bash_offers_what_may_follow(offered):
    assert set(names()) <= offered("")
    assert offered("li") == {"lists"}
    assert {"create", "add", "import"} <= offered("lists", "")
    assert offered("lists", "add", "--fo") == {"--form"}
    assert "near" in offered("lists", "add", "Projects", "--form", "")
    assert offered("check", "--channel", "po") == {"post"}
    assert offered("policy", "rule", "cn.state-secret", "qu") == {"quiet"}
    assert offered("policy", "--json", "sh") == {"show"}
    assert offered("policy", "export", "--to", "") == set()


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_action_and_option_stands_in_the_script(call, shell):
    script = call("completion", shell).stdout
    for node in nodes(parser_for(())):
        for word in (*node.inner, *(flag.lstrip("-") for flag in node.options)):
            assert word in script, (node.path, word)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_itself_finds_no_fault(call, shell, tmp_path):
    if shutil.which(shell) is None:
        return  # what is not there is not asked; bash is, wherever tests run
    script = tmp_path / "script"
    script.write_text(call("completion", shell).stdout, encoding="utf-8")
    done = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_can_be_for_an_alias_and_for_no_command_line(call):
    assert "complete -o default -F _sl sl" in call("completion", "bash", "--for", "sl").stdout
    assert call("completion", "bash", "--for", "x; rm").returncode == 2


def test_it_is_told_as_json(call):
    known = json.loads(call("completion", "bash", "--json").stdout)
    assert "add" in known["lists"]["inner"] and known["check"]["values"]["--channel"][0] == "post"


SPEECHLESS = {"autostart", "extension", "serve", "worker"}
"""Commands that do something and print no data."""


def test_every_action_that_prints_data_answers_as_json_too():
    ends = [node for node in nodes(parser_for(())) if not node.inner]
    assert {" ".join(node.path) for node in ends if "--json" not in node.options} <= SPEECHLESS


def test_checks_and_packs_are_told_as_json(call):
    assert json.loads(call("check", "--text", "机密★10年", "--json").stdout)["level"] == "stop"
    packs = json.loads(call("packs", "--json").stdout)["packs"]
    assert {"markings-zh", "handling-tlp"} <= {one["id"] for one in packs}
