"""A team's server: the canary goes in by every way, and is in no table, key, file or log of any of its parts."""

from __future__ import annotations

import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis as client_of_redis

from backend.http import problems
from tests.privacy.conftest import LISTED, Sung, sing
from tests.privacy.needles import files_with, stands_in
from tests.privacy.ways import CANARY
from tests.team.team import Team

PUBLIC = "look.example.org"
SENT = "the canary was on its way"


class Monitor:
    """Every command that Redis is given, as ``MONITOR`` tells it."""

    def __init__(self, url: str) -> None:
        self.heard: list[bytes] = []
        self._url = url
        self._redis = client_of_redis.Redis.from_url(url, socket_timeout=None)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._is_there = threading.Event()
        self._thread.start()
        assert self._is_there.wait(30)

    def _listen(self) -> None:
        with self._redis.monitor() as monitor:
            self._is_there.set()
            for command in monitor.listen():
                self.heard.append(repr(command).encode() + str(command.get("command")).encode())
                if SENT in str(command.get("command")):
                    return

    def end(self) -> None:
        """Stop when all that was sent before now has been heard."""
        other = client_of_redis.Redis.from_url(self._url)
        other.echo(SENT)
        other.close()
        self._thread.join(30)
        self._redis.close()


@pytest.fixture(scope="module")
def sung(postgres: Any, redis: Any) -> Iterator[Sung]:
    """A team's server with two web processes and a worker, after the canary."""
    team = Team(postgres, redis, SECONDLOOK_PROXIES="1", SECONDLOOK_HOSTS=PUBLIC, PYTHONFAULTHANDLER="1")
    monitor = Monitor(redis.url)
    try:
        team.start()
        link = team.run("token", "--link").strip()
        own = {"Host": PUBLIC, "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
        found = Sung(team, sing(team.port, team.token, link, own))
        monitor.end()
        found.heard = monitor.heard
        yield found
    finally:
        team.remove()


def tables(team: Team) -> Iterator[tuple[str, bytes]]:
    """Every table of the database as text."""
    address = team.database.replace("postgresql+psycopg", "postgresql")
    query = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT LIKE 'pg%'"
    with psycopg.connect(address) as connection:
        names = connection.execute(query).fetchall()
        for schema, name in names:
            if schema != "information_schema":
                with connection.cursor().copy(f'COPY "{schema}"."{name}" TO STDOUT') as rows:  # type: ignore[arg-type]
                    yield name, b"".join(bytes(row) for row in rows)


def test_it_is_in_no_table_though_a_term_of_a_list_is(sung: Sung) -> None:
    found = dict(tables(sung.watched))
    assert len(found) > 10
    assert [name for name, data in found.items() if stands_in(CANARY, data)] == []
    assert any(stands_in(LISTED, data) for data in found.values()), "what is looked for like this is found"


def test_it_is_in_no_file_of_postgresql_redis_web_or_worker(sung: Sung) -> None:
    team = sung.watched
    client_of_redis.Redis.from_url(team.redis.url).save()
    folders = [team.folder, team.web.folder, team.worker.folder, team.postgres.folder, team.redis.folder]
    assert (team.redis.folder / "dump.rdb").exists()
    assert files_with(CANARY, folders) == []
    assert files_with(LISTED, [team.postgres.folder])


def test_it_is_in_nothing_that_redis_holds_or_was_given(sung: Sung) -> None:
    """Neither a key nor a value, and no command: what passes through is sealed.

    An id that a caller makes up is asked for as it is (``HMGET look:entry:<id>``): it is no draft, and nothing is kept.
    """
    store = client_of_redis.Redis.from_url(sung.watched.broker)
    held = [key + b" " + (store.dump(key) or b"") for key in store.scan_iter()]
    store.close()
    assert len(sung.heard) > 100, "the worker was sent its files by Redis"
    given = [one for one in sung.heard if b"HMGET look:entry:" not in one]
    assert [one for one in (*held, *given) if stands_in(CANARY, one)] == []


def test_it_is_in_no_error_and_no_metric_of_any_process(sung: Sung) -> None:
    errors = [answer for answer in sung.answers if answer.mimetype == problems.MEDIA_TYPE]
    assert len(errors) > 30
    others = [sung.watched.call("GET", "/metrics").body for _ in range(6)]
    for data in [*(answer.data + repr(list(answer.headers)).encode() for answer in errors), *others]:
        assert not stands_in(CANARY, data), data


def test_it_is_in_no_backup_and_no_exported_audit_log(sung: Sung, tmp_path: Path) -> None:
    team = sung.watched
    team.run("backup", str(tmp_path / "kept"))
    with zipfile.ZipFile(tmp_path / "kept") as backup:
        kept = b"".join(backup.read(name) for name in backup.namelist())
    actions = team.run("audit", "export")
    assert stands_in(LISTED, kept) and actions.count("\n") > 3, "what is looked for like this is found"
    assert not stands_in(CANARY, kept) and not stands_in(CANARY, actions.encode())


def test_a_web_process_and_a_worker_that_crash_leave_nothing(sung: Sung) -> None:
    team = sung.watched
    for program in (team.web, team.worker):
        for pid in program.children():
            limits = Path(f"/proc/{pid}/limits").read_text()
            assert "Max core file size        0                    0" in limits, (program.name, pid)
        youngest = program.children()[-1]
        os.kill(youngest, signal.SIGSEGV)
        end = time.monotonic() + 30
        while youngest in program.children() and time.monotonic() < end:
            team.call("GET", "/v1/status", token="")
    assert files_with(CANARY, [team.folder, team.web.folder, team.worker.folder]) == []
