"""Another user of the same machine: what lies in files, and what processes show, tells them nothing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from backend.model import Level, Term
from backend.sealed.file import dumps
from backend.sealed.seal import seal
from tests.attacks.target import Target
from tests.attacks.test_paths import MULTIPART, form

NOBODY = 65534
WORDS = "Shelduck-words-of-a-draft"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="users and /proc as Linux has them")


@pytest.fixture(scope="module")
def used(personal: Target) -> Target:
    """The server after everything that makes a file: lists, documents, a sealed list, the policy, attachments."""
    personal.owner("POST", "/v1/lists", {"name": "files", "terms": ["Redshank"]})
    personal.owner("POST", "/v1/documents", {"name": "files", "text": f"{WORDS} of a page enough " * 20})
    sealed = seal("Sealed files", Level.STOP, [Term("Redshank Project")])[0]
    personal.ask("POST", "/v1/sealed", ("Content-Type", "application/json"), token=personal.token, body=dumps(sealed))
    personal.ask(
        "POST", "/v1/attachments", MULTIPART, token=personal.token, body=form("a.txt", WORDS.encode() * 100_000)
    )
    assert personal.ask("GET", "/v1/lists", cookie=personal.cookie).status == 200
    return personal


def everything(folder: Path) -> list[Path]:
    return [folder, *sorted(folder.rglob("*"))]


def test_every_file_and_folder_is_its_owners_alone(used: Target) -> None:
    """Also in a folder that is open to all, since other things lie there: this one holds what the test collects."""
    for path in everything(used.server.data)[1:]:
        if path.name == "stderr.txt":
            continue
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert mode & 0o077 == 0, f"{path} has mode {mode:o}"
        assert not mode & 0o7000


def test_no_temporary_file_is_left_or_open_to_others(used: Target) -> None:
    temporary = Path(used.server.settings["TMPDIR"])
    assert list(temporary.rglob("*")) == []


def processes(used: Target) -> list[int]:
    """The server's process and all below it."""
    assert used.server.process
    found = [used.server.process.pid]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):  # a thread that has just ended
                found += [int(one) for one in (task / "children").read_text().split()]
    return found


def test_no_process_shows_a_secret_or_a_draft_in_its_arguments_or_environment(used: Target) -> None:
    secrets = [used.token, used.csrf, used.cookie.partition("=")[2], WORDS]
    pids = processes(used)
    assert len(pids) > 1, "the reader of files runs too"
    for pid in pids:
        for name in ("cmdline", "environ", "comm"):
            shown = Path(f"/proc/{pid}/{name}").read_bytes().decode("utf-8", "replace")
            assert not any(one in shown for one in secrets), (pid, name)
            assert "once=" not in shown


def test_the_process_that_reads_files_is_told_no_secret_of_the_server(used: Target) -> None:
    """What a hostile file would take over: it has no address of the database, no password, no file with a key."""
    for pid in processes(used)[1:]:
        names = {one.partition(b"=")[0] for one in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")}
        assert not {one for one in names if one.startswith(b"SECONDLOOK_")} - {b"SECONDLOOK_OCR"}, pid


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may become somebody else")
def test_another_user_reads_no_file_and_no_process(used: Target) -> None:
    paths = [str(path) for path in everything(used.server.data) if path.is_file() and path.name != "stderr.txt"]
    for pid in processes(used):
        paths += [f"/proc/{pid}/{name}" for name in ("environ", "mem", "maps", "fd/0", "fd/1", "cwd/x", "stack")]
    done = subprocess.run(["cat", *paths], user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, cwd="/")
    assert done.stdout == b""
    refused = done.stderr.count(b"Permission denied") + done.stderr.count(b"No such file")
    assert refused == len(paths), done.stderr


def test_no_crash_leaves_what_was_in_memory(used: Target) -> None:
    """A core file would hold drafts; neither the server nor what reads files may leave one, nor be looked into."""
    for pid in processes(used):
        limits = Path(f"/proc/{pid}/limits").read_text()
        line = next(one for one in limits.splitlines() if one.startswith("Max core file size"))
        assert line.split()[4:6] == ["0", "0"], (pid, line)


def test_the_server_listens_on_this_machine_alone(used: Target) -> None:
    listening = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            if state == "0A" and int(local.rpartition(":")[2], 16) == used.port:
                listening.add(local.partition(":")[0])
    assert listening == {"0100007F"}
