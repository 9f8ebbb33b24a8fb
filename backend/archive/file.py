"""The file of a backup: a ZIP with one file of JSON lines a table, the files beside the database, and a manifest.

``manifest.json`` names the format, the state of the tables, and of each member its lines and its SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any

FORMAT = "second-look-backup-1"
MANIFEST = "manifest.json"
LONGEST_MANIFEST = 4_000_000
LONGEST_FILE = 128_000_000
LONGEST_LINE = 512_000_000
"""The fingerprints of the longest document, in Base64."""
BLOCK = 1 << 20
Row = Mapping[str, Any]


class BadBackup(Exception):
    """A file that cannot be restored, and why, for a person to read."""


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a backup."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    schema: str
    """The migration that its tables stand at."""
    made: str
    """In UTC, for example ``2026-11-24T12:00:00Z``."""
    program: str
    secret: str = ""
    """Names the secret of the team's servers, without telling it; empty for one person's server."""
    members: dict[str, Member] = field(default_factory=dict)
    format: str = FORMAT


class Writer:
    """Writes the members one after the other, and the manifest at last; needs no way back in the file."""

    def __init__(self, target: IO[bytes], manifest: Manifest) -> None:
        """Take the file and what is known of the backup."""
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.manifest = manifest

    def rows(self, name: str, rows: Iterable[Row]) -> None:
        """Write a table's rows."""
        digest, count = hashlib.sha256(), 0
        with self._zip.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
            for row in rows:
                count += 1
                line = json.dumps(row, ensure_ascii=True, default=_packed).encode() + b"\n"
                digest.update(line)
                file.write(line)
        self.manifest.members[f"tables/{name}.jsonl"] = Member(count, digest.hexdigest())

    def file(self, name: str, content: bytes) -> None:
        """Write a file."""
        self._zip.writestr(f"files/{name}", content)
        self.manifest.members[f"files/{name}"] = Member(0, hashlib.sha256(content).hexdigest())

    def close(self) -> None:
        """Write the manifest, and end."""
        self._zip.writestr(MANIFEST, json.dumps(asdict(self.manifest), indent=1, sort_keys=True))
        self._zip.close()


class Reader:
    """Reads a backup that was found sound: every member is there, and is as it was written."""

    def __init__(self, source: IO[bytes]) -> None:
        """Take the file; raises :class:`BadBackup`."""
        try:
            self._zip = zipfile.ZipFile(source)
            self.manifest = _manifest(self._read(MANIFEST, LONGEST_MANIFEST))
            for name, member in self.manifest.members.items():
                if self._digest(name) != member.sha256:
                    raise BadBackup("It is damaged: a part of it is not as it was written.")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, KeyError):
            raise BadBackup("It is no backup of Second Look, or it is damaged.") from None

    def tables(self) -> list[str]:
        """Return the names of the tables."""
        names = (name.partition("/") for name in self.manifest.members)
        return [rest.removesuffix(".jsonl") for kind, _, rest in names if kind == "tables"]

    def rows(self, name: str) -> Iterator[Row]:
        """Yield a table's rows; raises :class:`BadBackup`."""
        with self._zip.open(f"tables/{name}.jsonl") as file:
            while line := file.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise BadBackup("A line of it is longer than any backup's.")
                try:
                    row = json.loads(line, object_hook=_unpacked)
                except ValueError:
                    raise BadBackup("It is damaged: a line of it cannot be read.") from None
                if not isinstance(row, dict):
                    raise BadBackup("It is damaged: a line of it is no row.")
                yield row

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files with their names."""
        for name in self.manifest.members:
            kind, _, rest = name.partition("/")
            if kind == "files":
                yield rest, self._read(name, LONGEST_FILE)

    def _read(self, name: str, longest: int) -> bytes:
        with self._zip.open(name) as file:
            found = file.read(longest + 1)
        if len(found) > longest:
            raise BadBackup("A part of it is larger than any backup's.")
        return found

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        with self._zip.open(name) as file:
            while block := file.read(BLOCK):
                digest.update(block)
        return digest.hexdigest()


def _manifest(data: bytes) -> Manifest:
    try:
        found = json.loads(data)
        if found["format"] != FORMAT:
            raise BadBackup("It was made by another version of Second Look, which writes backups in another form.")
        members = {str(name): Member(int(one["rows"]), str(one["sha256"])) for name, one in found["members"].items()}
        facts = {name: str(found[name]) for name in ("schema", "made", "program", "secret")}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise BadBackup("It is no backup of Second Look, or it is damaged.") from None
    return Manifest(**facts, members=members)


def _packed(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(f"a value that cannot be kept: {type(value).__name__}")


def _unpacked(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["base64"], validate=True) if value.keys() == {"base64"} else value
