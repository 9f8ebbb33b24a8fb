"""The page for administrators, followed to the letter: a team with two members and a sealed list that they share."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from backend.http.origins import extension_origins
from tests.e2e.serving import ROOT, free_port
from tests.team.team import call_at

PAGE = ROOT / "docs" / "team.md"
EXTENSION = extension_origins()[0]


class Followed:
    """What is there when all blocks of the page have been run, in one shell, in an empty folder."""

    def __init__(self, folder: Path, said: str, address: str) -> None:
        self.folder, self.said, self.address = folder, said, address

    def join(self, name: str) -> str:
        """Join as the person's extension does, and return its token."""
        lines = [json.loads(line) for line in (self.folder / "invitations.txt").read_text().splitlines() if line]
        code = next(line["code"] for line in lines if line["name"] == name)
        wanted = {"code": code, "device": "Laptop"}
        joined = call_at(self.address, "POST", "/v1/joins", wanted, Origin=EXTENSION)
        assert joined.status == 201
        return str(joined.json["token"])

    def level(self, token: str, text: str) -> str:
        checked = call_at(self.address, "POST", "/v1/checks", {"text": text}, token=token, Origin=EXTENSION)
        return str(checked.json["level"])


def command_on(folder: Path) -> Path:
    """A folder with the product's command, as an installation has it."""
    (folder / "bin").mkdir()
    command = folder / "bin" / "secondlook"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m backend "$@"\n')
    command.chmod(0o755)
    return command.parent


@pytest.fixture(scope="module")
def followed(postgres, redis, tmp_path_factory) -> Iterator[Followed]:
    folder, port = tmp_path_factory.mktemp("page"), free_port()
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    script = "set -e\n" + "\n".join(blocks)
    script = script.replace("redis://127.0.0.1:6379", f"redis://127.0.0.1:{redis.port}").replace(":8765", f":{port}")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SECONDLOOK_")}
    own = {"PATH": f"{command_on(folder)}:{kept['PATH']}", "HOME": str(folder), "SECONDLOOK_PORT": str(port)}
    own |= {"PGHOST": "127.0.0.1", "PGPORT": str(postgres.port), "PGUSER": "look", "SECONDLOOK_WARM": "0"}
    shell = subprocess.Popen(
        ["bash", "-c", script],
        cwd=folder,
        env={**kept, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = shell.communicate(timeout=120)
        assert shell.returncode == 0, said
        yield Followed(folder, said, f"http://127.0.0.1:{port}")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGTERM)
        with suppress(psycopg.Error), psycopg.connect(postgres.address, autocommit=True) as connection:
            connection.execute("DROP DATABASE look WITH (FORCE)")


def test_two_members_join_and_share_a_sealed_list(followed):
    for name in ("An Nguyen", "Li Wei"):
        token = followed.join(name)
        assert followed.level(token, "We start Project Sunbird on Monday") == "stop"
        assert followed.level(token, "We start lunch at noon") == "clear"


def test_the_page_tells_the_truth_of_what_it_prints(followed):
    assert '"level":"stop"' in followed.said
    assert "/welcome?once=" in followed.said
    assert (followed.folder / "look.backup").stat().st_size > 1000


def test_the_names_of_the_sealed_list_are_nowhere_on_the_server(followed):
    files = [path for path in (followed.folder / "look-data").rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if b"Sunbird" in path.read_bytes()] == []
