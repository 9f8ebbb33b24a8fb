"""Taking a backup of an installation, and bringing one back: all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from backend import __version__
from backend.archive.file import BadBackup, Manifest, Reader, Writer
from backend.config import Config
from backend.files import checked, write_whole
from backend.store import Store, audit, dumping, shared
from backend.store.shared import KEY, KEY_FILE, KINDS

CHECK = "backup check"
Files = Mapping[str, bytes]
"""Files by their names with their kind before, ``sealed/ab.sealed``; the key of documents is ``documents.key``."""


class NotEmpty(Exception):
    """There is something here already, and nobody said that it may go."""


def back_up(config: Config, store: Store, target: IO[bytes]) -> Manifest:
    """Write a backup while the server runs; raises ``OSError`` where the file cannot be written."""
    writer = Writer(target, Manifest(dumping.schema(), store.now(), __version__, secret_name(config, store)))
    with dumping.one_state(store) as connection:
        for table in dumping.tables():
            writer.rows(table.name, dumping.rows(connection, table))
        for name, content in _kept(config, store, connection):
            writer.file(name, content)
    writer.close()
    return writer.manifest


def restore(config: Config, store: Store, source: IO[bytes], *, replace: bool = False) -> Manifest:
    """Put a backup in the place of what is here, all of it or nothing.

    Raises :class:`BadBackup`, and :class:`NotEmpty` where something is here and ``replace`` is not said.
    """
    reader = Reader(source)
    if reader.manifest.schema > dumping.schema():
        raise BadBackup("It was made by a newer Second Look; install that version or a newer one.")
    files = _checked(dict(reader.files()))
    with _placing(config.files) as put, store.write() as connection:
        if not dumping.is_empty(connection) and not replace:
            raise NotEmpty
        _load(reader, connection)
        audit.note(store, connection, "backup.restored", reader.manifest.made, program=reader.manifest.program)
        if store.is_embedded:
            put(files)  # last: where that fails, the database stays as it was too
        else:
            _share(config, store, connection, files)
    return reader.manifest


def secret_name(config: Config, store: Store) -> str:
    """Return what tells one secret from another without telling either; empty for one person's server."""
    if store.is_embedded and not config.is_team:
        return ""
    from backend.team import secret

    return secret.read(config).key(CHECK)[:8].hex()


def _load(reader: Reader, connection: Any) -> None:
    known = {table.name: table for table in dumping.tables()}
    if not set(reader.tables()) <= known.keys():
        raise BadBackup("It has tables that this version does not know.")
    dumping.clear(connection)
    for name, table in known.items():
        if name in reader.tables():
            try:
                dumping.load(connection, table, reader.rows(name))
            except dumping.CannotKeep:
                raise BadBackup(f"It is damaged: what it has of {name} contradicts itself.") from None
    dumping.finish(connection)


def _kept(config: Config, store: Store, connection: Any) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an installation: of its folder, or those that servers share."""
    if store.is_embedded:
        for (kind, name), path in shared.files_below(config.files):
            yield f"{kind}/{name}", path.read_bytes()
        if (config.files / KEY_FILE).is_file():
            yield KEY_FILE, (config.files / KEY_FILE).read_bytes()
        return
    from backend.team import files

    sealed = None
    for (kind, name), content in shared.all_with(connection):
        if kind in KINDS:
            yield f"{kind}/{name}", content
        elif (kind, name) == KEY:
            sealed = content
    yield KEY_FILE, files.opened(config, sealed)


def _checked(files: Files) -> Files:
    """Return the files; raises :class:`BadBackup` for a name that leads elsewhere."""
    try:
        for name in files:
            kind, _, own = name.rpartition("/")
            if name != KEY_FILE and (kind not in KINDS or checked(own) != own):
                raise ValueError
    except ValueError:
        raise BadBackup("It has files that no backup of Second Look has.") from None
    return files


def _share(config: Config, store: Store, connection: Any, files: Files) -> None:
    """Put the files where all servers have them, the key of documents under the secret that these have."""
    from backend.team import secret
    from backend.team.files import PURPOSE

    for name, content in files.items():
        kind, _, own = name.rpartition("/")
        if name == KEY_FILE:
            kept = secret.read(config).seal(PURPOSE, content, KEY[1])
            shared.put_with(connection, store.now(), KEY, kept)
        else:
            shared.put_with(connection, store.now(), (kind, own), content)
    shared.put_with(connection, store.now(), shared.ADOPTED, b"")


@contextmanager
def _placing(folder: Path) -> Iterator[Callable[[Files], None]]:
    """Give what puts files in the place of those in a folder; the old ones come back where what follows fails."""
    word = uuid4().hex
    fresh, old = folder / f"restore-{word}", folder / f"before-{word}"
    names = [*KINDS, KEY_FILE]

    def put(files: Files) -> None:
        for name, content in files.items():
            write_whole(fresh / name, content)
        old.mkdir(mode=0o700)
        _move(names, folder, old)
        _move(names, fresh, folder)

    try:
        yield put
    except BaseException:
        if old.exists():
            _move(names, folder, fresh)
            _move(names, old, folder)
        raise
    else:
        for path in folder.glob("documents-*.index") if old.exists() else ():
            path.unlink()  # it is made anew of what the database holds now
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _move(names: list[str], source: Path, target: Path) -> None:
    for name in names:
        if (source / name).exists():
            target.mkdir(exist_ok=True, mode=0o700)
            (source / name).replace(target / name)
