"""The packs that an installation has besides those of the product: the files of one folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from backend.files import Files, of
from backend.rules.loader import BUILT_IN, PackError, load_packs, read_pack
from backend.rules.proof import PROVEN, prove
from backend.rules.rule import Pack
from backend.subscriptions.parcel import BadParcel
from backend.text.expressions import is_bounded
from backend.text.toml import is_plain

FOLDER = "packs"
NEW = "new"
MOST_RULES = 1_000
"""Rules of a pack of others: each is proven before it is taken, which takes its time."""


def folders(data: Path) -> tuple[Path, ...]:
    """Return the folder, if there is a pack in it."""
    folder = data / FOLDER
    return (folder,) if any(folder.glob("*.toml")) else ()


def state(data: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what differs when a pack has come, gone or changed; costs microseconds."""
    try:
        entries = sorted(os.scandir(data / FOLDER), key=lambda entry: entry.name)
        return tuple((one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in entries if one.is_file())
    except OSError:
        return ()


def proven(data: Path, id: str, content: str) -> Pack:
    """Return a pack that does what it says and goes with those that are there; raises :class:`BadParcel`."""
    if not is_plain(content):
        raise BadParcel("bad_content")
    folder = data / FOLDER / NEW
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{id}.toml"
    try:
        path.write_text(content, encoding="utf-8", newline="\n")
        pack = read_pack(path)
        taken = {rule.id for one in _others(data, id) for rule in one.rules}
        is_taken = any(rule.id in taken for rule in pack.rules) or (BUILT_IN / path.name).exists()
        sources = (one.source for rule in pack.rules for one in rule.expressions())
        if is_taken or len(pack.rules) > MOST_RULES or not all(map(is_bounded, sources)):
            raise BadParcel("bad_content")
        prove(pack)
    except (PackError, ValueError, TypeError, KeyError, AttributeError):
        raise BadParcel("bad_content") from None
    finally:
        path.unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
    return pack


def is_there(data: Path, id: str) -> bool:
    """Tell whether a pack of this id is in the folder."""
    return (data / FOLDER / f"{id}.toml").exists()


def keep(place: Path | Files, id: str, content: str) -> None:
    """Put a pack into the folder, in the place of an older one; raises :class:`BadParcel`."""
    files = of(place)
    pack = proven(files.folder, id, content)
    record = files.folder / FOLDER / PROVEN.name
    known = record.read_text(encoding="ascii") if record.exists() else ""
    files.write(FOLDER, PROVEN.name, f"{known}{pack.digest} {id}\n".encode("ascii"))
    files.write(FOLDER, f"{id}.toml", content.encode())


def remove(place: Path | Files, id: str) -> None:
    """Take a pack out of the folder."""
    of(place).remove(FOLDER, f"{id}.toml")


def _others(data: Path, id: str) -> list[Pack]:
    mine = [read_pack(path) for folder in folders(data) for path in folder.glob("*.toml") if path.stem != id]
    return [*load_packs(), *mine]
