"""A team's web processes: stopped under load, behind a proxy, watched, and counting together."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets as words
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from backend.http.limits import RateLimit
from backend.http.services import Services
from backend.http.shared_limits import SharedLimit, share
from backend.jobs.shared.broker import connect
from backend.team.secret import Secret
from tests.e2e.serving import free_port
from tests.team.machines import LOOPBACK, await_
from tests.team.team import Program, Team
from tests.team.workers import numbered

PROXIED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "Host": "look.example.org"}
CANARY = "kestrel-dossier"


class Behind(Team):
    """The same team's server once more, as it stands behind a reverse proxy, with its log."""

    def __init__(self, team: Team) -> None:
        self.postgres, self.redis, self.token = team.postgres, team.redis, team.token
        self.database, self.broker = team.database, team.broker
        self.folder = Path(tempfile.mkdtemp(prefix="secondlook-behind-"))
        self.port = free_port()
        shutil.copy2(team.folder / "data" / "secret.key", self.folder / "secret.key")
        self.environment = {
            **team.environment,
            "SECONDLOOK_DATA": str(self.folder / "data"),
            "SECONDLOOK_SECRET_FILE": str(self.folder / "secret.key"),
            "SECONDLOOK_PORT": str(self.port),
            "SECONDLOOK_PROXIES": "1",
            "SECONDLOOK_ADDRESS": "https://look.example.org",
        }
        self.web = Program("the server behind a proxy", "serve", "--log", environment=self.environment, ready=self.up)
        self.workers = []

    def up(self) -> bool:
        try:
            return self.call("GET", "/readyz", token="").status == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def behind(team):
    server = Behind(team)
    server.web.start()
    yield server
    server.remove()


def lines(server: Behind) -> list[dict[str, object]]:
    return [json.loads(line) for line in server.web.said().splitlines() if line.startswith("{")]


def test_probes_are_answered_by_a_number_and_nothing_else_is(behind):
    for path in ("/healthz", "/readyz"):
        answer = behind.call("GET", path, token="", Host="10.1.2.3:8765")
        assert answer.status == 200 and answer.headers["Cache-Control"] == "no-store"
    assert behind.call("GET", "/readyz", token="").json == {"database": "up", "broker": "up"}
    assert behind.call("GET", "/v1/status", token="", Host="10.1.2.3:8765").status == 400
    assert behind.call("GET", "/v1/status", token="", Host="look.example.org").status == 200


def test_one_persons_server_hides_its_probes_from_foreign_names(tmp_path):
    from backend import create_app
    from backend.config import Config

    client = create_app(Config(data=tmp_path, team=False)).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", headers={"Host": "evil.test"}).status_code == 400


def test_cookies_are_for_https_alone_where_the_proxy_says_so(behind, team):
    page = behind.call("GET", "/welcome?language=en", token="", **{k.replace("-", "_"): v for k, v in PROXIED.items()})
    assert all("Secure" in cookie for cookie in page.headers.get_all("Set-Cookie") or [])
    link = behind.run("token", "--link").strip()
    assert link.startswith("https://look.example.org/")
    opened = http.client.HTTPConnection(LOOPBACK, behind.port)
    opened.request("GET", link.removeprefix("https://look.example.org"), headers=PROXIED)
    cookie = opened.getresponse().headers["Set-Cookie"]
    opened.close()
    assert "Secure" in cookie and "HttpOnly" in cookie
    plain = http.client.HTTPConnection(LOOPBACK, team.port)
    plain.request(
        "GET",
        "/" + team.run("token", "--link").strip().partition("//")[2].partition("/")[2],
        headers={"X-Forwarded-Proto": "https"},
    )
    unbelieved = plain.getresponse().headers["Set-Cookie"]
    plain.close()
    assert "Secure" not in unbelieved, "without a proxy nothing of what a caller says of one is believed"


def test_the_log_is_json_without_words_addresses_and_queries(behind):
    behind.check(f"The {CANARY} is here.")
    behind.call("GET", f"/v1/lists?{CANARY}=1", X_Forwarded_For="203.0.113.9", X_Request_Id="0123456789abcdef")
    behind.call("GET", f"/v1/{CANARY}", X_Request_Id=CANARY)
    await_(lambda: "0123456789abcdef" in behind.web.said(), "the log tells")
    told = lines(behind)
    assert {"id", "at", "method", "route", "status", "ms"} <= set(told[-1])
    assert any(line.get("id") == "0123456789abcdef" and line["route"] == "/v1/lists" for line in told)
    for secret in (CANARY, "203.0.113.9", behind.token):
        assert secret not in behind.web.said()


def test_counters_are_those_of_all_processes_together(behind):
    for _ in range(40):  # each on a connection of its own, so both processes answer some
        assert behind.check("Nothing in particular.", channel="ai").status == 200
    series = 'secondlook_verdicts_total{channel="ai",level="clear"} 40\n'
    await_(lambda: series in behind.call("GET", "/metrics").body.decode(), "the counts of both processes")
    for name in (
        "processes 2",
        'up{part="database"} 1',
        'up{part="broker"} 1',
        "queue_waiting 0",
        "queue_oldest_seconds",
        "workers 1",
    ):
        await_(lambda name=name: f"secondlook_{name}" in behind.call("GET", "/metrics").body.decode(), name)


def test_what_a_killed_process_has_counted_still_counts(behind):
    before = counted(behind)
    victim = behind.web.children()[0]
    os.kill(victim, signal.SIGKILL)
    await_(lambda: victim not in behind.web.children() and len(behind.web.children()) == 2, "another process")
    await_(lambda: "secondlook_processes 2" in behind.call("GET", "/metrics").body.decode(), "it counts")
    assert counted(behind) >= before


def test_a_large_file_on_its_way_stands_in_no_file(team):
    data = os.urandom(20_000_000)
    head, tail = b'--e\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n', b"\r\n--e--\r\n"
    length = len(head) + len(data) + len(tail)
    with socket.create_connection((LOOPBACK, team.port), timeout=30) as sending:
        asked = f"POST /v1/attachments HTTP/1.1\r\nHost: {LOOPBACK}\r\nAuthorization: Bearer {team.token}\r\n"
        asked += f"Content-Type: multipart/form-data; boundary=e\r\nContent-Length: {length}\r\n\r\n"
        sending.sendall(asked.encode() + head + data[:-1])
        assert kept_in_files(team) == []
        sending.sendall(data[-1:] + tail)
        assert sending.recv(100).startswith(b"HTTP/1.1 202")
    assert kept_in_files(team) == []


def kept_in_files(team: Team) -> list[str]:
    """Files with something in them that a process of the server has open, and that are nobody's any more."""
    assert team.web.process is not None and team.worker.process is not None
    found = []
    for process in (team.web.process.pid, *team.web.children(), team.worker.process.pid, *team.worker.children()):
        for one in Path(f"/proc/{process}/fd").iterdir():
            try:
                if "(deleted)" in os.readlink(one) and one.stat().st_size:
                    found.append(os.readlink(one))
            except OSError:
                continue  # closed meanwhile
    return found


def counted(server: Team) -> int:
    text = server.call("GET", "/metrics").body.decode()
    found = re.findall(r'secondlook_requests_total\{method="POST",route="/v1/checks",status="200"\} (\d+)', text)
    return int(found[0]) if found else 0


def test_limits_are_counted_on_all_servers_together(redis):
    client, key = connect(numbered(redis.url, 5)), words.token_bytes(32)
    one, other = (SharedLimit("trial", RateLimit(3, 60), client, key) for _ in range(2))
    assert [one.allows("203.0.113.9"), other.allows("203.0.113.9"), one.allows("203.0.113.9")] == [True] * 3
    assert not one.allows("203.0.113.9") and not other.allows("203.0.113.9")
    assert one.allows("203.0.113.10")
    for name in client.keys("look:limit:*"):
        assert b"203" not in name and 0 < client.pttl(name) <= 60_000
        assert b"203.0" not in b" ".join(client.zrange(name, 0, -1))


def test_who_tries_invitations_is_counted_on_all_servers_together(redis):
    jobs = SimpleNamespace(ledger=SimpleNamespace(redis=connect(numbered(redis.url, 5))))
    known = Secret(words.token_bytes(32))
    servers = [Services(*[jobs] * 7) for _ in range(2)]
    for one in servers:
        share(one, known)
    tries = [servers[number % 2].join_limit.allows("203.0.113.9") for number in range(22)]
    assert tries == [True] * 20 + [False] * 2
    assert all(isinstance(getattr(servers[0], f"{name}_limit"), SharedLimit) for name in ("pairing", "failure"))


def test_while_redis_is_away_each_server_counts_alone():
    alone = SharedLimit("trial", RateLimit(2, 60), connect(f"redis://127.0.0.1:{free_port()}/0"), b"k" * 32)
    assert [alone.allows("a"), alone.allows("a"), alone.allows("a"), alone.allows("b")] == [True, True, False, True]


def test_told_to_stop_under_load_it_answers_all_that_it_took(behind, team):
    """Callers keep asking while it stops: each answer is whole, and a request is refused only before it was taken."""
    got: Counter[str] = Counter()
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            connection = http.client.HTTPConnection(LOOPBACK, behind.port, timeout=30)
            body = json.dumps({"text": "TOP SECRET//NOFORN", "site": "x.com"})
            headers = {"Authorization": f"Bearer {behind.token}", "Content-Type": "application/json"}
            try:
                connection.connect()
            except OSError:
                got["not taken"] += 1
                return
            try:
                connection.request("POST", "/v1/checks", body, headers)
                answer = connection.getresponse()
                whole = json.loads(answer.read())
                got["answered" if whole["level"] == "stop" else "wrong"] += 1
            except (OSError, ValueError, http.client.HTTPException):
                got["not taken"] += 1  # the door was closed while it stood there; what was taken is in the log
            finally:
                connection.close()

    assert team.worker.process is not None
    os.kill(team.worker.process.pid, signal.SIGSTOP)
    id = behind.attach(b"TOP SECRET//NOFORN").json["id"]
    waiting = threading.Thread(
        target=lambda: got.update([behind.call("GET", f"/v1/attachments/{id}?wait=25").json["state"]])
    )
    before = sum(line.get("route") == "/v1/checks" for line in lines(behind))
    callers = [threading.Thread(target=ask) for _ in range(6)]
    for thread in (waiting, *callers):
        thread.start()
    await_(lambda: got["answered"] > 30, "the load runs")
    began = time.monotonic()
    assert behind.web.stop() == 0
    os.kill(team.worker.process.pid, signal.SIGCONT)
    stop.set()
    for thread in (waiting, *callers):
        thread.join(40)
    assert time.monotonic() - began < 20, "who waits has the answer that there is"
    assert got["answered"] > 30 and got["queued"] + got["reading"] == 1
    taken = sum(line.get("route") == "/v1/checks" for line in lines(behind)) - before
    assert (got["answered"], got["wrong"]) == (taken, 0), got
