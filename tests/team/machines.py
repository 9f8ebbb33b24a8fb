"""PostgreSQL and Redis as a team has them: real servers in folders of their own, on free ports of this machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.e2e.serving import free_port

LOOPBACK = "127.0.0.1"
PATIENCE = 90.0
FIRST = 16
"""The first of Redis' databases that is given away; those below are for tests that name one."""


def postgres_programs() -> Path | None:
    """The folder with PostgreSQL's own programs, where they are installed."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = known[0] if known else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def await_(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait until something holds, looking every 20 ms."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"not within {patience} s: {what}"
        time.sleep(0.02)


class Machine:
    """A server process that a test may kill and start again; its data stays until ``remove``."""

    name = "machine"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="secondlook-"))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def user(self) -> str | None:
        return None

    def start(self) -> None:
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            self.command(), stdout=log, stderr=log, user=self.user(), cwd="/", start_new_session=True
        )
        log.close()
        await_(self._answers_or_died, f"{self.name} answers")

    def _answers_or_died(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} ended: {(self.folder / 'log').read_text(errors='replace')[-2000:]}")
        return self.answers()

    def kill(self) -> None:
        """End it and its children at once, as a power cut would."""
        process, self.process = self.process, None
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Machine):
    """A cluster of its own; ``database()`` makes an empty database and returns its URL."""

    name = "PostgreSQL"

    def __init__(self) -> None:
        super().__init__()
        programs = postgres_programs()
        assert programs is not None
        self._programs = programs
        if owner := self.user():
            shutil.chown(self.folder, owner)
        made = [
            str(programs / "initdb"),
            "-D",
            str(self.folder / "data"),
            "-U",
            "look",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        ]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, user=self.user(), cwd="/")

    def user(self) -> str | None:
        return "postgres" if os.geteuid() == 0 else None  # it refuses to run as root

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": LOOPBACK,
            "port": self.port,
            "unix_socket_directories": self.folder,
            "fsync": "off",
        }
        given = [f"-c{name}={value}" for name, value in settings.items()]
        return [str(self._programs / "postgres"), "-D", str(self.folder / "data"), *given]

    @property
    def address(self) -> str:
        """Where its own database is, as libpq spells it."""
        return f"postgresql://look@{LOOPBACK}:{self.port}/postgres"

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://look@{LOOPBACK}:{self.port}/{name}"

    def answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(host=LOOPBACK, port=self.port, user="look", dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def database(self) -> str:
        import psycopg

        name = f"look_{uuid4().hex[:12]}"
        where: dict[str, Any] = {"host": LOOPBACK, "port": self.port, "user": "look", "dbname": "postgres"}
        with psycopg.connect(**where, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url(name)


class Redis(Machine):
    """A server that keeps nothing on disk, unless ``keeps``: then it appends each write to a file.

    ``database()`` returns the URL of an empty database that no other team has: workers take whatever waits in theirs.
    """

    name = "Redis"

    def __init__(self, *, keeps: bool = False) -> None:
        super().__init__()
        self._keeps = keeps
        self._numbers = count(FIRST)

    @property
    def url(self) -> str:
        return f"redis://{LOOPBACK}:{self.port}/0"

    def database(self) -> str:
        return f"redis://{LOOPBACK}:{self.port}/{next(self._numbers)}"

    def command(self) -> list[str]:
        settings = ["--port", str(self.port), "--bind", LOOPBACK, "--dir", str(self.folder), "--save", ""]
        settings += ["--databases", "64"]
        return ["redis-server", *settings, "--appendonly", "yes" if self._keeps else "no", "--appendfsync", "always"]

    def answers(self) -> bool:
        import redis

        client = redis.Redis.from_url(self.url, socket_timeout=2)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
