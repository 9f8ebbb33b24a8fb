"""The command line itself."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from backend import __main__, __version__
from backend.config import ROOT

DESIGNED = {"serve", "check", "lists", "evaluate", "token", "doctor"}


def test_every_command_is_found_and_has_its_three_parts():
    assert set(__main__.names()) >= DESIGNED
    for name in __main__.names():
        module = __main__.load(name)
        assert module.HELP and callable(module.add_arguments) and callable(module.run)


def test_help_names_every_command(call):
    done = call("--help")
    assert done.returncode == 0
    assert all(f"    {name}" in done.stdout for name in __main__.names())


@pytest.mark.parametrize("command", sorted(DESIGNED))
def test_every_command_explains_itself(call, command):
    done = call(command, "--help")
    assert done.returncode == 0 and "usage:" in done.stdout


def test_a_call_that_makes_no_sense_says_so(call):
    assert call().returncode == 2
    done = call("dance")
    assert done.returncode == 2 and "dance" in done.stderr


def test_it_tells_its_version(call):
    assert call("--version").stdout.split()[-1] == __version__


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--text", "hello"]])
def test_what_needs_no_web_and_no_database_does_not_load_them(arguments, environment):
    heavy = ("flask", "sqlalchemy", "alembic", "waitress", "cv2", "PIL")
    code = (
        "import sys, json, contextlib, io\nfrom backend.__main__ import main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    try: main({arguments!r})\n    except SystemExit: pass\n"
        f"print(json.dumps([name for name in {heavy!r} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [], done.stderr


def test_a_wrong_setting_is_named(call, environment):
    environment["SECONDLOOK_PORT"] = "eighty"
    done = call("token")
    assert (done.returncode, done.stdout) == (2, "")
    assert "SECONDLOOK_PORT" in done.stderr and "Traceback" not in done.stderr
