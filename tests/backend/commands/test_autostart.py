"""``autostart``: one file of the person's own, in the words that their system reads."""

from __future__ import annotations

import os
import plistlib
import re
import stat
import sys
from pathlib import Path

import pytest

from backend.commands import autostart
from backend.commands.autostart import Start, place, start, written
from backend.config import ROOT, StartError

AWKWARD = Start(
    ['/opt/a "b"/$HOME `c`/100%/py\\thon', "-m", "backend", "serve"],
    "/opt/số 1 & co",
    {"SECONDLOOK_DATA": "/d/50% 数据"},
)
HOME = Path("/home/lan")
PLACES = {
    "linux": ".config/autostart/secondlook.desktop",
    "darwin": "Library/LaunchAgents/org.secondlook.server.plist",
    "win32": "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/Second Look.cmd",
}


@pytest.fixture
def home(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, on whatever system this is."""
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        environment.pop(name, None)
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        environment[name] = str(tmp_path)
    return tmp_path


@pytest.fixture(params=sorted(PLACES))
def platform(request, monkeypatch) -> str:
    monkeypatch.setattr(autostart.sys, "platform", request.param)
    return str(request.param)


def desktop_words(value: str) -> list[str]:
    """Read ``Exec`` as the Desktop Entry Specification has it: first as a value, then its quotes, then ``%%``."""
    unescaped = re.sub(r"\\(.)", r"\1", value)
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', unescaped)
    return [re.sub(r'\\(["`$\\])', r"\1", word).replace("%%", "%") for word in words]


@pytest.mark.parametrize("system", sorted(PLACES))
def test_each_system_has_its_place_below_the_persons_own_folder(system):
    assert place(system, HOME, {}) == HOME / PLACES[system]


def test_a_place_that_the_person_configured_is_kept_to():
    assert place("linux", HOME, {"XDG_CONFIG_HOME": "/cfg"}) == Path("/cfg/autostart/secondlook.desktop")
    assert place("linux", HOME, {"XDG_CONFIG_HOME": "cfg"}) == HOME / PLACES["linux"]
    assert Path("/roam") in place("win32", HOME, {"APPDATA": "/roam"}).parents


def test_linux_reads_back_every_letter_of_a_path():
    values = dict(line.split("=", 1) for line in written("linux", AWKWARD).decode().splitlines()[1:])
    assert desktop_words(values["Exec"]) == ["/usr/bin/env", "SECONDLOOK_DATA=/d/50% 数据", *AWKWARD.words]
    assert (values["Type"], values["Path"]) == ("Application", AWKWARD.folder)


def test_macos_reads_back_every_letter_of_a_path():
    read = plistlib.loads(written("darwin", AWKWARD))
    assert read["ProgramArguments"] == AWKWARD.words
    assert read["EnvironmentVariables"] == AWKWARD.settings
    assert (read["WorkingDirectory"], read["RunAtLoad"]) == (AWKWARD.folder, True)
    assert "EnvironmentVariables" not in plistlib.loads(written("darwin", Start(["x"], "/", {})))


def test_windows_starts_it_without_a_window_and_with_its_settings():
    what = Start(
        [r"C:\Users\Lan 100%\venv\Scripts\python.exe", "-m", "backend"], r"C:\số & co", {"SECONDLOOK_PORT": "9000"}
    )
    assert written("win32", what).decode().split("\r\n") == [
        "@echo off",
        "chcp 65001 >nul",
        'set "SECONDLOOK_PORT=9000"',
        r'cd /d "C:\số & co"',
        r'start "" "C:\Users\Lan 100%%\venv\Scripts\pythonw.exe" "-m" "backend"',
        "",
    ]


@pytest.mark.parametrize("system", sorted(PLACES))
@pytest.mark.parametrize("bad", ["/data\nExec=rm", "/data\r\ncalc", "/da\x00ta"])
def test_a_line_break_cannot_add_a_line_of_its_own(system, bad):
    with pytest.raises(StartError, match="line break"):
        written(system, Start(["python"], "/", {"SECONDLOOK_DATA": bad}))


@pytest.mark.parametrize("system", sorted(PLACES))
def test_an_installed_release_needs_no_folder(system):
    text = written(system, Start(["python", "-P", "-m", "secondlook"], "", {})).decode()
    assert not re.search(r"^Path=|WorkingDirectory|cd /d", text, re.MULTILINE) and "secondlook" in text


def test_windows_is_given_no_quotation_mark_that_would_end_another():
    with pytest.raises(StartError, match="quotation mark"):
        written("win32", Start(["python"], "/", {"SECONDLOOK_HOSTS": 'a" & calc & "'}))


def test_the_settings_go_along_but_no_password(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    secret = "postgresql://lan:geheim@db/look"
    what = start({"SECONDLOOK_PORT": "9000", "SECONDLOOK_DATA": "mine", "SECONDLOOK_DATABASE": secret, "OTHER": "1"})
    assert what.settings == {"SECONDLOOK_PORT": "9000", "SECONDLOOK_DATA": str(tmp_path / "mine")}
    assert what.words == [sys.executable, "-m", "backend", "serve", "--no-browser"]
    assert what.folder == str(ROOT)


def test_a_wrong_setting_is_told_now_and_not_at_the_next_sign_in(call, home, environment):
    environment["SECONDLOOK_PORT"] = "eighty"
    done = call("autostart", "on")
    assert done.returncode == 2 and "SECONDLOOK_PORT" in done.stderr
    assert not (home / ".config").exists()
    assert call("autostart", "off").returncode == 0


def test_on_off_and_status_tell_and_do_the_same_each_time(call, home, platform):
    file = home / PLACES[platform]
    assert call("autostart", "status").returncode == 1
    first = call("autostart", "on")
    assert first.returncode == 0 and str(file) in first.stdout
    content = file.read_bytes()
    assert content.decode().replace("\r\n", "\n").strip() in first.stdout.replace("\r\n", "\n")
    assert [path for path in home.rglob("*") if path.is_file()] == [file]
    assert "already" in call("autostart", "on").stdout and file.read_bytes() == content
    assert call("autostart", "status").stdout.startswith("on: ")
    assert "removed" in call("autostart", "off").stdout and not file.exists()
    assert call("autostart", "off").returncode == 0
    assert call("autostart", "status").returncode == 1


def test_a_file_of_another_copy_is_told_and_replaced(call, home, environment):
    call("autostart", "on")
    environment["SECONDLOOK_PORT"] = "9001"
    assert "other settings" in call("autostart", "status").stdout
    assert "9001" in call("autostart", "on").stdout
    assert call("autostart", "status").stdout.startswith("on: ")


def test_the_password_is_named_and_neither_written_nor_shown(call, home, environment):
    environment["SECONDLOOK_DATABASE"] = "postgresql://lan:geheim@db/look"
    done = call("autostart", "on")
    assert "SECONDLOOK_DATABASE" in done.stdout and "geheim" not in done.stdout + done.stderr
    assert not [path for path in home.rglob("*") if path.is_file() and b"geheim" in path.read_bytes()]


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_nobody_else_can_read_or_change_the_file(call, home):
    call("autostart", "on")
    (file,) = (path for path in home.rglob("*") if path.is_file())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_used_is_told_in_a_sentence(call, home):
    (home / ".config").write_text("a file, where a folder should be", encoding="utf-8")
    done = call("autostart", "on")
    assert done.returncode == 2 and "cannot be used" in done.stderr and "Traceback" not in done.stderr
