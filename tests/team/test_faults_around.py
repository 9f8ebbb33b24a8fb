"""What goes wrong around a server: no broker at its start, a full disk, a locked database, clocks that jump, and
clients that are slow or leave in the middle."""

from __future__ import annotations

import resource
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.e2e.serving import Server, free_port
from tests.team.machines import LOOPBACK, await_
from tests.team.team import Team, call_at
from tests.team.typing_people import HARMLESS, MARKED

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
DAY = 86_400


def test_a_team_without_its_broker_starts_checks_texts_and_reads_files_by_itself(postgres, redis):
    alone = Team(postgres, redis, web_processes=1, SECONDLOOK_BROKER=f"redis://{LOOPBACK}:{free_port()}/0")
    try:
        alone.start(workers=0)
        assert alone.check(MARKED).json["level"] == "stop"
        assert alone.read(alone.attach(MARKED.encode()).json["id"])["level"] == "stop"
    finally:
        alone.remove()


class Small:
    """One person's server on a disk of two megabytes, or on a large one where none such can be mounted."""

    def __init__(self, folder: Path, is_mounted: bool) -> None:
        self.disk = folder
        self.ways = [self.limited, self.filled] if is_mounted else [self.limited]
        self.server = Server(folder / "data", SECONDLOOK_WARM="0")
        self.server.start()
        self.token = self.server.run("token", "--name", "a machine's own").strip().splitlines()[-1]

    def call(self, method: str, path: str, body: object = None):
        return call_at(self.server.address, method, path, body, token=self.token)

    @contextmanager
    def filled(self) -> Iterator[None]:
        """Leave no byte free on the disk, for a while."""
        filling = self.disk / "filling"
        with filling.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        try:
            yield
        finally:
            filling.unlink()

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Let no file of the server grow, for a while, as where a quota is reached."""
        process, kind = self.server.process.pid, resource.RLIMIT_FSIZE
        before = resource.prlimit(process, kind)
        length = (self.server.data / "secondlook.sqlite3-wal").stat().st_size
        resource.prlimit(process, kind, (length, before[1]))
        try:
            yield
        finally:
            resource.prlimit(process, kind, before)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Iterator[Small]:
    folder = tmp_path_factory.mktemp("disk")
    mounting = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    is_mounted = subprocess.run(mounting, capture_output=True, check=False).returncode == 0
    with ExitStack() as stack:
        if is_mounted:
            stack.callback(subprocess.run, ["umount", "-l", str(folder)], check=True)
        made = Small(folder, is_mounted)
        stack.callback(made.server.stop)
        yield made


def test_without_room_checks_go_on_and_what_was_acknowledged_stays(small):
    for no_room in small.ways:
        kept = small.call("POST", "/v1/lists", {"name": no_room.__name__, "level": "stop"}).json["id"]
        terms = f"/v1/lists/{kept}/terms"
        assert small.call("POST", terms, {"terms": ["kestrel plan"]}).status == 200
        with no_room():
            many = [f"term {number} {'x' * 100}" for number in range(5000)]
            assert small.call("POST", terms, {"terms": many}).status == 507
            assert small.call("POST", "/v1/checks", {"text": MARKED}).json["level"] == "stop"
            assert small.call("POST", "/v1/checks", {"text": "the kestrel plan"}).json["level"] == "stop"
            assert small.call("POST", "/v1/checks", {"text": HARMLESS}).json["level"] == "clear"
        assert small.call("POST", terms, {"terms": ["heron plan"]}).status == 200
        found = small.call("GET", f"{terms}?limit=1000").json["terms"]
        assert [term["text"] for term in found] == ["kestrel plan", "heron plan"]


def test_while_the_database_is_locked_checks_go_on_and_a_change_waits(small):
    made = small.call("POST", "/v1/lists", {"name": "locked", "level": "stop"}).json["id"]
    other = sqlite3.connect(small.server.data / "secondlook.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    answers: list[int] = []

    def change() -> None:
        answers.append(small.call("POST", f"/v1/lists/{made}/terms", {"terms": ["osprey plan"]}).status)

    editor = threading.Thread(target=change)
    editor.start()
    for _ in range(10):
        assert small.call("POST", "/v1/checks", {"text": MARKED}).json["level"] == "stop"
    assert answers == []
    other.execute("ROLLBACK")
    other.close()
    editor.join()
    assert answers == [200]
    assert small.call("POST", "/v1/checks", {"text": "the osprey plan"}).json["level"] == "stop"


class Clock:
    """A server whose clock on the wall jumps, while the one that only counts goes on."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self._set(0)
        settings = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(self._file)}
        settings |= {"FAKETIME_CACHE_DURATION": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.server = Server(folder / "data", SECONDLOOK_WARM="0", **settings)
        self.server.start()
        self.token = self.server.run("token", "--name", "a machine's own").strip().splitlines()[-1]

    def jump(self, seconds: int) -> None:
        """Set the clock so many seconds off the true time, and wait until the server has seen it."""
        self._set(seconds)
        await_(lambda: abs(self._shown() - time.time() - seconds) < 60, "the clock has jumped")

    def _set(self, seconds: int) -> None:
        self._file.write_text(f"{seconds:+d}\n")

    def _shown(self) -> float:
        return parsedate_to_datetime(self.call("GET", "/v1/status").headers["Date"]).timestamp()

    def call(self, method: str, path: str, body: object = None, **more):
        return call_at(self.server.address, method, path, body, token=self.token, **more)


@pytest.fixture(scope="module")
def clock(tmp_path_factory) -> Iterator[Clock]:
    if not FAKETIME.exists():
        pytest.skip("libfaketime is not installed (Debian: faketime)")
    made = Clock(tmp_path_factory.mktemp("clock"))
    yield made
    made.server.stop()


@pytest.fixture(autouse=True)
def true_time(request) -> Iterator[None]:
    yield
    if "clock" in request.fixturenames:
        request.getfixturevalue("clock").jump(0)


def test_a_jump_loses_no_file_and_no_token(clock):
    id = clock.call("POST", "/v1/attachments", **a_form(MARKED)).json["id"]
    for seconds in (2 * DAY, -2 * DAY):
        clock.jump(seconds)
        read = clock.call("GET", f"/v1/attachments/{id}?wait=30").json
        assert (read["state"], read["level"]) == ("done", "stop")
        assert clock.call("POST", "/v1/checks", {"text": HARMLESS, "attachments": [id]}).json["level"] == "stop"


def test_a_link_is_over_when_the_clock_jumps_and_not_longer_in_force_than_it_says(clock):
    link = clock.server.link()
    clock.jump(3600)
    late = call_at(link.rpartition("/")[0], "GET", "/" + link.rpartition("/")[2])
    fresh = clock.server.link()
    early = call_at(fresh.rpartition("/")[0], "GET", "/" + fresh.rpartition("/")[2])
    assert late.status != early.status == 200


def a_form(words: str) -> dict[str, object]:
    """The body and the type of a form with one text file."""
    head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain'
    data = f"{head}\r\n\r\n{words}\r\n--edge--\r\n".encode()
    return {"body": data, "Content_Type": "multipart/form-data; boundary=edge"}


def begun(team, size: int) -> socket.socket:
    """A connection on which a request of some size has begun."""
    made = socket.create_connection((LOOPBACK, team.port), timeout=10)
    head = f"POST /v1/attachments HTTP/1.1\r\nHost: {LOOPBACK}\r\nAuthorization: Bearer {team.token}\r\n"
    made.sendall(f"{head}Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {size}\r\n\r\n".encode())
    return made


def test_a_hundred_slow_clients_hold_up_nobody(team):
    with ExitStack() as stack:
        slow = [stack.enter_context(begun(team, 1_000_000)) for _ in range(100)]
        for one in slow:
            one.sendall(b"--edge\r\nContent-Dis")
        for _ in range(10):
            for one in slow:
                one.sendall(b"p")
            assert (
                team.check(
                    MARKED,
                ).json["level"]
                == "stop"
            )


def test_of_a_half_sent_file_nothing_is_kept(team):
    import redis

    client = redis.Redis.from_url(team.broker)
    for key in client.scan_iter("look:*"):
        client.delete(key)
    whole = a_form(MARKED)["body"]
    assert isinstance(whole, bytes)
    with begun(team, len(whole)) as half:
        half.sendall(whole[: len(whole) // 2])
    assert team.check(HARMLESS).json["level"] == "clear"
    assert team.read(team.attach(MARKED.encode()).json["id"])["level"] == "stop"
    assert sum(b"entry" in key for key in client.scan_iter("look:*")) <= 1
    client.close()
