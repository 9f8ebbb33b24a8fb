"""``extension``: where the folder lies that the browser loads, or a copy of it elsewhere."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from backend.program import ROOT

HELP = "print the folder of the extension, which the browser loads, or copy it elsewhere"
FOLDER = ROOT / "extension"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    told = "copy it into this folder: for a browser that cannot see hidden folders (a Snap or a Flatpak)"
    parser.add_argument("--copy", metavar="FOLDER", type=Path, help=told)


def run(args: argparse.Namespace) -> int:
    """Print the folder alone, so that it can be handed on."""
    if not (FOLDER / "manifest.json").is_file():
        print(f"{FOLDER} has no manifest.json; get the whole release", file=sys.stderr)
        return 1
    if args.copy is None:
        print(FOLDER)
        return 0
    return _copy(args.copy.expanduser().absolute())


def _copy(target: Path) -> int:
    """Copy into a new or empty folder, or over an earlier copy, whose files that are no more are removed."""
    if target == FOLDER or FOLDER.is_relative_to(target) or target.is_relative_to(FOLDER):
        return _refuse(f"{target} holds the original, or lies in it; choose another folder")
    try:
        if target.exists() and not (_is_copy(target) or _is_empty(target)):
            return _refuse(f"{target} holds something else; choose a new folder")
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(FOLDER, target, ignore=shutil.ignore_patterns("*.md", "*.ts"))
    except OSError as error:
        return _refuse(f"{target} cannot be written: {error.strerror or type(error).__name__}")
    print(target)
    return 0


def _is_copy(folder: Path) -> bool:
    """Tell an earlier copy by the key in its manifest, which no other extension has."""
    return folder.is_dir() and not folder.is_symlink() and _key(folder) == _key(FOLDER) != ""


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())


def _key(folder: Path) -> str:
    try:
        return str(json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("key", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
