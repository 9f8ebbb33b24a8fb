"""``restore``: put a backup in the place of what an installation keeps, all of it or nothing."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from backend.config import Config, from_environment

if TYPE_CHECKING:
    from backend.archive import Manifest
    from backend.store import Store

HELP = "bring back what a backup holds"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that backup wrote")
    parser.add_argument("--replace", action="store_true", help="delete what is here now")
    parser.add_argument("--passphrase-file", metavar="FILE", type=Path, help="the passphrase is a file's first line")
    parser.add_argument("--check", action="store_true", help="look whether the backup is sound, and change nothing")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Do it; exit status 1 where the file is no sound backup or something is here already; then nothing has changed."""
    from backend.archive import BadBackup
    from backend.archive.cipher import WrongPassphrase
    from backend.archive.taking import NotEmpty

    try:
        with _opened(args) as source:
            return _check(source, args) if args.check else _restore(from_environment(), source, args)
    except BadBackup as error:
        return _refuse(f"{args.file} cannot be restored. {error}")
    except WrongPassphrase:
        return _refuse(f"{args.file} does not open: the passphrase is another one, or the file is damaged")
    except NotEmpty:
        return _refuse("there is something here already; with --replace it is deleted. Make a backup of it first")
    except OSError as error:
        return _refuse(f"{error.filename or args.file}: {error.strerror or type(error).__name__}; nothing has changed")


def _restore(config: Config, source: IO[bytes], args: argparse.Namespace) -> int:
    from backend.archive import restore
    from backend.archive.taking import secret_name
    from backend.store.in_force import open_for

    store = open_for(config)
    try:
        manifest = restore(config, store, source, replace=args.replace)
        foreign = bool(manifest.secret) and manifest.secret != secret_name(config, store)
        second_factors = _second_factors(store) if foreign else 0
    finally:
        store.close()
    _tell(args, manifest)
    if second_factors:
        print(
            f"{second_factors} people have a second factor that was made under another secret. Copy the old server's "
            "secret file here (SECONDLOOK_SECRET_FILE), or let them set it up anew.",
            file=sys.stderr,
        )
    return 0


def _check(source: IO[bytes], args: argparse.Namespace) -> int:
    from backend.archive.file import Reader

    reader = Reader(source)
    for name in reader.tables():
        for _ in reader.rows(name):
            pass
    _tell(args, reader.manifest)
    return 0


@contextmanager
def _opened(args: argparse.Namespace) -> Iterator[IO[bytes]]:
    """Give the backup; one that is encrypted is opened into a file that has no name and is gone at the end."""
    from backend.archive import cipher
    from backend.commands.backup import asked, passphrase

    with args.file.open("rb") as source:
        if not cipher.is_sealed(source):
            yield source
            return
        phrase = passphrase(args) or asked().encode()
        folder = from_environment().data
        with tempfile.TemporaryFile(dir=folder if folder.is_dir() else None) as plain:
            cipher.open_sealed(source, plain, phrase)
            plain.seek(0)
            yield plain


def _second_factors(store: Store) -> int:
    from backend.store.dumping import second_factors

    return second_factors(store)


def _tell(args: argparse.Namespace, manifest: Manifest) -> None:
    counts = {name: one.rows for name, one in manifest.members.items() if one.rows}
    if args.json:
        print(json.dumps({"made": manifest.made, "rows": counts, "restored": not args.check}))
        return
    word = "is sound" if args.check else "is restored"
    print(f"The backup of {manifest.made} {word}: {sum(counts.values())} entries.")


def _refuse(message: str) -> int:
    print(f"restore: {message}", file=sys.stderr)
    return 1
