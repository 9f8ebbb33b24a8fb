"""What the program calls itself, in a checkout and installed."""

from __future__ import annotations

from pathlib import Path

from backend import program
from backend.web import pages


def installed_at(folder: Path) -> Path:
    (folder / "secondlook" / "app").mkdir(parents=True)
    (folder / "secondlook" / "__main__.py").touch()
    return folder / "secondlook" / "app"


def test_a_release_is_known_by_what_the_wheel_puts_above_it(tmp_path):
    assert program.is_installed(installed_at(tmp_path))
    assert not program.is_installed(tmp_path)
    (tmp_path / "app").mkdir()
    assert not program.is_installed(tmp_path / "app")


def test_a_checkout_is_called_as_a_module():
    assert program.command("doctor") == "python -m backend doctor"
    assert program.spoken("see: python -m backend doctor") == "see: python -m backend doctor"


def test_a_release_is_called_by_its_command(monkeypatch):
    monkeypatch.setattr(program, "is_installed", lambda: True)
    assert program.spoken("“python -m backend doctor” 可以看到") == "“secondlook doctor” 可以看到"


def test_a_release_is_started_without_looking_into_the_folder_it_is_started_in(monkeypatch):
    monkeypatch.setattr(program, "is_installed", lambda: True)
    words, folder = program.arguments_for("serve")
    assert words[1:] == ["-P", "-m", "secondlook", "serve"]
    assert folder is None


def test_the_pages_name_the_command_of_a_release(monkeypatch):
    monkeypatch.setattr(program, "is_installed", lambda: True)
    assert pages.link_command() == "secondlook token --link"
