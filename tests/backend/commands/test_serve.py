"""``serve``: a real server process on a real port."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from waitress import wasyncore

from backend.commands import serve
from backend.config import ROOT, Config

LINES = 3


@pytest.fixture
def server(environment):
    """A running server: its process and the lines it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "backend", "serve", "--log"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    process.lines = [process.stdout.readline().strip() for _ in range(LINES)]
    yield process
    process.kill()
    process.communicate()


def fetch(environment, path: str, token: str = "", body: object = None, headers: dict | None = None):
    """Ask the server and return status and body."""
    sent = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    data = None if body is None else json.dumps(body).encode()
    url = f"http://127.0.0.1:{environment['SECONDLOOK_PORT']}{path}"
    request = urllib.request.Request(url, data, {**sent, **(headers or {})})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_it_says_in_three_lines_what_to_do_next(server, environment):
    address, load, pair = server.lines
    port = environment["SECONDLOOK_PORT"]
    assert f"http://127.0.0.1:{port}" in address
    assert str(ROOT / "extension") in load
    assert f"http://127.0.0.1:{port}/welcome?once=" in pair


def test_it_answers_a_check_with_a_token_of_the_command_line(server, environment, call):
    token = call("token").stdout.strip()
    status, body = fetch(environment, "/v1/checks", token, {"text": "机密★10年"})
    assert (status, json.loads(body)["level"]) == (200, "stop")
    assert fetch(environment, "/v1/checks", "", {"text": "x"})[0] == 401


def test_a_list_made_on_the_command_line_is_in_force_at_the_next_check(server, environment, call):
    token = call("token").stdout.strip()
    draft = {"text": "about project zephyr"}
    assert json.loads(fetch(environment, "/v1/checks", token, draft)[1])["level"] == "clear"
    call("lists", "create", "Projects")
    call("lists", "add", "Projects", "Project Zephyr")
    assert json.loads(fetch(environment, "/v1/checks", token, draft)[1])["level"] == "stop"


def test_a_token_revoked_on_the_command_line_is_refused_at_the_next_request(server, environment, call):
    token = call("token").stdout.strip()
    assert fetch(environment, "/v1/lists", token)[0] == 200
    id = json.loads(call("token", "list", "--json").stdout)[0]["id"]
    call("token", "revoke", id)
    assert fetch(environment, "/v1/lists", token)[0] == 401


def test_it_answers_to_no_other_name_over_a_real_socket(server, environment):
    assert fetch(environment, "/v1/status", headers={"Host": "evil.example"})[0] == 400


def test_it_listens_on_this_machine_alone(server, environment):
    with socket.socket(socket.AF_INET) as outside:
        outside.settimeout(1)
        assert outside.connect_ex(("127.0.0.2", int(environment["SECONDLOOK_PORT"]))) != 0


def test_a_second_one_says_that_the_first_is_running(server, call):
    done = call("serve")
    assert (done.returncode, done.stdout) == (2, "")
    assert "runs already" in done.stderr


def test_it_says_so_when_another_program_has_the_port(call, environment):
    with socket.create_server(("127.0.0.1", int(environment["SECONDLOOK_PORT"]))):
        done = call("serve")
    assert (done.returncode, done.stdout) == (2, "")
    assert "another program" in done.stderr and "SECONDLOOK_PORT=" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_asked_and_leaves_nothing_behind(server, environment, tmp_path, number):
    assert fetch(environment, "/v1/status")[0] == 200
    assert (tmp_path / "data" / "running.json").exists()
    server.send_signal(number)
    _, log = server.communicate(timeout=20)
    assert server.returncode == 0
    assert [json.loads(line)["route"] for line in log.splitlines()] == ["/v1/status"]
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secondlook.sqlite3"]


def test_a_link_of_the_command_line_leads_to_the_running_server(server, environment, call):
    port = environment["SECONDLOOK_PORT"]
    environment["SECONDLOOK_PORT"] = "8765"
    link = call("token", "--link").stdout.strip()
    assert link.startswith(f"http://127.0.0.1:{port}/welcome?once=")


def test_what_a_request_brings_is_never_put_into_a_temporary_file(app_without_parts):
    channels: dict = {}
    server = serve._listen(app_without_parts, Config(port=0), channels)
    try:
        assert server.adj.inbuf_overflow >= server.adj.max_request_body_size
        assert server.adj.outbuf_overflow >= server.adj.max_request_body_size
    finally:
        server.task_dispatcher.shutdown()
        wasyncore.close_all(channels)


@pytest.fixture
def app_without_parts():
    """Something to serve; it is never asked."""
    from flask import Flask

    return Flask("nothing")
