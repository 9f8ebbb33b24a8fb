"""``autostart``: start the server when this person signs in; one file of their own, nothing else.

- Linux: ``~/.config/autostart/secondlook.desktop`` (the XDG autostart specification)
- macOS: ``~/Library/LaunchAgents/org.secondlook.server.plist`` (launchd.plist(5))
- Windows: ``Second Look.cmd`` in the Startup folder of the Start menu
"""

from __future__ import annotations

import argparse
import os
import plistlib
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from backend.config import SETTINGS, StartError, from_environment
from backend.program import arguments_for

HELP = "start the server when you sign in (on), no longer (off), or say which it is (status)"
LABEL = "org.secondlook.server"
MAY_HOLD_SECRETS = ("DATABASE", "BROKER", "KEY", "SECRET", "PASSWORD", "TOKEN")
"""Endings of settings that are not copied into a file."""


@dataclass(frozen=True, slots=True)
class Start:
    """What is to be started: program and arguments, the folder (empty where any will do), the settings."""

    words: list[str]
    folder: str
    settings: dict[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("on", "off", "status"))


def run(args: argparse.Namespace) -> int:
    """Do it; ``status`` exits with 1 when it is off."""
    path = place(sys.platform, Path.home(), os.environ)
    try:
        if args.action == "off":
            return _off(path)
        content = written(sys.platform, start(os.environ))
        return _on(path, content) if args.action == "on" else _status(path, content)
    except OSError as error:
        raise StartError(f"{path} cannot be used: {error.strerror or type(error).__name__}.") from None


def start(environ: Mapping[str, str]) -> Start:
    """Return what starts the server as it would start now; settings that may hold a password stay out.

    Raises :class:`StartError` for a wrong setting, which would keep the server from starting, unseen.
    """
    config = from_environment(environ)
    words, folder = arguments_for("serve", "--no-browser")
    names = [one.name for one in SETTINGS if environ.get(one.name) and not _may_hold_secrets(one.name)]
    kept = {name: environ[name] for name in names if name != "SECONDLOOK_NO_BROWSER"}
    if "SECONDLOOK_DATA" in kept:
        # It may have been given from the folder that the person stands in.
        kept["SECONDLOOK_DATA"] = str(config.data)
    return Start(words, str(folder or ""), kept)


def place(platform: str, home: Path, environ: Mapping[str, str]) -> Path:
    """Return the file of this person that the system reads when they sign in."""
    if platform == "darwin":
        return home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    if platform == "win32":
        roaming = environ.get("APPDATA") or str(home / "AppData" / "Roaming")
        return Path(roaming) / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup" / "Second Look.cmd"
    # The specification has a relative path ignored.
    configured = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(configured) if configured.startswith("/") else home / ".config"
    return folder / "autostart" / "secondlook.desktop"


def written(platform: str, what: Start) -> bytes:
    """Return the content of the file; raises :class:`StartError` for what no such file can carry."""
    for text in (*what.words, what.folder, *what.settings.values()):
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
            raise StartError("A path or a setting holds a line break or a control character; change it first.")
    return {"darwin": _plist, "win32": _cmd}.get(platform, _desktop)(what)


def _desktop(what: Start) -> bytes:
    given = [f"{name}={value}" for name, value in what.settings.items()]
    words = (["/usr/bin/env", *given] if given else []) + what.words
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Second Look",
        "Comment=A second look at what you are about to share, on your own machine",
        f"Exec={' '.join(_quoted(word) for word in words)}",
        *([f"Path={_escaped(what.folder)}"] if what.folder else []),
        "Terminal=false",
        "NoDisplay=true",
        "X-GNOME-Autostart-enabled=true",
    ]
    return ("\n".join(lines) + "\n").encode()


def _quoted(word: str) -> str:
    """Quote as the Desktop Entry Specification asks in its section on ``Exec``, then escape as any value."""
    for letter in ("\\", '"', "`", "$"):
        word = word.replace(letter, "\\" + letter)
    return _escaped('"' + word.replace("%", "%%") + '"')


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\")


def _plist(what: Start) -> bytes:
    keys = {
        "Label": LABEL,
        "ProgramArguments": what.words,
        "WorkingDirectory": what.folder,
        "EnvironmentVariables": what.settings,
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    return plistlib.dumps({key: value for key, value in keys.items() if value})


def _cmd(what: Start) -> bytes:
    """Write for ``cmd.exe``: UTF-8 after ``chcp``, percent signs doubled, and no window left open."""
    program = PureWindowsPath(what.words[0])
    if program.name.lower() == "python.exe":
        program = program.with_name("pythonw.exe")
    for text in (*what.words, what.folder, *what.settings.values()):
        if '"' in text:
            raise StartError("A path or a setting holds a quotation mark, which a .cmd file cannot carry.")
    words = " ".join(f'"{word}"' for word in (str(program), *what.words[1:]))
    lines = ["@echo off", "chcp 65001 >nul"]
    lines += [f'set "{name}={value}"' for name, value in what.settings.items()]
    lines += [f'cd /d "{what.folder}"'] if what.folder else []
    lines += [f'start "" {words}']
    return "".join(line.replace("%", "%%") + "\r\n" for line in lines).encode()


def _on(path: Path, content: bytes) -> int:
    if _read(path) == content:
        print(f"on already: {path}")
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, content)
    print(f"on: the server starts when you sign in the next time. Written: {path}\n")
    print(content.decode())
    _tell_left_out()
    return 0


def _off(path: Path) -> int:
    if _read(path) is None:
        print(f"off already: there is no {path}")
        return 0
    path.unlink()
    print(f"off: removed {path}. A server that runs now goes on until you end it or sign out.")
    return 0


def _status(path: Path, content: bytes) -> int:
    found = _read(path)
    if found is None:
        print(f"off: there is no {path}")
        return 1
    print(f"on: {path}" if found == content else f"on, but for another copy or other settings than now: {path}")
    return 0


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename, so that no sign-in meets half a file; mode 0600 comes from ``mkstemp``."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".secondlook-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _may_hold_secrets(name: str) -> bool:
    return name.endswith(MAY_HOLD_SECRETS)


def _tell_left_out() -> None:
    names = [one.name for one in SETTINGS if os.environ.get(one.name) and _may_hold_secrets(one.name)]
    if names:
        print(f"Left out, since it may hold a password: {', '.join(names)}. Set it where your sign-in sets variables.")
