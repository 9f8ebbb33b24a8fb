"""``backup``: write all that an installation keeps into one file, while the server runs."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from backend.config import StartError, from_environment

if TYPE_CHECKING:
    from backend.archive import Manifest

HELP = "write lists, documents, people, policy and so on into one file"
ZIP = b"PK\x03\x04"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write; an older backup there is replaced")
    parser.add_argument("--encrypt", action="store_true", help="ask for a passphrase, and encrypt the file under it")
    parser.add_argument("--passphrase-file", metavar="FILE", type=Path, help="encrypt under the first line of a file")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Do it; exit status 1 where the file cannot be written, and then an older one is left as it was."""
    from backend.archive import back_up
    from backend.store.in_force import open_for

    config = from_environment()
    phrase = passphrase(args, twice=True)
    if not _may_replace(args.file):
        return _refuse(f"{args.file} is there, and is no backup; choose another name")
    store = open_for(config)
    try:
        with _fresh(args.file, phrase) as target:
            manifest = back_up(config, store, target)
    except OSError as error:
        return _refuse(f"{args.file}: {error.strerror or type(error).__name__}; no backup was made")
    finally:
        store.close()
    _tell(args, manifest)
    return 0


def passphrase(args: argparse.Namespace, *, twice: bool = False) -> bytes | None:
    """Return the passphrase that was asked for; raises :class:`StartError` where there is none."""
    if args.passphrase_file is not None:
        try:
            word: str = args.passphrase_file.read_text(encoding="utf-8").splitlines()[0]
        except (OSError, ValueError, IndexError):
            raise StartError(f"The passphrase cannot be read: {args.passphrase_file}.") from None
    elif getattr(args, "encrypt", False):
        word = asked(twice=twice)
    else:
        return None
    if not word:
        raise StartError("The passphrase is empty.")
    return word.encode()


def asked(*, twice: bool = False) -> str:
    """Ask the person for a passphrase."""
    import getpass

    if not sys.stdin.isatty():
        raise StartError("Nobody can be asked for a passphrase here; use --passphrase-file.")
    word = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Once more: ") != word:
        raise StartError("The two passphrases differ; no backup was made.")
    return word


def _may_replace(path: Path) -> bool:
    """Tell whether a name is free or has a backup: a slip of the hand must not cost another file."""
    from backend.archive.cipher import MAGIC

    if not path.exists() and not path.is_symlink():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)).startswith((MAGIC, ZIP))


@contextmanager
def _fresh(path: Path, phrase: bytes | None) -> Iterator[IO[bytes]]:
    """Give a file that takes the place of ``path`` when it is whole and on the disk; only its owner can read it."""
    from backend.archive.cipher import Sealing

    fresh = path.parent / f".{secrets.token_hex(8)}.new"
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            if phrase is None:
                yield file
            else:
                sealing = Sealing(file, phrase)
                yield sealing  # type: ignore[misc]
                sealing.close()
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _tell(args: argparse.Namespace, manifest: Manifest) -> None:
    size = args.file.stat().st_size
    if args.json:
        counts = {name: one.rows for name, one in manifest.members.items() if one.rows}
        print(json.dumps({"file": str(args.file), "bytes": size, "made": manifest.made, "rows": counts}))
        return
    rows = sum(one.rows for one in manifest.members.values())
    print(f"{args.file}: {rows} entries, {max(1, size // 1000)} kB")
    if not (args.encrypt or args.passphrase_file):
        print("Whoever has this file can read your lists; keep it as safe as the server.", file=sys.stderr)


def _refuse(message: str) -> int:
    print(f"backup: {message}", file=sys.stderr)
    return 1
